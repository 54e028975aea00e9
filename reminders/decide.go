package reminders

import "time"

const (
	// backoffFirst and backoffCap bound the pause between attempts. The cap is what a platform's
	// outage of a day costs in lateness once it ends.
	backoffFirst = 20 * time.Second
	backoffCap   = 30 * time.Minute
	// maxAttempts is two days at the cap: longer than any outage of our platforms, and an end for
	// what will never work.
	maxAttempts = 96
)

// Backoff is the pause before another attempt when so many were made (1 after the first). It doubles
// up to a cap; jitter, from 0 up to but not including 1, spreads it over the upper half, so that
// what failed together does not come back together.
func Backoff(attempts int, jitter float64) time.Duration {
	d := backoffCap
	// Ten doublings are past the cap already; shifting by more would overflow in the end.
	if n := max(attempts, 1) - 1; n < 10 {
		d = min(backoffFirst<<n, backoffCap)
	}
	return d/2 + time.Duration(min(max(jitter, 0), 1)*float64(d/2))
}

// Step is what becomes of a row: the part of it that an outcome changes.
type Step struct {
	ID      int64
	State   State
	Next    time.Time // when Pending
	Attempt int
	Doubt   bool
	Reason  string
	At      time.Time // when it was decided: the closing time of what is closed
}

// Decide says what becomes of a row after an attempt. It is a pure function: jitter is from 0 up to
// but not including 1, now is when the outcome was known.
//
// A row that would be tried again when it is no longer true stays pending all the same, so that the
// person hears that it was missed; not so when it may have arrived.
func Decide(r Row, o Outcome, now time.Time, jitter float64) Step {
	s := Step{ID: r.ID, State: Pending, Attempt: r.Attempt, Doubt: r.Doubt, Reason: o.Reason, At: now}
	switch o.Kind {
	case Delivered:
		s.State = Sent
	case Expired:
		s.State = Late
	case Refused:
		s.State = GivenUp
	case Unreachable:
		s.State = Parked
	case Wait:
		s.Next = r.Ready(now.Add(max(o.After, 0)))
	case Uncertain:
		s.Doubt = true
		s.Attempt++
		pause := Backoff(s.Attempt, jitter)
		if !MayRepeat(r.Kind) {
			// Only a second copy that the platform drops is allowed, and only in time for that.
			pause = min(pause, o.Deduplicates/2)
		}
		s.Next = r.Ready(now.Add(pause))
		again := MayRepeat(r.Kind) || o.Deduplicates > 0 && s.Next.Before(now.Add(o.Deduplicates))
		if !again || s.Attempt >= maxAttempts || r.Expired(s.Next) {
			s.State = Doubted
		}
	default:
		s.Attempt++
		s.Next = r.Ready(now.Add(Backoff(s.Attempt, jitter)))
		if s.Attempt >= maxAttempts {
			s.State = GivenUp
		}
	}
	if s.State != Pending {
		s.Next = time.Time{}
	}
	return s
}
