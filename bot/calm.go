package bot

import (
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

// calmAtMost is the highest figure of a calm check-in: 3 ends 'mild', the usual reading of a numeric
// rating scale.
const calmAtMost = 3

// calm tells whether a check-in shows skin that can bear what it has waited for.
func (k *Checkin) calm() bool {
	return max(k.Redness, k.Swelling, k.Pain) <= calmAtMost && k.Level != content.Contact && k.Level != content.Emergency
}

// calm is when the last check-in since the treatment was, if it was a calm one; zero if not.
func (p *Person) calm() time.Time {
	t := p.Treatment()
	if t == nil || len(p.Checkins) == 0 {
		return time.Time{}
	}
	last := &p.Checkins[len(p.Checkins)-1]
	if last.At.Before(t.At) || !last.calm() {
		return time.Time{}
	}
	return last.At
}

// broughtBack says what a calm check-in, the last one, allows that was not offered when its time came
// because nobody knew how the skin was; empty when there is nothing.
func (c *Core) broughtBack(p *Person) string {
	now := p.calm()
	in, ok := c.planInput(p)
	if now.IsZero() || !ok || p.held() {
		return ""
	}
	earlier := p.Checkins[:len(p.Checkins)-1]
	lines := []string{c.library.Phrase("checkin.back")}
	for _, m := range reminders.Build(in).Milestones {
		i := slices.IndexFunc(c.library.Reminders, func(r *content.Reminder) bool { return r.Kind == string(m.Kind) })
		if i < 0 || c.library.Reminders[i].AskFirst == "" || m.At.After(now) || !p.Wishes.Wants(m.Kind) {
			continue
		}
		offered := slices.ContainsFunc(earlier, func(k Checkin) bool { return k.calm() && reminders.CalmEnough(k.At, m.At) })
		if !offered {
			lines = append(lines, "• "+c.library.Reminders[i].Texts[0])
		}
	}
	if len(lines) == 1 {
		return ""
	}
	return strings.Join(lines, "\n")
}
