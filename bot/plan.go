package bot

import (
	"strings"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

// plan shows every window with its light, in words.
func (c *Core) plan(p *Person, now time.Time) []Message {
	t := p.Treatment()
	if t == nil {
		return c.needsTreatment(p)
	}
	h := now.Sub(t.At).Hours()
	m := c.moment(p, &h, p.setting(), now)
	var b strings.Builder
	b.WriteString(m.fill(c.library.Phrase("plan"), nil, 0))
	var rests []string
	for _, w := range c.library.Windows {
		topic := c.library.Topic(w.Topic)
		if topic == nil {
			continue
		}
		l := m.lights(w)
		key := "plan." + string(l.Light(now))
		switch {
		case l.Side.Open:
			key = "plan.open"
		case l.Light(now) == content.Red && l.RedUntil.Equal(l.GreenFrom):
			key = "plan.red.only"
		}
		b.WriteString("\n• " + strings.ReplaceAll(m.fill(c.library.Phrase(key), &l, 0), "{what}", w.Label))
		rests = append(rests, l.Side.Rests...)
	}
	if m.setting == content.AnySetting {
		b.WriteString("\n" + c.library.Phrase("plan.anysetting"))
	}
	sources := c.sources(rests)
	b.WriteString("\n" + c.guidesLine(sources))
	return []Message{{Text: b.String(), Answer: &Answer{Topic: "day-by-day", Topics: []string{"day-by-day"}, Level: content.Info, Day: m.day, Sources: sources}}}
}

// today shows what is fine, what is disputed and what has to wait at this moment.
func (c *Core) today(p *Person, now time.Time) []Message {
	t := p.Treatment()
	if t == nil {
		return c.needsTreatment(p)
	}
	h := now.Sub(t.At).Hours()
	m := c.moment(p, &h, p.setting(), now)
	var red, amber, green, held, rests []string
	for _, w := range c.library.Windows {
		topic := c.library.Topic(w.Topic)
		if topic == nil || w.ID == "next-session" {
			continue
		}
		l := m.lights(w)
		title := w.Label
		switch {
		case l.Side.Open:
			continue
		case l.Light(now) == content.Red:
			red = append(red, title)
		case l.Light(now) == content.Amber:
			amber = append(amber, title)
		case m.held && reminders.ComesBack(w.ID):
			held = append(held, title)
		default:
			green = append(green, title)
		}
		rests = append(rests, l.Side.Rests...)
	}
	line := func(key string, what []string) string {
		if len(what) == 0 {
			return ""
		}
		return strings.ReplaceAll(c.library.Phrase(key), "{what}", listWords(what))
	}
	day := "today.first"
	if *m.day > 0 {
		day = "today.days"
	}
	if *m.day > 14 {
		day = "today.late"
	}
	sources := c.sources(rests)
	text := joinLines(m.fill(c.library.Phrase("today"), nil, 0), c.library.Phrase(day),
		line("today.red", red), line("today.amber", amber), line("today.green", green),
		line("today.held", held), c.guidesLine(sources))
	return []Message{{Text: text, Buttons: []Button{{"Whole plan", "/plan"}, {"Check in", "/checkin"}},
		Answer: &Answer{Topic: "day-by-day", Topics: []string{"day-by-day"}, Level: content.Info, Day: m.day, Sources: sources}}}
}

func (c *Core) needsTreatment(p *Person) []Message {
	p.Talk.Asked, p.Talk.Pending = askWhen, "treated"
	return []Message{{Text: c.library.Phrase("plan.none") + "\n" + c.library.Phrase("ask."+askWhen), Buttons: whenButtons(), WantsNumber: true,
		Answer: &Answer{Topic: "day-by-day", Topics: []string{"day-by-day"}, Level: content.Info, Asks: askWhen}}}
}
