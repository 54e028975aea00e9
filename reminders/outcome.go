package reminders

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// OutcomeKind is how an attempt ended. The set is closed: it serves the decision, the log and the
// metric alike.
type OutcomeKind string

// The outcomes. Only Retry and Uncertain cost an attempt.
const (
	Delivered   OutcomeKind = "delivered"
	Retry       OutcomeKind = "retry"       // certainly not delivered; may work later
	Wait        OutcomeKind = "wait"        // the platform, or the calendar, said when to come again
	Unreachable OutcomeKind = "unreachable" // blocked, deactivated, closed: the whole chat
	Uncertain   OutcomeKind = "uncertain"   // delivered or not, nobody knows
	Expired     OutcomeKind = "expired"     // too late to be true, and the message that said so was delivered
	Refused     OutcomeKind = "refused"     // the platform will never take it
)

// Outcome is how an attempt ended for one row.
type Outcome struct {
	Kind OutcomeKind
	// After is, with Wait, how long to stay away at least.
	After time.Duration
	// Deduplicates is, with Uncertain, for how long from now the platform still drops a second copy
	// with the same delivery key. Zero: it does not.
	Deduplicates time.Duration
	// Reason is for operators, from the sender's closed set; never what a person wrote.
	Reason string
}

// SendError is why a message was not, or perhaps not, delivered. A Sender returns it for every
// failure that it understands.
type SendError struct {
	Kind OutcomeKind // any but Delivered and Expired
	// RetryAfter is told by the platform, in real time; only with Wait.
	RetryAfter time.Duration
	// WholePlatform is set with Wait when all chats of the platform have to wait.
	WholePlatform bool
	// Deduplicates is as in Outcome, in real time; only with Uncertain.
	Deduplicates time.Duration
	Reason       string // from a closed set of the sender's: also a label of metrics
	Err          error  // what was behind it; may be nil
}

func (e *SendError) Error() string {
	s := fmt.Sprintf("send: %s (%s)", e.Kind, e.Reason)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the error behind this one.
func (e *SendError) Unwrap() error { return e.Err }

// Classify reads the outcome of an attempt from what the sender returned. What nobody understands,
// a cut-off attempt among it, is uncertain: to take it for undelivered could say things twice.
func Classify(err error) Outcome {
	var s *SendError
	switch {
	case err == nil:
		return Outcome{Kind: Delivered}
	case errors.As(err, &s) && s.Kind != Delivered && s.Kind != Expired:
		return Outcome{Kind: s.Kind, After: s.RetryAfter, Deduplicates: s.Deduplicates, Reason: s.Reason}
	case errors.Is(err, context.DeadlineExceeded):
		return Outcome{Kind: Uncertain, Reason: "timeout"}
	}
	return Outcome{Kind: Uncertain, Reason: "unclassified"}
}
