package bot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"afterglow/internal/sun"
	"afterglow/reminders"
)

// heardAgain is how long a sign of life counts as the same one: the plan is made anew at most that
// often for a person who only talks.
const heardAgain = time.Hour

// planInput is what the person's plan is made of; ok is false when there is nothing to plan.
func (c *Core) planInput(p *Person) (in reminders.Input, ok bool) {
	t := p.Treatment()
	if t == nil {
		return in, false
	}
	w := &p.Wishes
	return reminders.Input{Treated: t.At, Setting: p.setting(), Zone: c.zone(p), Quiet: w.quiet(), Library: c.library,
		Level: w.Level, Off: w.Off, Times: w.Times, Hours: w.hours(), Pause: w.Pause, Sensitive: w.Sensitive, Held: p.held(), Heard: w.Heard,
		Gated: true, Calm: p.calm()}, true
}

// treatmentName names the running treatment in the keys of its reminders. It stays when the
// treatment is corrected, so that what was told already is not told again.
func (p *Person) treatmentName() string { return strconv.Itoa(len(p.Treatments) - 1) }

// basis is everything that the reminders of a person depend on, so that a turn which changed it can
// be told from one that did not; empty when nothing is promised.
func (c *Core) basis(p *Person) string {
	t := p.Treatment()
	if t == nil || !p.consented() {
		return ""
	}
	wishes, err := json.Marshal(p.Wishes)
	if err != nil {
		return "unreadable " + err.Error() // a time beyond the year 9999; plan once more
	}
	return fmt.Sprintf("%s %d %s %s %d %s", p.treatmentName(), t.At.UnixMilli(), p.setting(), c.zone(p), p.calm().UnixMilli(), wishes)
}

// replan sees to it that the reminders follow from what is known now. before is the basis as the
// turn found it, made when the turn began.
func (c *Core) replan(p *Person, before string, at, made time.Time) {
	if p.Erase || !p.consented() {
		return
	}
	if at.Sub(p.Wishes.Heard) >= heardAgain {
		p.Wishes.Heard = kept(at)
	}
	in, ok := c.planInput(p)
	if !ok || c.basis(p) == before {
		return
	}
	schedule := reminders.Build(in).Schedule(p.treatmentName(), in, made, sun.Sunset)
	p.Orders.Plan = &schedule
}
