package bot

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// The questions that the bot can leave open. They are the values of Answer.Asks.
const (
	askConsent  = "consent"
	askWhen     = "day"
	askSetting  = "setting"
	askZone     = "zone"
	askStrength = "strength"
	askTopic    = "topic"
	askSymptom  = "symptom"
	askForget   = "forget"
	askCheckin  = "check-in"
	askCan      = "can"
	askReplace  = "replace"
	askCleared  = "cleared"
)

// turn answers one text of one person and changes what is known of them.
func (c *Core) turn(p *Person, text string, now time.Time) []Message {
	if p.Talk.At.IsZero() || now.Sub(p.Talk.At) > memoryLasts {
		p.Talk.forgetReport()
	}
	p.Talk.At = now
	if name, rest, ok := command(text); ok {
		return c.runCommand(p, name, rest, now)
	}
	if strings.TrimSpace(text) == "" {
		return []Message{{Text: c.library.Phrase("empty")}}
	}
	return c.say(p, text, now)
}

// memoryLasts is how long 'it also itches now' still speaks of the last report.
const memoryLasts = 12 * time.Hour

func (t *Talk) forgetReport() {
	t.Topic, t.Topics, t.Level, t.Signs, t.More, t.Guesses = "", nil, "", nil, "", nil
}

// command parts '/can@bot makeup' into its name and what stands behind it.
func command(text string) (name, rest string, ok bool) {
	text = strings.TrimSpace(language.Visible(text))
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	name, rest, _ = strings.Cut(text[1:], " ")
	if i := strings.IndexAny(name, "\n\t"); i >= 0 {
		name, rest = name[:i], name[i+1:]+" "+rest
	}
	name, _, _ = strings.Cut(name, "@")
	if name == "" || !utf8.ValidString(name) {
		return "", "", false
	}
	return strings.ToLower(name), strings.TrimSpace(rest), true
}

// say answers plain text. Danger comes first; then an open question; then corrections and
// follow-ups; then what was reported, asked and told.
func (c *Core) say(p *Person, text string, now time.Time) []Message {
	r := c.read(p, text, now)
	sensitive := stillSensitive(r) // before the answer puts remembered signs into the reading
	out := c.respond(p, r, text, now)
	if sensitive {
		out = c.shift(p, out, now)
	}
	return out
}

func (c *Core) respond(p *Person, r *reading, text string, now time.Time) []Message {
	danger := r.verdict.Level >= triage.Contact
	if danger && !r.verdict.Lead().Mention.Learned {
		return c.report(p, r, now)
	}
	// What only the trained model finds dangerous may be the plain answer to a question of ours.
	if out, done := c.answerOpenQuestion(p, r, text, now); done {
		return out
	}
	if danger {
		return c.report(p, r, now)
	}
	if !p.Wishes.Held.IsZero() && saysCleared(r) {
		return c.askWhetherCleared(p)
	}
	if out, done := c.amend(p, r, now); done {
		return out
	}
	if out, done := c.fillIn(p, r, text, now); done {
		return out
	}
	if c.tellsTreatment(r) {
		return c.noteTreatment(p, r, now)
	}
	if out, done := c.followUp(p, r, now); done {
		return out
	}
	return c.report(p, r, now)
}

// report answers what a message reports and asks: the sign first, then each question.
func (c *Core) report(p *Person, r *reading, now time.Time) []Message {
	c.learn(p, r, now)
	m := c.moment(p, r.hours, c.settingOf(p, r), now)
	var parts []part
	if r.verdict.Lead() != nil {
		parts = append(parts, c.signPart(m, r))
	}
	if r.verdict.Level != triage.Emergency {
		parts = append(parts, c.questions(p, m, r, parts)...)
	}
	if len(parts) == 0 {
		return c.lost(p, r)
	}
	return c.offerMemory(p, r, c.deliver(p, r, m, parts))
}

// offerMemory asks a stranger who told of their treatment in passing whether it may be remembered: once,
// and not beside anything that matters more.
func (c *Core) offerMemory(p *Person, r *reading, out []Message) []Message {
	if c.people == nil || p.consented() || p.Talk.Offered || r.message.Elapsed == nil || r.message.ElapsedLoose || r.message.Other ||
		r.verdict.Level >= triage.Contact || out[0].Answer.Asks != "" {
		return out
	}
	p.Talk.Offered, p.Talk.Asked = true, askConsent
	out[0].Text += "\n" + c.library.Phrase("ask."+askConsent)
	out[0].Answer.Asks = askConsent
	out[0].Buttons = append([]Button{{"Yes, remember it", "yes"}, {"No, thanks", "no"}}, out[0].Buttons...)
	return out
}

// settingOf is the setting that the message tells, else what is known.
func (c *Core) settingOf(p *Person, r *reading) content.Setting {
	if r.message.Setting != "" {
		return content.Setting(r.message.Setting)
	}
	return p.setting()
}

// learn keeps what a message tells beside its question: when and where the treatment was.
func (c *Core) learn(p *Person, r *reading, now time.Time) {
	if r.message.Other {
		return // somebody else's treatment
	}
	if s := content.Setting(r.message.Setting); s != content.AnySetting {
		p.Setting = s
		if t := p.Treatment(); t != nil && t.Setting == content.AnySetting {
			t.Setting = s
		}
	}
	if r.message.Elapsed == nil || r.hours == nil {
		return
	}
	if t := p.Treatment(); t == nil || !r.message.ElapsedLoose && !p.consented() {
		told := Treatment{At: now.Add(-time.Duration(*r.hours * float64(time.Hour))), Setting: p.Setting, Logged: now}
		if t != nil {
			told.Setting = t.Setting
		}
		// Told in passing: it serves this conversation, and a treatment that was logged stays.
		p.Treatments = append(p.Treatments[:0:0], told)
	}
}

func (p *Person) consented() bool { return !p.Consent.IsZero() }

// deliver puts the parts into one message and remembers the conversation.
func (c *Core) deliver(p *Person, r *reading, m moment, parts []part) []Message {
	lead := parts[0]
	a := &Answer{Topic: lead.topic, Level: lead.level, Day: m.day}
	var texts, rests []string
	for i, q := range parts {
		if i > 0 && q.text == "" {
			continue
		}
		texts = append(texts, q.text)
		rests = append(rests, q.rests...)
		if !slices.Contains(a.Topics, q.topic) {
			a.Topics = append(a.Topics, q.topic)
		}
		if a.Asks == "" {
			a.Asks = q.asks
		}
	}
	for i := range r.verdict.Findings {
		f := &r.verdict.Findings[i]
		a.Rules = append(a.Rules, f.Rule)
		if t := topicOf[f.Sign]; !slices.Contains(a.Topics, t) {
			a.Topics = append(a.Topics, t)
		}
	}
	a.Sources = c.sources(rests)
	if line := c.guidesLine(a.Sources); line != "" {
		texts = append(texts, line)
	}
	msg := Message{Answer: a, More: c.more(parts), Buttons: lead.buttons}
	if q := c.library.Phrase("ask." + a.Asks); a.Asks != "" && q != "ask."+a.Asks {
		texts = append(texts, q)
		msg.WantsNumber = a.Asks == askWhen
		if a.Asks == askWhen {
			msg.Buttons = whenButtons()
		}
	}
	msg.Text = strings.Join(texts, "\n")
	if msg.More != "" {
		msg.Buttons = append(msg.Buttons, Button{"More", "/more"})
	}
	if lead.level == content.Contact || lead.level == content.Emergency {
		msg.Buttons = append(msg.Buttons, Button{"Whom to call", "/contact"})
	}
	c.remember(p, r, a, msg.More)
	c.hold(p, r, m.now)
	return []Message{msg}
}

// remember keeps what later messages may refer to.
func (c *Core) remember(p *Person, r *reading, a *Answer, more string) {
	t := &p.Talk
	t.Topic, t.Topics, t.Level, t.More, t.Misses, t.Guesses = a.Topic, a.Topics, a.Level, more, 0, nil
	switch {
	case a.Asks != "":
		t.Asked = a.Asks
	case t.Asked == askConsent || t.Asked == askWhen || t.Asked == askSetting || t.Asked == askZone || t.Asked == askForget:
		// What was asked before stays open: a red flag in the middle of the welcome does not end it.
	default:
		t.Asked = ""
	}
	if len(r.verdict.Findings) > 0 {
		t.Signs = t.Signs[:0:0]
		for i := range r.verdict.Findings {
			m := r.verdict.Findings[i].Mention
			t.Signs = append(t.Signs, RememberedSign{m.Sign, m.Strength, m.Trend, m.Status, m.Persisting})
		}
	}
}

// questions finds what is asked in a message, beside the sign that was answered already.
func (c *Core) questions(p *Person, m moment, r *reading, answered []part) []part {
	reported := len(answered) > 0
	var ids []string
	best := c.inContext(p, r)
	if !reported && c.thanks(r) {
		return nil
	}
	if r.message.Foreign && !reported && c.group(best.Topic) == "symptom" {
		return nil // a dog's rash, a bill that swells
	}
	asked := r.message.Question || r.message.Shape != language.Statement
	named := slices.DeleteFunc(slices.Clone(r.named), func(id string) bool { return reported && id == answered[0].topic })
	switch {
	case reported:
		// A product or activity in a report is a question of its own only when something is asked.
		if asked {
			for _, id := range named {
				if t := c.library.Topic(id); t.Window != "" || t.Group == "medicine" || r.found.P(id) > 0.25 {
					ids = append(ids, id)
				}
			}
			if len(ids) == 0 {
				if id := c.askedSentence(r, answered[0].topic); id != "" {
					ids = append(ids, id)
				}
			}
		}
	case len(named) > 1 && c.allWindows(named) && mayI(r.message.Shape):
		ids = named
		if i := slices.Index(ids, best.Topic); i > 0 {
			ids[0], ids[i] = ids[i], ids[0]
		}
	case best.Topic == content.NotCovered && len(named) > 0 && c.library.Topic(named[0]).Window != "" && r.found.P(named[0]) >= best.P/8:
		// A product or activity that the guides do cover is named: that outweighs a subject beside it.
		ids = []string{named[0]}
	case best.P >= sure:
		ids = []string{best.Topic}
	case len(named) > 0 && r.found.P(named[0]) >= best.P/4:
		ids = []string{named[0]}
	case best.P >= unsure:
		ids = []string{best.Topic}
	default:
		if claim := c.library.ClosestOfAll(r.message); claim != nil {
			ids = []string{claim.Topics[0]}
		}
	}
	if !reported && len(ids) == 1 && (ids[0] == content.OutOfScope || ids[0] == content.SmallTalk) {
		return nil
	}
	var out []part
	for _, id := range ids {
		if t := c.library.Topic(id); t != nil && len(out)+len(answered) < maxParts {
			if reported && (t.Group == "none" || t.Group == "symptom") {
				continue
			}
			q := c.questionPart(m, t, r.message, best.Subject)
			if !reported && len(ids) == 1 && best.P < sure && !slices.Contains(r.named, id) {
				q = c.hedge(p, r, q, t)
			}
			if q.topic == content.NotCovered && best.Topic != content.NotCovered {
				q = c.notCoveredPart("")
			}
			out = append(out, q)
		}
	}
	return out
}

// hedge gives an answer whose topic is only guessed: it says what it was taken for, and offers the
// next guesses.
func (c *Core) hedge(p *Person, r *reading, q part, t *content.Topic) part {
	q.text = strings.ReplaceAll(c.library.Phrase("taken-for"), "{title}", strings.ToLower(t.Title[:1])+t.Title[1:]) + "\n" + q.text
	q.asks = askTopic
	if claim := c.library.ClosestOfAll(r.message); claim != nil && !slices.Contains(q.rests, claim.Ref()) && content.WordCount(q.text)+content.WordCount(claim.Says) <= maxWords+10 {
		q.text += "\n" + claim.Says
		q.rests = append(slices.Clone(q.rests), claim.Ref())
	}
	for _, g := range r.found.Guesses {
		other := c.library.Topic(g.Topic)
		if other == nil || other.Group == "none" || other.ID == t.ID || len(q.buttons) == 3 {
			continue
		}
		q.buttons = append(q.buttons, Button{other.Title, "/can " + other.ID})
	}
	return q
}

// chatter is the phrase that answers something outside of the subject.
func chatter(topic string, m *language.Message) string {
	if topic != content.SmallTalk {
		return topic
	}
	for i := range m.Tokens {
		switch m.Tokens[i].Text {
		case "thanks", "thank", "thx", "ty", "cheers", "ta", "thankyou", "appreciate", "tysm", "grateful":
			return "small-talk.thanks"
		case "bye", "goodbye", "night", "nite", "cya", "goodnight":
			return "small-talk.bye"
		case "hi", "hello", "hey", "hiya", "morning", "evening", "afternoon", "yo", "heya", "gday":
			return "small-talk.hello"
		}
	}
	return topic
}

// inContext is the most probable topic, given what was spoken of: a message that points back ('can i
// pull them off then') is more likely about the last topic than its own words tell.
func (c *Core) inContext(p *Person, r *reading) content.Guess {
	best := r.found.Best()
	if len(r.named) > 0 || !refersBack(r.message) || p.Talk.Topic == "" {
		return best
	}
	for _, g := range r.found.Guesses {
		if g.Topic == p.Talk.Topic && g.P*contextBonus > best.P {
			return content.Guess{Topic: g.Topic, Subject: g.Subject, P: min(g.P*contextBonus, 1)}
		}
	}
	return best
}

// contextBonus is how much likelier the last topic is when a message points back.
const contextBonus = 4

// The probabilities from which on a topic is answered. Set on the project's own labelled messages:
// see docs/understanding.md.
const (
	sure     = 0.30
	unsure   = 0.05
	maxParts = 4
)

func mayI(s language.Shape) bool {
	return s == language.When || s == language.Statement || s == language.Done || s == language.HowLong
}

func (c *Core) allWindows(ids []string) bool {
	for _, id := range ids {
		if c.library.Topic(id).Window == "" {
			return false
		}
	}
	return true
}

// askedSentence looks at each sentence of a report by itself for a question on something else.
func (c *Core) askedSentence(r *reading, not string) string {
	sentences := strings.FieldsFunc(r.message.Clean, func(x rune) bool { return x == '.' || x == '?' || x == '!' || x == '\n' || x == ';' })
	if len(sentences) < 2 {
		return ""
	}
	for _, s := range sentences {
		m := language.Read(s, trainedMoment)
		if len(m.Tokens) < 3 || m.Shape == language.Statement {
			continue
		}
		f := c.finder.Find(m)
		g := f.Best()
		if t := c.library.Topic(g.Topic); t != nil && g.Topic != not && g.P > 0.6 && t.Group != "symptom" && t.Group != "none" && t.Group != "timeline" {
			return g.Topic
		}
	}
	return ""
}

// trainedMoment is any fixed instant: the sentences are read for their topic only.
var trainedMoment = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

// lost answers what was not understood: with a question that helps, never the same one twice in a
// row, and never 'not understood' for a possible symptom.
func (c *Core) lost(p *Person, r *reading) []Message {
	t := &p.Talk
	best := r.found.Best()
	if r.message.Foreign && c.group(best.Topic) == "symptom" {
		best.Topic = content.OutOfScope
	}
	if c.thanks(r) {
		best.Topic = content.SmallTalk
	}
	if (best.Topic == content.OutOfScope || best.Topic == content.SmallTalk) && !r.message.Unread() {
		return c.deliver(p, r, c.moment(p, r.hours, p.setting(), p.Talk.At), []part{{topic: best.Topic, level: content.Info, text: c.library.Phrase(chatter(best.Topic, r.message))}})
	}
	if r.message.Unread() {
		return c.deliver(p, r, c.moment(p, r.hours, p.setting(), p.Talk.At), []part{{topic: content.OutOfScope, level: content.Info, text: c.library.Phrase("other-language")}})
	}
	t.Misses++
	key := "lost.1"
	if t.Misses > 1 {
		key = "lost.2"
	}
	var guesses []Button
	t.Guesses = nil
	for _, g := range r.found.Guesses {
		topic := c.library.Topic(g.Topic)
		if topic == nil || topic.Group == "none" || len(guesses) == 3 {
			continue
		}
		guesses = append(guesses, Button{topic.Title, "/can " + topic.ID})
		t.Guesses = append(t.Guesses, topic.ID)
	}
	t.Asked = askTopic
	topic := best.Topic
	if topic == "" {
		topic = content.OutOfScope
	}
	return []Message{{Text: c.library.Phrase(key), Buttons: guesses,
		Answer: &Answer{Topic: topic, Topics: []string{topic}, Level: content.Info, Asks: askTopic}}}
}
