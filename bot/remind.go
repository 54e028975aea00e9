package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

// comingNext is how many messages /reminders lists.
const comingNext = 4

// remindersCommand lists what is coming, switches kinds and levels, and moves kinds:
// '/reminders off spf', '/reminders light', '/reminders spf 9:00'.
func (c *Core) remindersCommand(p *Person, rest string, now time.Time) []Message {
	if !p.consented() {
		p.Talk.Asked, p.Talk.Pending = askConsent, ""
		return []Message{{Text: c.library.Phrase("reminders.consent") + "\n" + c.library.Phrase("ask."+askConsent),
			Buttons: []Button{{"Yes, remember it", "yes"}, {"No, thanks", "no"}}, Answer: &Answer{Level: content.Info, Asks: askConsent}}}
	}
	verb, what, _ := strings.Cut(strings.ToLower(rest), " ")
	what = strings.TrimSpace(what)
	switch verb {
	case "":
		return c.listReminders(p, now)
	case "full", "more", "light", "safety":
		p.Wishes.Level = reminders.Level(verb)
		if verb == "full" {
			p.Wishes.Level = reminders.Full
		}
		return []Message{{Text: c.library.Phrase("reminders." + verb)}}
	case "on", "off":
		return c.switchReminders(p, verb, what, now)
	}
	if kinds, minute, ok := c.moveIn(strings.ToLower(rest)); ok {
		return c.moveReminders(p, kinds, minute)
	}
	return []Message{{Text: c.library.Phrase("reminders.unclear")}}
}

// switchReminders turns kinds on or off. All off is a pause without an end.
func (c *Core) switchReminders(p *Person, verb, what string, now time.Time) []Message {
	if what == "" || what == "all" || what == "everything" {
		if verb == "off" {
			return c.pause(p, "", now)
		}
		p.Wishes.Off = nil
		return c.resume(p, now)
	}
	kinds := c.kindsIn(what)
	if len(kinds) == 0 {
		return []Message{{Text: c.library.Phrase("reminders.unknown")}}
	}
	off := slices.DeleteFunc(slices.Clone(p.Wishes.Off), func(k reminders.Kind) bool { return slices.Contains(kinds, k) })
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
		if verb == "off" {
			off = append(off, k)
		}
	}
	p.Wishes.Off = off
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("reminders."+verb), "{what}", listWords(names))}}
}

// kindsIn gives the kinds that a few words mean: a kind's own name, 'milestones', or the everyday
// name of its topic.
func (c *Core) kindsIn(what string) (out []reminders.Kind) {
	id := strings.Join(strings.Fields(what), "-")
	switch id {
	case "checkin", "checkins", "check-ins":
		id = "check-in"
	case "water", "drinking":
		id = "hydration"
	case "milestone", "milestones":
		for _, r := range c.library.Reminders {
			if k := reminders.Kind(r.Kind); k.Milestone() {
				out = append(out, k)
			}
		}
		return out
	}
	topic := c.names.lookup(what)
	for _, r := range c.library.Reminders {
		switch k := reminders.Kind(r.Kind); {
		case r.Kind == id || r.Kind == "no-"+id:
			return []reminders.Kind{k}
		case r.Topic == topic && topic != "", len(id) > 2 && slices.Contains(strings.Split(r.Kind, "-"), id):
			out = append(out, k)
		}
	}
	// 'gym' means the daily reminder rather than the news that it is fine again.
	daily := slices.DeleteFunc(slices.Clone(out), reminders.Kind.Milestone)
	if len(daily) > 0 {
		return daily
	}
	return out
}

// moveIn reads 'spf 7:30', 'move the check-in to 8 pm', 'water at 9'.
func (c *Core) moveIn(text string) (kinds []reminders.Kind, minute int, ok bool) {
	words := strings.Fields(strings.TrimPrefix(text, "move "))
	for n := min(2, len(words)-1); n > 0; n-- { // '8 pm' is two words
		minute, ok = parseHour(strings.Join(words[len(words)-n:], " "))
		if !ok {
			continue
		}
		what := slices.DeleteFunc(slices.Clone(words[:len(words)-n]), func(w string) bool { return w == "at" || w == "to" || w == "the" })
		kinds = slices.DeleteFunc(c.kindsIn(strings.Join(what, " ")), func(k reminders.Kind) bool { return !c.daily(k) })
		return kinds, minute, true
	}
	return nil, 0, false
}

// moveReminders gives daily kinds another hour.
func (c *Core) moveReminders(p *Person, kinds []reminders.Kind, minute int) []Message {
	if len(kinds) == 0 {
		return []Message{{Text: c.library.Phrase("reminders.immovable")}}
	}
	times := maps.Clone(p.Wishes.Times)
	if times == nil {
		times = map[reminders.Kind]int{}
	}
	var names []string
	for _, k := range kinds {
		times[k] = minute
		names = append(names, string(k))
	}
	p.Wishes.Times = times
	said := strings.NewReplacer("{what}", listWords(names), "{time}", clockWords(minute)).Replace(c.library.Phrase("reminders.moved"))
	if q := p.Wishes.quiet(); q.From != q.To && q.Contains(time.Date(2000, 1, 1, minute/60, minute%60, 0, 0, time.UTC)) {
		said += " " + strings.ReplaceAll(c.library.Phrase("reminders.moved-quiet"), "{quiet}", q.String())
	}
	return []Message{{Text: said}}
}

// daily tells whether a kind comes on days of its own, at an hour that can be chosen.
func (c *Core) daily(k reminders.Kind) bool {
	return slices.ContainsFunc(c.library.Reminders, func(r *content.Reminder) bool { return r.Kind == string(k) && len(r.OnDays) > 0 })
}

func clockWords(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// listReminders says what comes next, and which kinds are on.
func (c *Core) listReminders(p *Person, now time.Time) []Message {
	var b strings.Builder
	b.WriteString(joinLines(c.holdsBack(p, now), c.comingText(p, now), c.library.Phrase("reminders.kinds")))
	var back []string
	on := func(k reminders.Kind) string {
		if p.Wishes.Wants(k) {
			return c.library.Phrase("reminders.is-on")
		}
		return c.library.Phrase("reminders.is-off")
	}
	for _, r := range c.library.Reminders {
		k := reminders.Kind(r.Kind)
		switch {
		case k.Milestone():
			if !p.Wishes.Wants(k) {
				back = append(back, r.Kind)
			}
			continue
		case r.Setting != content.AnySetting && p.setting() != content.AnySetting && r.Setting != p.setting():
			continue
		case r.After > 0:
			fmt.Fprintf(&b, "\n• %s: %s", r.Kind, on(k))
			continue
		}
		minute, chosen := p.Wishes.Times[k]
		if !chosen {
			minute = r.Hour()*60 + r.Minute()
		}
		fmt.Fprintf(&b, "\n• %s: %s, %s", r.Kind, on(k), clockWords(minute))
	}
	state := c.library.Phrase("reminders.is-on")
	switch {
	case !p.Wishes.Wants(reminders.MakeupOK) && len(back) > 1:
		state = c.library.Phrase("reminders.is-off")
	case len(back) > 0:
		state += strings.ReplaceAll(c.library.Phrase("reminders.but"), "{what}", listWords(back))
	}
	fmt.Fprintf(&b, "\n• milestones: %s", state)
	if hours := p.Wishes.hours(); hours != nil {
		b.WriteString("\n" + strings.ReplaceAll(c.library.Phrase("zone.hours-of"), "{zone}", placeName(hours)))
	}
	fmt.Fprintf(&b, "\n%s", strings.ReplaceAll(c.library.Phrase("reminders.how"), "{quiet}", c.quietWords(p)))
	buttons := []Button{{"Fewer", "/reminders light"}, {"Safety only", "/reminders safety"}, {"Pause", "/pause"}}
	if p.Wishes.Level != reminders.Full {
		buttons[0] = Button{"All", "/reminders full"}
	}
	return []Message{{Text: b.String(), Buttons: buttons}}
}

// comingText lists the next messages, a line each.
func (c *Core) comingText(p *Person, now time.Time) string {
	in, ok := c.planInput(p)
	if !ok {
		return c.library.Phrase("plan.none")
	}
	// What this very turn was told is a sign of life.
	in.Heard = now
	lines := []string{c.library.Phrase("reminders.next")}
	for _, m := range reminders.Build(in).Messages() {
		if !m[0].At.After(now) {
			continue
		}
		if len(lines) > comingNext {
			break
		}
		var what []string
		for _, r := range m {
			if name := c.kindName(r); !slices.Contains(what, name) {
				what = append(what, name)
			}
		}
		lines = append(lines, "• "+momentWords(m[0].At.In(in.Zone), now)+": "+listWords(what))
	}
	if len(lines) == 1 {
		return c.library.Phrase("reminders.none")
	}
	return strings.Join(lines, "\n")
}

// kindName says what a reminder is about.
func (c *Core) kindName(r reminders.Reminder) string {
	if r.Kind == "check-in" {
		return c.library.Phrase("missed.checkin")
	}
	if t := c.library.Topic(r.Topic); t != nil {
		return strings.ToLower(t.Title[:1]) + t.Title[1:]
	}
	return string(r.Kind)
}

// holdsBack says why less comes than was promised; empty when nothing holds it back.
func (c *Core) holdsBack(p *Person, now time.Time) string {
	var lines []string
	if p.Wishes.Pause.Contains(now) {
		lines = append(lines, c.pausedWords(p, now))
	}
	if p.held() {
		lines = append(lines, c.library.Phrase("held"))
	}
	return joinLines(lines...)
}
