package bot

import (
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/triage"
	"afterglow/reminders"
)

// runCommand runs one command. What stands behind a command is read for danger first, like every
// text.
func (c *Core) runCommand(p *Person, name, rest string, now time.Time) []Message {
	key := reminders.DeliveryKey("")
	if name == "done" || name == "snooze" {
		rest, key = keyIn(rest)
	}
	if rest != "" && name != "start" && name != "zone" {
		if r := c.read(p, rest, now); r.verdict.Level == triage.Emergency || r.verdict.Level == triage.Contact && name != "can" {
			return c.report(p, r, now)
		}
	}
	switch name {
	case "start":
		return c.start(p, rest)
	case "help", "about", "privacy":
		return []Message{{Text: c.library.Phrase(name)}}
	case "sources":
		return c.listSources()
	case "ask":
		if rest == "" {
			return []Message{{Text: c.library.Phrase("ask.empty")}}
		}
		return c.say(p, rest, now)
	case "treated":
		return c.treated(p, rest, now)
	case "plan":
		return c.plan(p, now)
	case "today":
		return c.today(p, now)
	case "can":
		if rest == "" {
			p.Talk.Asked = askCan
			return []Message{{Text: c.library.Phrase("can.empty"), Buttons: []Button{{"Makeup", "/can makeup"}, {"Gym", "/can exercise"}, {"Retinol", "/can retinol"}}}}
		}
		return c.canWhat(p, rest, now)
	case "setting":
		return c.settingCommand(p, rest, now)
	case "zone":
		return c.zoneCommand(p, rest, now)
	case "contact":
		return []Message{{Text: c.contactText()}}
	case "checkin":
		return c.startCheckin(p)
	case "progress":
		return c.progress(p)
	case "reminders":
		return c.remindersCommand(p, rest, now)
	case "pause":
		return c.pause(p, rest, now)
	case "stop":
		return c.pause(p, "", now)
	case "resume":
		return c.resume(p, now)
	case "quiet":
		return c.quietCommand(p, rest)
	case "done":
		return c.done(p, key, now)
	case "snooze":
		return c.snooze(p, rest, key, now)
	case "export":
		return c.export(p, now)
	case "forget":
		p.Talk.Asked = askForget
		return []Message{{Text: c.library.Phrase("forget.ask"), Buttons: []Button{{"Erase everything", "yes"}, {"Keep it", "no"}}}}
	case "more":
		if p.Talk.More == "" {
			return []Message{{Text: c.library.Phrase("more.empty")}}
		}
		return []Message{{Text: p.Talk.More}}
	case "why":
		if out := c.whyReminded(rest); out != nil {
			return out
		}
		return c.say(p, "why?", now)
	}
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("command.unknown"), "{command}", safeWord(name))}}
}

// safeWord shortens an unknown command's name to letters, digits and dashes, so that nothing of it
// can be markup or a mention.
func safeWord(s string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
	return out[:min(len(out), 24)]
}

func (c *Core) start(p *Person, payload string) []Message {
	if payload != "" && payload == c.library.Clinic.Payload {
		p.Clinic, p.Setting = payload, content.Clinic
	}
	if !p.Consent.IsZero() {
		if p.Treatment() == nil {
			p.Talk.Asked, p.Talk.Pending = askWhen, "start"
			return []Message{{Text: c.library.Phrase("start.again") + "\n" + c.library.Phrase("ask."+askWhen), Buttons: whenButtons(), WantsNumber: true, Answer: &Answer{Level: content.Info, Asks: askWhen}}}
		}
		return []Message{{Text: c.library.Phrase("start.again")}}
	}
	p.Talk.Asked, p.Talk.Pending = askConsent, "start"
	text := c.library.Phrase("start")
	if c.library.Clinic.Name != "" {
		text = strings.ReplaceAll(c.library.Phrase("start.clinic"), "{clinic}", c.library.Clinic.Name)
	}
	return []Message{{Text: text, Buttons: []Button{{"Yes, remember me", "yes"}, {"No, only questions", "no"}}, Answer: &Answer{Level: content.Info, Asks: askConsent}}}
}

// agree notes the consent and goes on where it was asked for.
func (c *Core) agree(p *Person, now time.Time) []Message {
	p.Consent = now
	p.Talk.Asked = ""
	p.Talk.Pending = "start"
	if c.missing(p) == "" {
		p.Talk.Pending = ""
		return []Message{{Text: c.library.Phrase("consent.thanks"), Buttons: []Button{{"Today", "/today"}, {"Whole plan", "/plan"}}}}
	}
	return append([]Message{{Text: c.library.Phrase("consent.thanks")}}, c.afterTreatment(p, now)...)
}

// missing is the question that the plan still needs an answer to; empty when it has everything.
func (c *Core) missing(p *Person) string {
	switch {
	case p.Treatment() == nil:
		return askWhen
	case p.setting() == content.AnySetting:
		return askSetting
	case p.consented() && p.Zone == "" && c.local == time.UTC:
		return askZone
	}
	return ""
}

// afterTreatment asks for the next thing that the plan needs, or shows today.
func (c *Core) afterTreatment(p *Person, now time.Time) []Message {
	key := c.missing(p)
	if key == "" {
		p.Talk.Pending, p.Talk.Asked = "", ""
		return c.today(p, now)
	}
	p.Talk.Asked, p.Talk.Pending = key, "start"
	m := Message{Text: c.library.Phrase("ask." + key), Answer: &Answer{Level: content.Info, Asks: key}}
	switch key {
	case askWhen:
		m.Buttons, m.WantsNumber = whenButtons(), true
	case askSetting:
		m.Buttons = settingButtons()
	}
	return []Message{m}
}

func settingButtons() []Button {
	return []Button{{"At a clinic", "at a clinic"}, {"At home", "at home"}}
}

func whenButtons() []Button {
	return []Button{{"Today", "today"}, {"Yesterday", "yesterday"}, {"2 days ago", "2 days ago"}}
}

func (c *Core) listSources() []Message {
	var b strings.Builder
	b.WriteString(c.library.Phrase("sources"))
	for _, g := range c.library.Guides {
		b.WriteString("\n• " + g.Name + ": " + g.Title)
		if g.Author != "" {
			b.WriteString(", " + g.Author)
		}
		if g.Published != "" {
			b.WriteString(" (" + g.Published + ")")
		}
	}
	return []Message{{Text: b.String()}}
}

// canWhat answers /can with a few words.
func (c *Core) canWhat(p *Person, what string, now time.Time) []Message {
	if t := c.library.Topic(strings.ToLower(what)); t != nil {
		return c.can(p, t.ID, now)
	}
	if id := c.names.lookup(what); id != "" {
		return c.can(p, id, now)
	}
	r := c.read(p, "can i "+what, now)
	if r.verdict.Lead() != nil {
		return c.report(p, r, now)
	}
	return c.report(p, r, now)
}

// can answers 'may I yet' for one topic.
func (c *Core) can(p *Person, id string, now time.Time) []Message {
	topic := c.library.Topic(id)
	r := &reading{message: emptyMessage}
	m := c.moment(p, c.knownHours(p, now), p.setting(), now)
	q := c.questionPart(m, topic, emptyMessage, "")
	return c.deliver(p, r, m, []part{q})
}

func (c *Core) contactText() string {
	k := c.library.Clinic
	if k.Name == "" {
		return c.library.Phrase("contact")
	}
	return joinLines(strings.NewReplacer("{clinic}", k.Name, "{phone}", k.Phone, "{contact}", k.Contact).Replace(c.library.Phrase("contact.clinic")))
}

func (c *Core) settingCommand(p *Person, rest string, now time.Time) []Message {
	if s := settingIn(nil, rest); s != content.AnySetting {
		return c.toldSetting(p, s, now)
	}
	p.Talk.Asked = askSetting
	return []Message{{Text: c.library.Phrase("ask." + askSetting), Buttons: settingButtons()}}
}

func (c *Core) zoneCommand(p *Person, rest string, now time.Time) []Message {
	if rest == "" {
		p.Talk.Asked = askZone
		return []Message{{Text: c.library.Phrase("ask." + askZone)}}
	}
	if place, ok := strings.CutPrefix(rest, "hours "); ok {
		return c.keepHours(p, place, now)
	}
	zone, ok := c.zones.find(rest, now)
	if !ok {
		p.Talk.Asked = askZone
		return []Message{{Text: c.library.Phrase("zone.unknown")}}
	}
	return c.toldZone(p, zone, now)
}
