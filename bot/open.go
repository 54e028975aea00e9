package bot

import (
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// answerOpenQuestion takes a message as the answer to the question that is open, if it is one.
func (c *Core) answerOpenQuestion(p *Person, r *reading, text string, now time.Time) ([]Message, bool) {
	t := &p.Talk
	asked := t.Asked
	if asked == "" {
		return nil, false
	}
	yes, no := yesNo(text)
	if r.message.Question && !yes && !no && asked != askCan {
		return nil, false
	}
	switch asked {
	case askConsent:
		switch {
		case yes:
			return c.agree(p, now), true
		case no:
			t.Asked = ""
			return []Message{{Text: c.library.Phrase("consent.declined")}}, true
		}
	case askForget:
		switch {
		case yes:
			return c.erase(p), true
		case no:
			t.Asked = ""
			return []Message{{Text: c.library.Phrase("forget.kept")}}, true
		}
	case askCleared:
		switch {
		case yes:
			return c.cleared(p, now), true
		case no:
			t.Asked = ""
			return []Message{{Text: c.library.Phrase("held.stays")}}, true
		}
	case askReplace:
		switch {
		case yes:
			return c.replaceTreatment(p, now), true
		case no:
			t.Asked, t.Pending = "", ""
			return []Message{{Text: c.library.Phrase("treated.kept")}}, true
		}
	case askWhen:
		if ago, exact, ok := c.agoIn(r, text, c.zone(p), now); ok {
			t.Asked = ""
			return c.toldWhen(p, r, ago, exact, now), true
		}
	case askSetting:
		if s := settingIn(r, text); s != content.AnySetting {
			t.Asked = ""
			return c.toldSetting(p, s, now), true
		}
	case askZone:
		if zone, ok := c.zones.find(text, now); ok {
			t.Asked = ""
			return c.toldZone(p, zone, now), true
		}
	case askTopic:
		if n := bareNumber(text); n >= 1 && n <= len(t.Guesses) {
			return c.can(p, t.Guesses[n-1], now), true
		}
	case askCheckin:
		if n := bareNumber(text); n >= 0 && n <= 10 {
			return c.checkinStep(p, n, now), true
		}
	case askCan:
		if id := c.names.lookup(text); id != "" {
			return c.can(p, id, now), true
		}
	}
	return nil, false
}

// yesNo reads a bare agreement or refusal.
func yesNo(text string) (yes, no bool) {
	words := wordsOf(text)
	if len(words) == 0 || len(words) > 4 {
		return false, false
	}
	switch words[0] {
	case "yes", "y", "yeah", "yep", "yup", "ok", "okay", "sure", "agree", "agreed", "please", "ja", "si", "oui", "da", "aye", "yess", "fine":
		return true, false
	case "no", "n", "nope", "nah", "never", "dont", "nein", "non", "not":
		return false, true
	}
	return words[0] == "i" && len(words) > 1 && words[1] == "agree", false
}

// bareNumber reads a message that is nothing but a number; -1 otherwise.
func bareNumber(text string) int {
	tokens := language.Tokens(language.Clean(text))
	tokens = slices.DeleteFunc(tokens, func(t language.Token) bool { return t.Kind == language.Stop || t.Kind == language.Comma })
	if len(tokens) != 1 || tokens[0].Kind != language.Number && tokens[0].Num == 0 && tokens[0].Text != "zero" || tokens[0].Num > 400 {
		return -1
	}
	return int(tokens[0].Num)
}

// agoIn reads an answer to 'when was it': a bare number of days, a time expression, or a date.
func (c *Core) agoIn(r *reading, text string, zone *time.Location, now time.Time) (ago time.Duration, exact, ok bool) {
	if n := bareNumber(text); n >= 0 && n <= 90 {
		return time.Duration(n) * 24 * time.Hour, false, true
	}
	if at, exact, ok := parseWhen(text, now.In(zone)); ok {
		return max(now.Sub(at), 0), exact, true
	}
	if r.message.Elapsed != nil {
		return *r.message.Elapsed, false, true
	}
	return 0, false, false
}

func settingIn(r *reading, text string) content.Setting {
	if r != nil && r.message.Setting != "" {
		return content.Setting(r.message.Setting)
	}
	for _, w := range wordsOf(text) {
		switch w {
		case "clinic", "office", "salon", "spa", "doctor", "dermatologist", "derm", "professional", "medspa", "beautician", "nurse", "pro":
			return content.Clinic
		case "home", "myself", "diy", "self", "me":
			return content.Home
		}
	}
	return content.AnySetting
}

// toldWhen uses a treatment time that was asked for: the last report is judged again with it, or
// the treatment is noted.
func (c *Core) toldWhen(p *Person, r *reading, ago time.Duration, exact bool, now time.Time) []Message {
	if p.Talk.Pending == "treated" {
		p.Talk.Pending = ""
		return c.logTreatment(p, Treatment{At: now.Add(-ago), Exact: exact, Setting: settingOr(r, p), Logged: now}, now)
	}
	told := Treatment{At: now.Add(-ago), Exact: exact, Setting: p.setting(), Logged: now}
	if s := content.Setting(r.message.Setting); s != content.AnySetting {
		told.Setting, p.Setting = s, s
	}
	if t := p.Treatment(); t != nil {
		p.Treatments = append(slices.Clone(p.Treatments[:len(p.Treatments)-1]), told)
	} else {
		p.Treatments = []Treatment{told}
	}
	if len(p.Talk.Signs) > 0 {
		// The answer to a question of ours is about the last report, whatever else it may sound like.
		r.message.Correction, r.message.Mentions, r.verdict = true, nil, triage.Verdict{}
		r.message.Elapsed = &ago
		if out, ok := c.amend(p, r, now); ok {
			return out
		}
	}
	if topic := c.library.Topic(p.Talk.Topic); topic != nil && topic.Group != "none" && p.Talk.Pending == "" {
		r.message.Elapsed, r.hours = &ago, c.knownHours(p, now)
		m := c.moment(p, r.hours, p.setting(), now)
		return c.deliver(p, r, m, []part{c.questionPart(m, topic, emptyMessage, "")})
	}
	return c.afterTreatment(p, now)
}

func settingOr(r *reading, p *Person) content.Setting {
	if r != nil && r.message.Setting != "" {
		return content.Setting(r.message.Setting)
	}
	return p.Setting
}

func (c *Core) toldSetting(p *Person, s content.Setting, now time.Time) []Message {
	c.keepSetting(p, s)
	if p.Talk.Pending == "start" {
		return c.afterTreatment(p, now)
	}
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("setting.noted"), "{setting}", c.library.Phrase("setting."+string(s)))}}
}

// placeName is the place in a zone's name: 'New York'.
func placeName(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

// keepHours sets by whose clock the daily reminders come: that of another place, or of here.
func (c *Core) keepHours(p *Person, place string, now time.Time) []Message {
	if strings.EqualFold(place, "here") {
		p.Wishes.HoursOf = ""
		return []Message{{Text: c.library.Phrase("zone.hours-here")}}
	}
	name, ok := c.zones.find(place, now)
	if !ok {
		return []Message{{Text: c.library.Phrase("zone.unknown")}}
	}
	p.Wishes.HoursOf = name
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("zone.hours-kept"), "{zone}", placeName(p.Wishes.hours()))}}
}

func (c *Core) toldZone(p *Person, zone string, now time.Time) []Message {
	from, guessed := c.zone(p), p.Zone == ""
	if hours := p.Wishes.hours(); hours != nil {
		from = hours
	}
	p.Zone, p.Wishes.HoursOf = zone, ""
	local := now.In(c.zone(p))
	text := strings.NewReplacer("{zone}", zone, "{time}", local.Format("15:04")).Replace(c.library.Phrase("zone.noted"))
	out := []Message{{Text: text}}
	if p.consented() && p.Treatment() != nil && !guessed && local.Format("15:04") != now.In(from).Format("15:04") {
		out[0].Text += "\n" + strings.ReplaceAll(c.library.Phrase("zone.hours"), "{zone}", placeName(from))
		out[0].Buttons = []Button{{"Hours of here", "/zone hours here"}, {"Hours of " + placeName(from), "/zone hours " + from.String()}}
	}
	if p.Talk.Pending == "start" {
		out = append(out, c.afterTreatment(p, now)...)
	}
	return out
}
