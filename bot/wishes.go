package bot

import (
	"slices"
	"time"

	"afterglow/reminders"
)

// Wishes are how a person wants to be reminded, and what they said that holds their plan back. The
// zero value wants what everybody gets.
type Wishes struct {
	Quiet *reminders.Quiet `json:"quiet,omitempty"` // nil: reminders.DefaultQuiet
	Level reminders.Level  `json:"level,omitempty"`
	Off   []reminders.Kind `json:"off,omitempty"` // kinds that are switched off
	// Times are the minutes of the day at which the person wants a daily kind instead of its own hour.
	Times map[reminders.Kind]int `json:"times,omitempty"`
	// HoursOf is the IANA zone by whose clock daily kinds come; empty: the person's.
	HoursOf string          `json:"hours_of,omitempty"`
	Pause   reminders.Pause `json:"pause,omitzero"`
	// Sensitive are the instants at which the skin was said to be still sensitive.
	Sensitive []time.Time `json:"sensitive,omitempty"`
	// Held is since when a report that calls for the clinic is open; zero: none is.
	Held time.Time `json:"held,omitzero"`
	// Heard is when the person last wrote, to within heardAgain.
	Heard time.Time `json:"heard,omitzero"`
}

// quiet are the person's quiet hours.
func (w *Wishes) quiet() reminders.Quiet {
	if w.Quiet == nil {
		return reminders.DefaultQuiet
	}
	return *w.Quiet
}

// hours is the zone of HoursOf; nil when there is none.
func (w *Wishes) hours() *time.Location {
	if w.HoursOf == "" {
		return nil
	}
	zone, err := time.LoadLocation(w.HoursOf)
	if err != nil {
		return nil // a name that a later database dropped; the person's own clock will do
	}
	return zone
}

// Wants tells whether the person wants to hear of a kind.
func (w *Wishes) Wants(k reminders.Kind) bool { return !slices.Contains(w.Off, k) && w.Level.Wants(k) }

// kept cuts an instant to what a store keeps of it.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
