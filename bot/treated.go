package bot

import (
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
)

// emptyMessage stands for a turn in which nothing was written.
var emptyMessage = language.Read("", time.Time{})

// treated logs a treatment: '/treated yesterday 3pm clinic'.
func (c *Core) treated(p *Person, rest string, now time.Time) []Message {
	if rest == "" {
		p.Talk.Asked, p.Talk.Pending = askWhen, "treated"
		return []Message{{Text: c.library.Phrase("ask." + askWhen), Buttons: whenButtons(), WantsNumber: true, Answer: &Answer{Level: content.Info, Asks: askWhen}}}
	}
	setting, when := content.AnySetting, rest
	fields := strings.Fields(rest)
	switch s := strings.ToLower(fields[len(fields)-1]); s {
	case "clinic", "home":
		setting, when = content.Setting(s), strings.Join(fields[:len(fields)-1], " ")
	}
	local := now.In(c.zone(p))
	r := &reading{message: language.Read("i had microneedling "+when, local)}
	if setting == content.AnySetting {
		setting = settingOr(r, p)
	}
	at, exact, ok := parseWhen(when, local)
	if !ok {
		if when == "" {
			at, exact = now, true
		} else if n := bareNumber(when); n >= 0 && n < 90 {
			at, exact = now.Add(-time.Duration(n)*24*time.Hour), false
		} else {
			p.Talk.Asked, p.Talk.Pending = askWhen, "treated"
			return []Message{{Text: c.library.Phrase("treated.unclear"), Buttons: whenButtons(), WantsNumber: true, Answer: &Answer{Level: content.Info, Asks: askWhen}}}
		}
	}
	return c.logTreatment(p, Treatment{At: at, Exact: exact, Setting: setting, Logged: now}, now)
}

// noteTreatment takes 'I had microneedling yesterday at a clinic' for what it is.
func (c *Core) noteTreatment(p *Person, r *reading, now time.Time) []Message {
	ago := *r.message.Elapsed
	exact := ago < 24*time.Hour && ago > 0 || ago%time.Hour != 0
	return c.logTreatment(p, Treatment{At: now.Add(-ago), Exact: exact, Setting: c.settingOf(p, r), Logged: now}, now)
}

// logTreatment keeps a treatment. A newer one replaces the running plan; one that lies before the
// running one corrects it.
func (c *Core) logTreatment(p *Person, t Treatment, now time.Time) []Message {
	text := c.library.Phrase("treated.noted")
	if old := p.Treatment(); old != nil && t.At.Sub(old.At) > 36*time.Hour && p.consented() {
		text = c.library.Phrase("treated.replaced")
		// What was said about the skin before does not speak of the new treatment.
		p.Wishes.Sensitive, p.Wishes.Held = nil, time.Time{}
		p.Treatments = append(slices.Clone(p.Treatments), t)
	} else if old != nil {
		p.Treatments = append(slices.Clone(p.Treatments[:len(p.Treatments)-1]), t)
	} else {
		p.Treatments = []Treatment{t}
	}
	if t.Setting != content.AnySetting {
		p.Setting = t.Setting
	}
	p.Talk.Signs, p.Talk.Asked = nil, ""
	h := now.Sub(t.At).Hours()
	m := c.moment(p, &h, p.setting(), now)
	at := t.At.In(m.zone).Format("Mon 2 Jan 15:04")
	if !t.Exact {
		at = t.At.In(m.zone).Format("Mon 2 Jan")
	}
	first := Message{Text: strings.NewReplacer("{at}", at, "{elapsed}", elapsedWords(now.Sub(t.At), t.Exact)).Replace(text),
		Answer: &Answer{Topic: "day-by-day", Topics: []string{"day-by-day"}, Level: content.Info, Day: m.day}}
	if !p.consented() {
		today := c.today(p, now)
		p.Talk.Asked, p.Talk.Pending = askConsent, ""
		first.Text += "\n" + today[0].Text + "\n" + c.library.Phrase("ask."+askConsent)
		first.Answer.Asks = askConsent
		first.Answer.Sources = today[0].Answer.Sources
		first.Buttons = []Button{{"Yes, remember it", "yes"}, {"No, thanks", "no"}}
		return []Message{first}
	}
	return append([]Message{first}, c.afterTreatment(p, now)...)
}

// replaceTreatment confirms that a newer treatment takes the place of the running one.
func (c *Core) replaceTreatment(p *Person, now time.Time) []Message {
	p.Talk.Asked, p.Talk.Pending = "", ""
	return c.today(p, now)
}
