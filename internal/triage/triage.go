// Package triage turns the signs read from a message, and the day of healing, into one level with
// the rule that decided. It is a pure function of its input and knows no platform, no storage and
// no wording: the policy is the table in rules.go.
package triage

import "afterglow/internal/language"

// Level is how far a message has to be carried. The levels are ordered and the highest one among
// several signs wins. The zero value, Info, means that no symptom was reported.
type Level uint8

// The levels.
const (
	Info      Level = iota // no symptom was reported
	SelfCare               // an expected part of healing
	Contact                // call the clinic, the provider or a dermatologist now
	Emergency              // call the local emergency number now
)

// String gives the level's name in the outer interface.
func (l Level) String() string { return [...]string{"info", "self-care", "contact", "emergency"}[l] }

// Report is what triage judges.
type Report struct {
	Mentions []language.Mention
	// Hours is the elapsed time since the treatment in hours; nil when it is not known.
	Hours *float64
}

// Finding is the judgement of one sign.
type Finding struct {
	Sign  language.SignID
	Level Level
	Rule  string // the rule that decided, in words, for explanations and tests
	// DayMatters is set when another day would have given another level, so that it is worth
	// asking for when it is not known.
	DayMatters bool
	// StrengthMatters is set when the level hangs on how strong the sign is and nothing was said.
	StrengthMatters bool
	// CallHours is the elapsed time in hours from which on the sign becomes a reason to call if
	// it is still there; 0 when there is no such moment.
	CallHours float64
	Mention   language.Mention
}

// Verdict is the judgement of a whole report.
type Verdict struct {
	Level    Level
	Findings []Finding // highest level first, then in the order of the message
}

// Lead is the finding that decided, or nil when no symptom was reported.
func (v *Verdict) Lead() *Finding {
	if len(v.Findings) == 0 {
		return nil
	}
	return &v.Findings[0]
}
