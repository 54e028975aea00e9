package language

import (
	"strings"
	"time"
)

// Read reads one message. now is the moment at which it was written, in the writer's zone; it is
// needed for weekdays and clock times only.
func Read(text string, now time.Time) *Message {
	lx := defaultLexicon()
	m := &Message{Clean: Clean(text)}
	m.Tokens = Tokens(m.Clean)
	lx.correct(m.Tokens)
	found := lx.find(m.Tokens)
	r := reader{lx: lx, m: m, tokens: m.Tokens, year: now.Year()}
	r.sort(found)
	r.sentences()
	r.mentions()
	r.modifiers()
	r.readElapsed(now)
	r.readAhead(now)
	r.lasting()
	r.settle()
	r.conditions()
	r.flags()
	return m
}

// cue is a modifier found in the message.
type cue struct {
	match
	section string
}

type reader struct {
	lx       *lexicon
	m        *Message
	tokens   []Token
	signs    []match
	cues     []cue
	sentence []int // by token
	year     int   // in which the message was written
	// saidToday is the token with which the text says what day it is; 0 when it does not.
	saidToday int
	elapsedAt int // where Elapsed was read
}

const signSections = "redness swelling warmth tightness dryness peeling tingling sensitivity pain " +
	"itching burning bruising bleeding pimples pustules bumps rash hives pus oozing crust smell " +
	"blisters fever streaks spreading-fast dark-marks worse-condition cold-sore numbness scabs " +
	"condition allergic infected unwell breathing throat swallowing mouth-swelling fainting sight chest"

var isSign = func() map[string]bool {
	out := map[string]bool{}
	for _, s := range strings.Fields(signSections) {
		out[s] = true
	}
	return out
}()

// sort parts the matches into signs and cues. A sign whose words belong to a phrase with another
// meaning is dropped, and so is one that lies within a longer sign ('swollen' in 'swollen lips').
// A cue that lies within a pseudo-cue is none.
func (r *reader) sort(found []match) {
	var hidden, pseudo []match
	for _, m := range found {
		name := r.lx.sections[m.section]
		if isSign[name] && m.attr == attrNot {
			hidden = append(hidden, m)
		}
		if name == "negated pseudo" || name == "hypothetical pseudo" {
			pseudo = append(pseudo, m)
		}
	}
next:
	for _, m := range found {
		name := r.lx.sections[m.section]
		if !isSign[name] {
			if strings.HasPrefix(name, "negated") && name != "negated pseudo" || strings.HasPrefix(name, "gone") || name == "hypothetical pre" {
				for _, p := range pseudo {
					if hyp := r.lx.sections[p.section] == "hypothetical pseudo"; hyp == (name == "hypothetical pre") && m.within(p) {
						continue next
					}
				}
			}
			r.cues = append(r.cues, cue{m, name})
			continue
		}
		if m.attr == attrNot {
			continue
		}
		for _, h := range hidden {
			if h.section == m.section && h.overlaps(m) {
				continue next
			}
		}
		for _, o := range found {
			if o.section != m.section && isSign[r.lx.sections[o.section]] && o.attr != attrNot &&
				o.size() > m.size() && m.within(o) && absorbs(r.lx.sections[o.section], name) && !r.isHidden(o, hidden) {
				continue next
			}
		}
		r.signs = append(r.signs, m)
	}
}

func (r *reader) isHidden(m match, hidden []match) bool {
	for _, h := range hidden {
		if h.section == m.section && h.overlaps(m) {
			return true
		}
	}
	return false
}

// absorbs tells whether a longer sign replaces a shorter one inside it. Signs of harmless
// healing never swallow a sign of trouble.
func absorbs(long, short string) bool {
	return !grave[SignID(short)] || grave[SignID(long)]
}

// grave are the signs that no guide calls expected.
var grave = map[SignID]bool{
	Pimples: true, Pustules: true, Bumps: true, Rash: true, Hives: true, Pus: true, Oozing: true,
	Crust: true, Smell: true, Blisters: true, Fever: true, Streaks: true, SpreadingFast: true,
	DarkMarks: true, WorseCondition: true, ColdSore: true, Numbness: true, Scabs: true,
	Allergic: true, Infected: true, Unwell: true, Breathing: true, Throat: true, Swallowing: true,
	MouthSwelling: true, Fainting: true, Sight: true, LifeThreatening: true,
}

func (r *reader) sentences() {
	r.sentence = make([]int, len(r.tokens)+1)
	n := 0
	for i, t := range r.tokens {
		r.sentence[i] = n
		if t.Kind == Stop {
			n++
		}
	}
	r.sentence[len(r.tokens)] = n
}

// mentions merges overlapping matches of one sign and marks what is weak.
func (r *reader) mentions() {
	for _, m := range r.signs {
		name := SignID(r.lx.sections[m.section])
		merged := false
		for k := range r.m.Mentions {
			o := &r.m.Mentions[k]
			if o.Sign != name || m.from >= o.to+1 || o.from >= m.to+1 || r.sentence[m.from] != o.sentence {
				continue
			}
			// The core of the mention is the overlap: 'face .. fire' and 'on fire' meet in 'fire'.
			o.from, o.to = max(o.from, m.from), min(max(o.to, m.to), len(r.tokens))
			o.Weak = o.Weak && m.attr == attrWeak
			o.Soft = o.Soft && m.attr == attrSoft
			o.hurts = o.hurts || m.attr == attrModerate
			o.apply(m.attr)
			merged = true
			break
		}
		if merged {
			continue
		}
		mention := Mention{Sign: name, hurts: m.attr == attrModerate, from: m.from, to: m.to, sentence: r.sentence[m.from],
			Weak: m.attr == attrWeak, Soft: m.attr == attrSoft, Words: r.words(m.from, m.to)}
		mention.apply(m.attr)
		r.m.Mentions = append(r.m.Mentions, mention)
	}
}

// lasting marks a bleeding that is said to go on for a time: 'bleeding since four hours'.
func (r *reader) lasting() {
	if r.m.Elapsed == nil || !r.m.ElapsedLoose || *r.m.Elapsed > day {
		return
	}
	if w := r.text(r.elapsedAt - 1); w != "since" && w != "for" {
		return
	}
	for k := range r.m.Mentions {
		if m := &r.m.Mentions[k]; m.Sign == Bleeding && m.Status == Present && m.sentence == r.sentence[r.elapsedAt] {
			m.Persisting = true
		}
	}
}

// settle applies what holds for the message as a whole: wordings that are a report only if the rest
// says so, a treatment that lies ahead, and animals or things that have the sign.
func (r *reader) settle() {
	upcoming, anchored := "", false
	words := 0
	for _, t := range r.tokens {
		if t.Kind == Word {
			words++
		}
	}
	for _, c := range r.cues {
		switch c.section {
		case "upcoming":
			upcoming = r.words(c.from, c.to)
		case "skin", "treatment":
			anchored = true
		case "foreign", "animal":
			r.m.Foreign = true
		}
	}
	r.m.Foreign = r.m.Foreign && !anchored
	kept := r.m.Mentions[:0]
	for _, m := range r.m.Mentions {
		if r.elsewhere(&m, anchored) {
			continue
		}
		if m.Soft && m.Status == Present && words > 2 {
			m.Status = Asked
			m.because("a word for the thing as such", "")
		} else if m.Status != Asked {
			m.Soft = false
		}
		if upcoming != "" && r.m.Elapsed == nil && !m.Persisting && m.Status == Present && !urgentSigns[m.Sign] {
			m.Status = Asked
			m.because("the treatment lies ahead: ", upcoming)
		}
		kept = append(kept, m)
	}
	r.m.Mentions = kept
}

// elsewhere tells whether a sign belongs to a part of the body or a thing that no needle touched: it
// stands right beside it and nearer than to any skin ('my ankles are puffy'), or in its clause in a
// message that speaks of no skin and no treatment ('the paint on my windows is peeling').
func (r *reader) elsewhere(m *Mention, anchored bool) bool {
	if urgentSigns[m.Sign] {
		return false
	}
	near, skin := 99, 99
	for _, c := range r.cues {
		if c.section == "animal" && r.sentence[c.from] == m.sentence && c.to <= m.from && r.sameClause(c.to, m.from) && !r.mineBetween(c.to, m.from) {
			return true
		}
		if c.section != "foreign" && c.section != "skin" || r.sentence[c.from] != m.sentence {
			continue
		}
		d := 0
		if c.to <= m.from {
			d = m.from - c.to
		} else if c.from >= m.to {
			d = c.from - m.to
		}
		if c.section == "foreign" {
			if !r.sameClause(min(c.to, m.to), max(c.from, m.from)) || r.text(c.from-1) == "like" || r.text(c.from-2) == "like" {
				continue // another clause, or a comparison
			}
			near = min(near, d)
		} else {
			skin = min(skin, d)
		}
	}
	return near < skin && (near <= 2 || !anchored && near <= 6)
}

// mineBetween tells whether the writer comes in between two tokens ('my dog licked me and i have a rash').
func (r *reader) mineBetween(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.text(i) {
		case "my", "i", "im", "ive", "me", "mine", "myself":
			return true
		}
	}
	return false
}

// urgentSigns are read as reported whatever else a message speaks of.
var urgentSigns = map[SignID]bool{Breathing: true, Throat: true, Swallowing: true, MouthSwelling: true, Fainting: true, LifeThreatening: true, Sight: true}

// conditions settles what people had treated: a scar or a dark spot is a sign only when it grows,
// spreads or returns.
func (r *reader) conditions() {
	kept := r.m.Mentions[:0]
	for _, m := range r.m.Mentions {
		if m.Sign == condition {
			if m.Trend < Worse || m.Status != Present || r.m.Has(WorseCondition) {
				continue
			}
			m.Sign = WorseCondition
		}
		kept = append(kept, m)
	}
	r.m.Mentions = kept
}

func (m *Mention) apply(a attr) {
	switch a {
	case attrMild:
		m.strength(Mild)
	case attrModerate:
		m.strength(Moderate)
	case attrStrong:
		m.strength(Strong)
	case attrSevere:
		m.strength(Severe)
	case attrWorse:
		m.trend(Worse)
	case attrSpreading:
		m.trend(Spreading)
	case attrReturned:
		m.trend(Returned)
	case attrBetter:
		m.trend(Better)
	case attrGone:
		m.Status = Gone
	}
}

func (m *Mention) strength(s Strength) {
	if s > m.Strength {
		m.Strength = s
	}
}

func (m *Mention) trend(t Trend) {
	if t > m.Trend {
		m.Trend = t
	}
}

func (r *reader) words(from, to int) string {
	parts := make([]string, 0, to-from)
	for _, t := range r.tokens[from:min(to, len(r.tokens))] {
		parts = append(parts, t.Text)
	}
	return strings.Join(parts, " ")
}

// flags reads what belongs to the message as a whole.
func (r *reader) flags() {
	m := r.m
	words := 0
	for _, t := range r.tokens {
		if t.Kind == Word {
			words++
		}
		if t.Text == "?" {
			m.Question = true
		}
	}
	solid := false
	for _, c := range r.cues {
		switch c.section {
		case "skin", "treatment":
			m.Anchored = true
		case "report", "owned":
			m.Reports = true
		case "taken back":
			m.TakenBack = true
		case "airway fine":
			m.AirwayFine = true
		case "correction":
			m.Correction = true
		case "other experiencer":
			m.Other = true
		case "clinic", "home":
			if m.Setting == "" || c.size() > 1 {
				m.Setting = c.section
			}
		}
	}
	for i := range m.Mentions {
		solid = solid || !m.Mentions[i].Weak
	}
	if m.Anchored || solid || m.Elapsed != nil || words <= 2 {
		for i := range m.Mentions {
			m.Mentions[i].Weak = false
		}
	}
	m.Shape = r.shape()
	m.Question = m.Question || m.Shape != Statement
}
