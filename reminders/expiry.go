package reminders

import (
	"strings"
	"time"
)

// MayRepeat tells whether a second copy of a kind is better than none when nobody knows whether the
// first one arrived. The daily nudges come again tomorrow; what comes once, or asks how the skin is,
// must not be lost.
func MayRepeat(k Kind) bool {
	return k == "first-night" || k == "check-in" || k.Milestone()
}

// Milestone tells whether a kind says that something may be done, or is to be seen, from an instant
// on: it must never come before that instant.
func (k Kind) Milestone() bool {
	return k == Results || k == NextSession || strings.HasSuffix(string(k), "-ok")
}

const (
	// firstNightHolds is how long the rules of the first night are worth hearing.
	firstNightHolds = 12 * time.Hour
	// milestoneHolds is how long it is news that something may be done again.
	milestoneHolds = 3 * 24 * time.Hour
	// sunsetHour stands in for the sun where its time is not known, on the person's wall clock.
	sunsetHour = 20
)

// Surroundings are what the expiry of a reminder depends on beside itself. The zero value knows
// nothing, which is fine.
type Surroundings struct {
	NextCheckin time.Time // the check-in after this one; zero: none
	WindowEnd   time.Time // when what a 'not yet' speaks of turns green; zero: not known
	// Sunset gives the sunset of the civil day of an instant; ok is false when the sun does not set
	// or nobody knows. nil: nobody knows.
	Sunset func(time.Time) (at time.Time, ok bool)
}

// Expiry is when a reminder that is due at an instant, in the person's zone, is no longer true: the
// zero value means never. It always lies after due.
func Expiry(k Kind, due time.Time, s Surroundings) time.Time {
	y, m, d := due.Date()
	dayEnd := Civil(y, m, d+1, 0, 0, due.Location())
	var at time.Time
	switch {
	case k == Results || k == NextSession:
		return time.Time{}
	case k == "first-night":
		at = due.Add(firstNightHolds)
	case k.Milestone():
		at = due.Add(milestoneHolds)
	case k == "check-in":
		at = s.NextCheckin
		if at.IsZero() {
			at = due.Add(24 * time.Hour)
		}
	case k == "spf":
		at = Civil(y, m, d, sunsetHour, 0, due.Location())
		if s.Sunset != nil {
			if sunset, ok := s.Sunset(due); ok {
				at = sunset
			}
		}
	default:
		at = dayEnd
		if !s.WindowEnd.IsZero() && s.WindowEnd.Before(at) {
			at = s.WindowEnd
		}
	}
	if !at.After(due) { // a night worker's SPF after sunset, for example
		at = dayEnd
	}
	return at
}
