package reminders

import (
	"slices"
	"time"
)

// Level is how much a person wants to be told.
type Level string

// The levels. The zero value is Full.
const (
	Full   Level = ""
	More   Level = "more"   // like Full, and as many messages a day as the plan has
	Light  Level = "light"  // what matters every day: the sun, the check-in, what comes back
	Safety Level = "safety" // what harms when it is forgotten, and the check-in
)

// perDay is how many messages a day the level brings at most.
func (l Level) perDay() int {
	switch l {
	case Light:
		return 2
	case More:
		return morePerDay
	}
	return maxPerDay
}

// Wants tells whether a kind belongs to the level.
func (l Level) Wants(k Kind) bool {
	switch l {
	case Light:
		return priority(k) <= 3
	case Safety:
		return k.safety() || k == checkin
	}
	return true
}

const checkin Kind = "check-in"

// safety tells whether it harms the skin when the reminder is missed.
func (k Kind) safety() bool { return k == "first-night" || k == "no-actives" || k == "no-sun" }

// Allows tells whether a kind says that something may be done again.
func (k Kind) Allows() bool { return k.Milestone() && k != Results }

// Pause is a span in which nothing is sent. The zero value is none.
type Pause struct {
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"` // zero, with From: until the person says so
}

// Contains tells whether an instant lies in the pause.
func (p Pause) Contains(t time.Time) bool {
	return !p.From.IsZero() && !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
}

// unansweredCheckins is how many check-ins may stay without an answer before the last question.
const unansweredCheckins = 3

// wanted leaves out what the person does not want, or must not hear now. What comes back during a
// pause is told when the pause ends, so that it is one message then and no flood.
func (in Input) wanted(all []Reminder) []Reminder {
	var out []Reminder
	for _, r := range all {
		switch {
		case slices.Contains(in.Off, r.Kind), !in.Level.Wants(r.Kind), in.Held && r.Kind.Allows():
			continue
		case in.Pause.Contains(r.At):
			if !r.Kind.Milestone() || in.Pause.Until.IsZero() {
				continue
			}
			r.At = in.Quiet.After(in.Pause.Until.In(in.Zone))
		}
		out = append(out, r)
	}
	inOrder(out)
	return in.unlessSilent(out)
}

// unlessSilent plans for a person who goes on saying nothing: after the unanswered check-ins comes
// one last question, and after it only what comes back and what is for safety. Whoever says
// something gets a new plan, which counts anew.
func (in Input) unlessSilent(all []Reminder) []Reminder {
	if in.Heard.IsZero() {
		return all
	}
	asked := 0
	var out []Reminder
	for _, r := range all {
		if asked > unansweredCheckins && !r.Kind.Milestone() && !r.Kind.safety() {
			continue
		}
		if r.Kind == checkin && r.At.After(in.Heard) {
			if asked++; asked > unansweredCheckins {
				r.Text = in.Library.Phrase("checkin.last")
			}
		}
		out = append(out, r)
	}
	return out
}
