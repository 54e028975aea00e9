package bot

import (
	"slices"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// reading is everything that was understood of one message.
type reading struct {
	message *language.Message
	found   content.Found
	verdict triage.Verdict
	hours   *float64 // elapsed time since the treatment that was used for the verdict
	named   []string // topics whose everyday names stand in the message, in order
}

// The thresholds below were set on the project's own labelled messages (see testdata/bench and
// docs/understanding.md), for safety first: a message is taken for a report far more readily when
// the sign is a grave one.
const (
	softReportGrave = 0.45 // the model finds a report where the shape says question
	softReport      = 0.60
	learnedReport   = 0.50 // a sign that no word named: the model finds a report,
	learnedSymptom  = 0.40 // a symptom,
	learnedHarmless = 0.15 // and which one: of ordinary healing,
	learnedGrave    = 0.55 // or one that would send somebody to the clinic
	weakDropped     = 0.35 // a word of many meanings in a message that is all but surely not for us
	raiseUrgent     = 0.25 // the wording as a whole is that of an emergency
	urgentTopic     = 0.02 // and its topic is not all but excluded
	enoughWords     = 4    // fewer words give the model nothing to go by
	sureUrgent      = 0.97 // the same, though the words deny a sign of it or speak of another time
	raiseContact    = 0.70 // the wording as a whole calls for the clinic
)

// read understands a message of a person. It never lowers what the words themselves say: the
// trained models may only confirm, add or raise.
func (c *Core) read(p *Person, text string, now time.Time) *reading {
	r := &reading{message: language.Read(text, now.In(c.zone(p)))}
	r.found = c.finder.Find(r.message)
	r.named = c.names.spot(r.message)
	c.confirm(r)
	c.pointsAtSign(p, r)
	r.hours = c.elapsedHours(p, r.message, now)
	r.verdict = triage.Judge(triage.Report{Mentions: r.message.Mentions, Hours: r.hours})
	c.raise(r)
	return r
}

// confirm settles what the words left open: weak mentions, questions that may be reports, and
// signs that no word of the lexicon names.
func (c *Core) confirm(r *reading) {
	report := r.found.Reports()
	symptom, foreign := 0.0, 0.0
	for _, g := range r.found.Guesses {
		if g.Topic == content.OutOfScope || g.Topic == content.SmallTalk {
			foreign += g.P
		}
		if t := c.library.Topic(g.Topic); t != nil && t.Group == "symptom" {
			symptom += g.P
		}
	}
	kept := r.message.Mentions[:0]
	present := false
	for _, m := range r.message.Mentions {
		if m.Weak && m.Status == language.Present {
			if foreign >= weakDropped {
				continue
			}
			m.Weak = false
		}
		if m.Soft && m.Status == language.Asked {
			limit := softReport
			if triage.Grave(m.Sign) {
				limit = softReportGrave
			}
			if report >= limit {
				m.Status = language.Present
				m.Because = append(m.Because, "the model finds a report")
			}
		}
		present = present || m.Status == language.Present
		kept = append(kept, m)
	}
	r.message.Mentions = kept
	if len(kept) == 0 && r.message.Trend >= language.Worse && !r.message.Question && symptom >= 0.3 {
		if sign, ok := signOf[r.found.Best().Topic]; ok {
			r.message.Mentions = append(r.message.Mentions, language.Mention{Sign: sign, Learned: true, Trend: r.message.Trend,
				Strength: r.message.Strength, Because: []string{"something grows or returns; the model finds " + r.found.Best().Topic}})
			return
		}
	}
	if present || symptom < learnedSymptom || report < learnedReport || wordCount(r.message) < enoughWords-1 {
		return
	}
	for _, g := range r.found.Guesses {
		sign, ok := signOf[g.Topic]
		if !ok || slices.ContainsFunc(kept, func(m language.Mention) bool { return m.Sign == sign }) {
			continue
		}
		limit := learnedHarmless
		if triage.Grave(sign) {
			limit = learnedGrave
		}
		if g.P >= limit {
			r.message.Mentions = append(r.message.Mentions, language.Mention{Sign: sign, Learned: true,
				Strength: r.message.Strength, Trend: r.message.Trend, Because: []string{"the model finds a report of " + g.Topic}})
		}
		return
	}
}

// pointsAtSign takes 'i have one under my eye', after a question about bruises, for a bruise.
func (c *Core) pointsAtSign(p *Person, r *reading) {
	sign, ok := signOf[p.Talk.Topic]
	if !ok || len(p.Talk.Signs) > 0 || len(r.message.Mentions) > 0 || len(r.named) > 0 || wordCount(r.message) > 10 {
		return
	}
	m := r.message
	if !m.Question && (m.Trend >= language.Worse || m.Persisting || m.Strength >= language.Severe) {
		m.Mentions = append(m.Mentions, language.Mention{Sign: sign, Strength: m.Strength, Trend: m.Trend, Persisting: m.Persisting,
			Because: []string{"goes on about " + p.Talk.Topic}})
		return
	}
	for i := range r.message.Tokens {
		t := &r.message.Tokens[i]
		if i == 0 || t.Text != "one" && t.Text != "it" && t.Text != "them" && t.Text != "that" && t.Text != "some" && t.Text != "those" {
			continue
		}
		switch r.message.Tokens[i-1].Text {
		case "have", "got", "ive", "has", "get", "getting", "had":
			r.message.Mentions = append(r.message.Mentions, language.Mention{Sign: sign, Strength: r.message.Strength, Trend: r.message.Trend,
				Because: []string{"points back at " + p.Talk.Topic}})
			return
		}
	}
}

// raise lifts the verdict when the trained model is sure enough that the wording as a whole is that of
// an emergency, or of complaints that call for the clinic. It lowers nothing.
func (c *Core) raise(r *reading) {
	f := &r.found
	switch {
	case r.verdict.Level < triage.Emergency && f.Urgent >= raiseUrgent && wordCount(r.message) >= enoughWords && f.P("breathing-emergency") >= urgentTopic && (f.Urgent >= sureUrgent || !c.urgentDenied(r)):
		c.addFinding(r, triage.Emergency, language.Breathing, "the wording as a whole is that of an emergency (model)")
	case r.verdict.Level < triage.Contact && f.Bad+f.Grave+f.Urgent >= raiseContact && wordCount(r.message) > enoughWords+1 && f.Best().Topic != content.OutOfScope:
		lead := r.verdict.Lead()
		if denials(r.message) >= 2 {
			return // somebody who goes through a list of what is not there
		}
		if lead != nil && (lead.Mention.Status != language.Present || lead.Mention.Trend == language.Better || lead.Mention.Trend == language.Same ||
			lead.Mention.Strength == language.Mild || r.hours != nil && triage.ByDayAlone(lead.Sign)) {
			return
		}
		if lead == nil && f.Grave+f.Urgent < raiseContact {
			return // strong words about nothing that was understood are no report
		}
		sign := language.Unwell
		if lead != nil {
			sign = lead.Sign
		} else if s, ok := signOf[f.Best().Topic]; ok {
			sign = s
		}
		c.addFinding(r, triage.Contact, sign, "the wording as a whole is that of complaints which call for the clinic (model)")
	}
}

// denials counts the signs that a message says are not there.
func denials(m *language.Message) int {
	n := 0
	for i := range m.Mentions {
		if m.Mentions[i].Status == language.Negated {
			n++
		}
	}
	return n
}

// urgentDenied tells whether the words name a sign of an emergency only to deny it, to ask about it or
// to place it in another time, or name none and say that it is getting better.
func (c *Core) urgentDenied(r *reading) bool {
	if r.message.AirwayFine || r.message.Trend == language.Better && len(r.message.Mentions) == 0 {
		return true
	}
	for i := range r.message.Mentions {
		m := &r.message.Mentions[i]
		if triage.Urgent(m.Sign) && m.Status != language.Present {
			return true
		}
	}
	return false
}

// addFinding puts a finding of the trained model in front of the others.
func (c *Core) addFinding(r *reading, level triage.Level, sign language.SignID, rule string) {
	m := language.Mention{Sign: sign, Learned: true, Strength: r.message.Strength, Trend: r.message.Trend}
	r.verdict.Level = level
	r.verdict.Findings = append([]triage.Finding{{Sign: sign, Level: level, Rule: rule, Mention: m}}, r.verdict.Findings...)
}

// elapsedHours is how long ago the treatment was: from the message where it speaks of the treatment,
// else from what is known of the person, else from how long a sign is said to have lasted.
func (c *Core) elapsedHours(p *Person, m *language.Message, now time.Time) *float64 {
	t := p.Treatment()
	if m.Elapsed != nil && (t == nil || !m.ElapsedLoose) {
		if t == nil || !c.liesAhead(t, m, now) {
			h := m.Elapsed.Hours()
			return &h
		}
	}
	if t != nil {
		h := max(now.Sub(t.At).Hours(), 0)
		return &h
	}
	return nil
}

// liesAhead tells whether 'on day 5' in a question is a day to come for this person.
func (c *Core) liesAhead(t *Treatment, m *language.Message, now time.Time) bool {
	return m.Question && len(m.Mentions) == 0 && *m.Elapsed > now.Sub(t.At)+24*time.Hour
}

// signOf gives the sign that a symptom topic stands for when only the topic was understood.
var signOf = map[string]language.SignID{
	"redness": language.Redness, "swelling": language.Swelling, "warmth": language.Warmth,
	"tightness": language.Tightness, "dryness": language.Dryness, "peeling": language.Peeling,
	"itching": language.Itching, "burning": language.Burning, "tingling": language.Tingling,
	"pain": language.Pain, "bruising": language.Bruising, "bleeding": language.Bleeding,
	"breakout": language.Pimples, "bumps": language.Bumps, "rash": language.Rash,
	"infection": language.Infected, "allergic-reaction": language.Allergic,
	"worsening-condition": language.WorseCondition, "sensitivity": language.Sensitivity,
	"breathing-emergency": language.Breathing,
}

// topicOf gives the topic that speaks of a sign.
var topicOf = map[language.SignID]string{
	language.Redness: "redness", language.Swelling: "swelling", language.Warmth: "warmth",
	language.Tightness: "tightness", language.Dryness: "dryness", language.Peeling: "peeling",
	language.Itching: "itching", language.Burning: "burning", language.Tingling: "tingling",
	language.Pain: "pain", language.Bruising: "bruising", language.Bleeding: "bleeding",
	language.Pimples: "breakout", language.Pustules: "breakout", language.Bumps: "bumps",
	language.Rash: "rash", language.Hives: "rash", language.Pus: "infection",
	language.Oozing: "infection", language.Crust: "infection", language.Smell: "infection",
	language.Blisters: "infection", language.Fever: "infection", language.Streaks: "infection",
	language.SpreadingFast: "infection", language.Infected: "infection",
	language.Allergic: "allergic-reaction", language.Sensitivity: "sensitivity",
	language.DarkMarks: "worsening-condition", language.WorseCondition: "worsening-condition",
	language.ColdSore: "warning-signs", language.Numbness: "warning-signs",
	language.Scabs: "warning-signs", language.Unwell: "warning-signs",
	language.Breathing: "breathing-emergency", language.Throat: "breathing-emergency",
	language.Swallowing: "breathing-emergency", language.MouthSwelling: "breathing-emergency",
	language.Fainting: "breathing-emergency", language.Sight: "breathing-emergency",
	language.LifeThreatening: "breathing-emergency",
}
