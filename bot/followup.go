package bot

import (
	"slices"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// amend understands a message that changes the last report instead of making a new one: another
// day ('I meant 2 days'), a strength ('like, unbearably'), a trend ('gone down loads'), or a sign
// taken back ('no wait, no pus').
func (c *Core) amend(p *Person, r *reading, now time.Time) ([]Message, bool) {
	t := &p.Talk
	if len(t.Signs) == 0 || r.verdict.Lead() != nil {
		return nil, false
	}
	m := r.message
	denied := m.Over
	for _, x := range m.Mentions {
		denied = denied || x.Status == language.Negated || x.Status == language.Gone
	}
	words := wordCount(m)
	if m.Elapsed == nil && c.thanks(r) {
		return nil, false
	}
	if m.TakenBack && words <= 16 && !m.Question {
		t.Signs = nil
		r.message.Mentions = nil
		return c.deliver(p, r, c.moment(p, r.hours, p.setting(), now),
			[]part{{topic: "normal-healing", level: content.Info, text: c.library.Phrase("taken-back")}}), true
	}
	switch {
	case m.Correction && m.Elapsed != nil:
		c.setElapsed(p, *m.Elapsed, now)
	case denied && words <= 14:
	case words <= 14 && (m.Strength > language.Unstated || m.Trend > language.NoTrend || m.Persisting) && !c.asksAnew(r):
	case m.Elapsed != nil && !m.Question && words <= 8 && !c.asksAnew(r):
		c.setElapsed(p, *m.Elapsed, now)
	default:
		return nil, false
	}
	var signs []language.Mention
	for i, s := range t.Signs {
		x := s.mention()
		if m.Over {
			x.Status = language.Gone
		}
		for _, y := range m.Mentions {
			if y.Sign == s.Sign || y.Status == language.Negated && sameFamily(y.Sign, s.Sign) {
				x.Status = y.Status
			}
		}
		if i == 0 {
			if m.Strength > language.Unstated {
				x.Strength = m.Strength
			}
			if m.Trend > language.NoTrend {
				x.Trend = m.Trend
			}
			x.Persisting = x.Persisting || m.Persisting
		}
		signs = append(signs, x)
	}
	r.message.Mentions = signs
	if r.hours == nil || m.Elapsed != nil {
		r.hours = c.knownHours(p, now)
	}
	r.verdict = triage.Judge(triage.Report{Mentions: signs, Hours: r.hours})
	if r.verdict.Lead() == nil {
		// Everything was taken back.
		t.Signs = nil
		return c.deliver(p, r, c.moment(p, r.hours, p.setting(), now),
			[]part{{topic: "normal-healing", level: content.Info, text: c.library.Phrase("taken-back")}}), true
	}
	return c.deliver(p, r, c.moment(p, r.hours, c.settingOf(p, r), now), []part{c.signPart(c.moment(p, r.hours, c.settingOf(p, r), now), r)}), true
}

// fillIn takes a message that only tells when or where the treatment was ('clinic', 'yesterday
// morning', '4') for what the last answer lacked, and gives that answer anew.
func (c *Core) fillIn(p *Person, r *reading, text string, now time.Time) ([]Message, bool) {
	t := &p.Talk
	if t.Topic == "" || len(r.message.Mentions) > 0 || len(r.named) > 0 || wordCount(r.message) > 8 {
		return nil, false
	}
	other := r.message.Question || r.message.Shape != language.Statement
	setting := content.AnySetting
	if wordCount(r.message) <= 7 {
		setting = settingIn(r, text)
	}
	told := false
	if !other && (p.Treatment() == nil || r.message.Correction) {
		if ago, exact, ok := c.agoIn(r, text, c.zone(p), now); ok {
			c.setElapsed(p, ago, now)
			p.Treatment().Exact = exact
			told = true
		}
	}
	if setting != content.AnySetting && (wordCount(r.message) <= 4 || !other) {
		told = true
		if !other {
			c.keepSetting(p, setting)
		}
	}
	if !told {
		return nil, false
	}
	hours := c.knownHours(p, now)
	m := c.moment(p, hours, p.setting(), now)
	if setting != content.AnySetting {
		m.setting = setting
	}
	r.hours = hours
	if len(t.Signs) > 0 {
		for _, s := range t.Signs {
			r.message.Mentions = append(r.message.Mentions, s.mention())
		}
		r.verdict = triage.Judge(triage.Report{Mentions: r.message.Mentions, Hours: hours})
		if r.verdict.Lead() != nil {
			return c.deliver(p, r, m, []part{c.signPart(m, r)}), true
		}
	}
	var parts []part
	for _, id := range t.Topics {
		if topic := c.library.Topic(id); topic != nil && topic.Group != "none" {
			parts = append(parts, c.questionPart(m, topic, emptyMessage, ""))
		}
	}
	if len(parts) == 0 {
		return nil, false
	}
	return c.deliver(p, r, m, parts), true
}

// keepSetting notes where the running treatment was done.
func (c *Core) keepSetting(p *Person, s content.Setting) {
	p.Setting = s
	if t := p.Treatment(); t != nil {
		changed := *t
		changed.Setting = s
		p.Treatments = append(slices.Clone(p.Treatments[:len(p.Treatments)-1]), changed)
	}
}

// sameFamily tells whether taking back one sign takes back the other ('no pus' after 'infected').
func sameFamily(a, b language.SignID) bool { return topicOf[a] != "" && topicOf[a] == topicOf[b] }

// asksAnew tells whether the message is about something else than the last report.
func (c *Core) asksAnew(r *reading) bool {
	return len(r.named) > 0 || r.found.Best().P > 0.8 && c.group(r.found.Best().Topic) != "symptom" && c.group(r.found.Best().Topic) != "none"
}

func (c *Core) group(topic string) string {
	if t := c.library.Topic(topic); t != nil {
		return t.Group
	}
	return ""
}

// setElapsed sets when the treatment was from how long ago it is said to be.
func (c *Core) setElapsed(p *Person, ago time.Duration, now time.Time) {
	told := Treatment{At: now.Add(-ago), Exact: ago < 24*time.Hour && ago > 0, Setting: p.setting(), Logged: now}
	if t := p.Treatment(); t != nil {
		// A correction: the list is copied, as conversations share it.
		p.Treatments = append(slices.Clone(p.Treatments[:len(p.Treatments)-1]), told)
		return
	}
	p.Treatments = []Treatment{told}
}

// knownHours is the elapsed time since the treatment that is known of the person.
func (c *Core) knownHours(p *Person, now time.Time) *float64 {
	t := p.Treatment()
	if t == nil {
		return nil
	}
	h := max(now.Sub(t.At).Hours(), 0)
	return &h
}

func wordCount(m *language.Message) int {
	n := 0
	for _, t := range m.Tokens {
		if t.Kind == language.Word || t.Kind == language.Number {
			n++
		}
	}
	return n
}

// followUp answers what only makes sense after the last answer: 'why?', 'how long?', 'and is it
// dangerous?', 'omg what do i do'.
func (c *Core) followUp(p *Person, r *reading, now time.Time) ([]Message, bool) {
	t := &p.Talk
	if t.Topic == "" || r.verdict.Lead() != nil || len(r.named) > 0 && t.Level != content.Emergency && t.Level != content.Contact ||
		len(r.named) > 0 && (r.message.Question || r.message.Shape != language.Statement) && t.Level != content.Emergency {
		return nil, false
	}
	best := r.found.Best()
	words := wordCount(r.message)
	refers := refersBack(r.message)
	worried := t.Level == content.Emergency || t.Level == content.Contact
	switch {
	case words == 0 || c.thanks(r):
		return nil, false
	case t.Level == content.Emergency && words <= 14:
		// Nothing else is answered until it is clear that help is on its way.
	case worried && !r.message.Question && r.message.Shape == language.Statement && words <= 12 && best.Topic != content.OutOfScope:
	case worried && words <= 7 && (best.P < 0.6 || best.Topic == content.SmallTalk && r.message.Question):
	case words <= 3 && r.message.Shape != language.Statement && best.P < 0.85:
	case refers && words <= 9 && r.message.Shape != language.Statement && best.P < 0.7:
	default:
		return nil, false
	}
	m := c.moment(p, c.knownHours(p, now), p.setting(), now)
	if worried {
		signs := []language.Mention{}
		for _, s := range t.Signs {
			signs = append(signs, s.mention())
		}
		r.verdict = triage.Judge(triage.Report{Mentions: signs, Hours: c.knownHours(p, now)})
		if r.verdict.Lead() != nil {
			return c.deliver(p, r, m, []part{c.signPart(m, r)}), true
		}
	}
	topic := c.library.Topic(t.Topic)
	if topic == nil || topic.Group == "none" {
		return nil, false
	}
	q := c.questionPart(m, topic, r.message, "")
	if q.text == "" {
		return nil, false
	}
	return c.deliver(p, r, m, []part{q}), true
}

// thanks tells whether the message is a thank-you or a goodbye and nothing else.
func (c *Core) thanks(r *reading) bool {
	if r.message.Question || len(r.message.Mentions) > 0 || len(r.named) > 0 {
		return false
	}
	best := r.found.Best()
	if best.Topic == content.SmallTalk && best.P > 0.5 {
		return true
	}
	phrase := chatter(content.SmallTalk, r.message)
	return (phrase == "small-talk.thanks" || phrase == "small-talk.bye") && wordCount(r.message) <= 8
}

// refersBack tells whether the message points at what was spoken of.
func refersBack(m *language.Message) bool {
	for _, t := range m.Tokens {
		switch t.Text {
		case "it", "its", "that", "this", "them", "they", "those", "these", "same", "one":
			return true
		}
	}
	return false
}

// tellsTreatment tells whether the message says when the treatment was and asks or reports nothing.
func (c *Core) tellsTreatment(r *reading) bool {
	m := r.message
	if m.Elapsed == nil || m.ElapsedLoose || !m.Anchored || m.Question || len(m.Mentions) > 0 || len(r.named) > 0 || m.Other || wordCount(m) > 22 {
		return false
	}
	switch c.group(r.found.Best().Topic) {
	case "activity", "product", "medicine", "symptom", "results":
		return r.found.Best().P < 0.25
	}
	return true
}
