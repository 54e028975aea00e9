package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
	"afterglow/reminders"
)

// part is one piece of an answer: a judged sign or an answered question.
type part struct {
	topic   string
	level   content.Level
	text    string
	differ  string
	rests   []string
	asks    string
	buttons []Button
}

// moment is the clock of one turn as one person lives it.
type moment struct {
	now     time.Time
	zone    *time.Location
	treated time.Time // zero when not known
	exact   bool      // the hour of the treatment is known
	day     *int
	setting content.Setting
	// sensitive are the instants at which the skin was said to be still sensitive.
	sensitive []time.Time
	held      bool // a report that calls for the clinic is open
}

// lights is a window as the person lives it.
func (m moment) lights(w *content.Window) content.Lights {
	return w.At(m.setting, m.treated, m.zone).Later(m.sensitive)
}

// unmoved is when a window would have turned green if the skin had never been sensitive.
func (m moment) unmoved(window string, l *content.Library) time.Time {
	return l.Window(window).At(m.setting, m.treated, m.zone).GreenFrom
}

// moment works out the clock for a reading: its own elapsed time, or what is known of the person.
func (c *Core) moment(p *Person, hours *float64, setting content.Setting, now time.Time) moment {
	m := moment{now: now, zone: c.zone(p), setting: setting, sensitive: p.Wishes.Sensitive, held: !p.Wishes.Held.IsZero()}
	if hours == nil {
		return m
	}
	day := int(*hours / 24)
	m.day = &day
	m.treated = now.Add(-time.Duration(*hours * float64(time.Hour)))
	if t := p.Treatment(); t != nil && t.Exact && now.Sub(t.At).Hours()-*hours < 0.1 && *hours-now.Sub(t.At).Hours() < 0.1 {
		m.exact, m.treated = true, t.At
	}
	return m
}

// at says an instant of the plan: a moment of the user's wall clock when the treatment's hour is
// known, else the day of healing.
func (m moment) at(t time.Time) string {
	if t.IsZero() || m.treated.IsZero() {
		return ""
	}
	if !m.exact {
		hours := t.Sub(m.treated).Hours()
		if hours < 24 {
			return plural(int(hours+0.5), "hour") + " after it"
		}
		return "day " + strconv.Itoa(int(hours/24))
	}
	return momentWords(t.In(m.zone), m.now)
}

// fill puts the clock into a text.
func (m moment) fill(text string, lights *content.Lights, callHours float64) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := []string{"{elapsed}", "", "{red_until}", "", "{green_from}", "", "{to_go}", "", "{call_day}", ""}
	if !m.treated.IsZero() {
		pairs[1] = elapsedWords(m.now.Sub(m.treated), m.exact)
		if lights != nil {
			pairs[3], pairs[5] = m.at(lights.RedUntil), m.at(lights.GreenFrom)
			pairs[7] = toGoWords(lights.GreenFrom.Sub(m.now))
		}
		if callHours > 0 {
			at := m.treated.Add(time.Duration(callHours * float64(time.Hour)))
			pairs[9] = m.at(at)
			if m.exact {
				pairs[9] += " (day " + strconv.Itoa(int(callHours/24)) + ")"
			}
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (m moment) situation(level content.Level, light content.Light, asked language.Shape) content.Situation {
	return content.Situation{Level: level, Day: m.day, Setting: m.setting, Light: light, Asked: asked}
}

// signPart answers the findings of a report: the one that decided first, the others in a line.
func (c *Core) signPart(m moment, r *reading) part {
	lead := r.verdict.Lead()
	topicID := c.signTopic(r)
	topic := c.library.Topic(topicID)
	level := content.Level(lead.Level.String())
	out := part{topic: topicID, level: level}
	shape := r.message.Shape
	body := ""
	// A harmless sign that has gone needs no more words than the verdict.
	over := lead.Mention.Status == language.Gone && !triage.Grave(lead.Sign)
	if topic != nil {
		out.differ = topic.Differ
		if a := topic.Choose(m.situation(level, content.AnyLight, shape)); a != nil {
			out.rests = a.Rests
			if !over {
				body = m.fill(a.Text, nil, lead.CallHours)
			}
		}
	}
	verdict := "verdict." + string(level)
	switch {
	case level == content.SelfCare && lead.Mention.Status == language.Gone:
		verdict = "verdict.gone"
	case level == content.SelfCare && m.day == nil:
		verdict = "verdict.self-care.undated"
	case level == content.SelfCare && lead.Mention.Trend == language.Better:
		verdict = "verdict.better"
	}
	lines := []string{m.fill(c.library.Phrase(verdict), nil, lead.CallHours), body}
	if level == content.SelfCare {
		lines = append(lines, c.alsoExpected(r, lead))
	}
	out.text = joinLines(lines...)
	switch {
	case level == content.SelfCare && lead.StrengthMatters:
		out.asks = askStrength
		out.buttons = []Button{{"Mild", "it is mild"}, {"Strong", "it is quite strong"}, {"Unbearable", "it is unbearable"}}
	case lead.DayMatters && m.day == nil:
		out.asks = askWhen
	}
	return out
}

// alsoExpected names the other signs of a self-care report.
func (c *Core) alsoExpected(r *reading, lead *triage.Finding) string {
	var names []string
	for i := range r.verdict.Findings[1:] {
		f := &r.verdict.Findings[i+1]
		t := c.library.Topic(topicOf[f.Sign])
		if t == nil || f.Sign == lead.Sign || slices.Contains(names, strings.ToLower(t.Title)) {
			continue
		}
		names = append(names, strings.ToLower(t.Title))
	}
	if len(names) == 0 {
		return ""
	}
	return strings.ReplaceAll(c.library.Phrase("also-expected"), "{signs}", listWords(names))
}

// signTopic picks the topic of a report: the first of the signs that share the highest level, unless
// the trained model is clearly for another one of them.
func (c *Core) signTopic(r *reading) string {
	lead := r.verdict.Lead()
	first := topicOf[lead.Sign]
	for i := range r.verdict.Findings {
		f := &r.verdict.Findings[i]
		if f.Level != lead.Level {
			break
		}
		if t := topicOf[f.Sign]; r.found.P(t) > 0.5 && r.found.P(t) > 3*r.found.P(first) {
			return t
		}
	}
	return first
}

// questionPart answers a question about a topic.
func (c *Core) questionPart(m moment, topic *content.Topic, asked *language.Message, subject string) part {
	shape := asked.Shape
	out := part{topic: topic.ID, level: content.Info, differ: topic.Differ}
	if topic.ID == content.NotCovered {
		return c.notCoveredPart(subject)
	}
	light, lights, verdict := content.AnyLight, (*content.Lights)(nil), ""
	if w := c.library.Window(topic.Window); w != nil {
		if !m.treated.IsZero() {
			// 'Gym tomorrow?' asks for tomorrow's light.
			then := m
			then.now = m.now.Add(asked.Ahead)
			l := m.lights(w)
			lights, light = &l, l.Light(then.now)
			key := "light." + string(light)
			if asked.Ahead > 0 {
				key += ".then"
			}
			if !l.Side.Open && (mayI(shape) && shape != language.Done || shape == language.Done && light != content.Green) {
				verdict = then.fill(c.library.Phrase(key), lights, 0)
				if m.held && light == content.Green && reminders.ComesBack(w.ID) {
					verdict = c.library.Phrase("light.held")
				}
			}
		}
	}
	a := topic.Choose(m.situation(content.Info, light, shape))
	if a == nil {
		a = topic.Choose(m.situation(content.Info, light, language.Statement))
	}
	body := ""
	if a != nil {
		body, out.rests = m.fill(a.Text, lights, 0), a.Rests
		if a.For.Asked != language.Statement && a.For.Asked != language.When {
			verdict = ""
		}
	}
	out.text = strings.TrimSpace(verdict + " " + body)
	if lights != nil && len(m.sensitive) > 0 && light != content.Green && !lights.GreenFrom.Equal(m.unmoved(topic.Window, c.library)) {
		out.text = joinLines(out.text, c.library.Phrase("shift.why"))
	}
	if claim := c.library.Closest(topic, asked, out.rests); claim != nil && c.fits(claim, topic, m.setting) && content.WordCount(out.text)+content.WordCount(claim.Says) <= maxWords {
		out.text += "\n" + claim.Says
		out.rests = append(slices.Clone(out.rests), claim.Ref())
	}
	if topic.Window != "" && m.day == nil && mayI(shape) {
		out.asks = askWhen
	}
	return out
}

// fits tells whether a claim may stand beside an answer: it must be for the person's setting, and where
// a window gives the times it must bring none of its own.
func (c *Core) fits(claim *content.Claim, topic *content.Topic, setting content.Setting) bool {
	if setting != content.AnySetting {
		if claim.Setting != content.AnySetting && claim.Setting != setting {
			return false
		}
		if g := c.library.Guide(claim.Guide); g != nil && topic.Window != "" && !slices.Contains(g.Settings, setting) {
			return false
		}
	}
	return topic.Window == "" || len(claim.Wait) == 0
}

// maxWords is how long an answer may be before 'more'.
const maxWords = 60

// notCoveredPart says that the guides are silent, the nearest that they do say, and whom to ask.
func (c *Core) notCoveredPart(subject string) part {
	out := part{topic: content.NotCovered, level: content.Info}
	s := c.library.Subject(subject)
	if s == nil {
		out.text = c.library.Phrase("not-covered.unknown")
		return out
	}
	out.text = joinLines(
		strings.ReplaceAll(c.library.Phrase("not-covered"), "{subject}", s.Title),
		s.Nearest,
		strings.ReplaceAll(c.library.Phrase("not-covered.ask"), "{whom}", s.Ask))
	out.rests = s.Rests
	return out
}

// more is what the 'more' button adds: how the guides differ, and every claim on the topics, in the
// guides' names.
func (c *Core) more(parts []part) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, p := range parts {
		topic := c.library.Topic(p.topic)
		if topic == nil {
			continue
		}
		if p.differ != "" {
			b.WriteString(c.library.Phrase("differ") + " " + p.differ + "\n")
		}
		for _, claim := range c.library.ClaimsOf(topic) {
			if seen[claim.Ref()] || b.Len() > maxMore {
				continue
			}
			seen[claim.Ref()] = true
			name := claim.Guide
			if g := c.library.Guide(claim.Guide); g != nil {
				name = g.Name
			}
			b.WriteString("• " + claim.Says + " (" + name + ")\n")
		}
	}
	return strings.TrimSpace(b.String())
}

// maxMore keeps 'more' within one message of the platform with the longest texts (Telegram, 4,096).
const maxMore = 3400

// sources are the guides behind some claims, in the library's order.
func (c *Core) sources(rests []string) []string {
	var out []string
	for _, g := range c.library.Guides {
		for _, r := range rests {
			if strings.HasPrefix(r, g.ID+"/") {
				out = append(out, g.ID)
				break
			}
		}
	}
	return out
}

// guidesLine names the guides that an answer rests on.
func (c *Core) guidesLine(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	var names []string
	for _, s := range sources {
		if g := c.library.Guide(s); g != nil {
			names = append(names, g.Name)
		}
	}
	return c.library.Phrase("guides") + " " + strings.Join(names, ", ")
}

// joinLines joins the non-empty lines.
func joinLines(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}
