package bot

import (
	"context"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/reminders"
)

// Treatment is one microneedling session.
type Treatment struct {
	At      time.Time       `json:"at"`
	Exact   bool            `json:"exact"` // the hour is known, not only the day
	Setting content.Setting `json:"setting"`
	Logged  time.Time       `json:"logged"`
}

// Checkin is one self-rating, each 0–10.
type Checkin struct {
	At       time.Time     `json:"at"`
	Redness  int           `json:"redness"`
	Swelling int           `json:"swelling"`
	Pain     int           `json:"pain"`
	Level    content.Level `json:"level"`
}

// Person is everything that is kept of one person. Without Consent nothing of it is stored; the
// conversation then lives in memory only. The zero value is a stranger.
type Person struct {
	Chat       ChatID          `json:"chat"`
	Consent    time.Time       `json:"consent"`
	Treatments []Treatment     `json:"treatments"` // oldest first; the last one counts
	Setting    content.Setting `json:"setting"`
	Zone       string          `json:"zone"`   // IANA name; empty when not told
	Clinic     string          `json:"clinic"` // the /start payload of a clinic's link
	Checkins   []Checkin       `json:"checkins"`
	Talk       Talk            `json:"talk"`
	Wishes     Wishes          `json:"wishes"`

	// Reminded names the last message that reached the person; empty when none did. A store fills
	// it in, what a turn does to it is not kept.
	Reminded reminders.DeliveryKey `json:"-"`

	// Orders are set by a turn that changes the reminders: a new plan, a snooze, a tap on 'done'.
	// They are carried out in the transaction that keeps the person, and are empty when a turn
	// begins.
	Orders reminders.Orders `json:"-"`

	// Erase is set by a turn in which the person asked to be forgotten.
	Erase bool `json:"-"`
}

// Talk is the memory of the conversation.
type Talk struct {
	Topic  string           `json:"topic,omitempty"`
	Topics []string         `json:"topics,omitempty"`
	Level  content.Level    `json:"level,omitempty"`
	Asked  string           `json:"asked,omitempty"` // the question that is open
	Signs  []RememberedSign `json:"signs,omitempty"`
	More   string           `json:"more,omitempty"`
	// Guesses are the topics among which the person was asked to choose.
	Guesses []string `json:"guesses,omitempty"`
	// Offered is set once the person was asked whether their treatment may be remembered.
	Offered bool `json:"offered,omitempty"`
	// Misses counts fallbacks in a row, so that the same one is never said twice.
	Misses int       `json:"misses,omitempty"`
	At     time.Time `json:"at,omitzero"`
	// Draft is the check-in under way: redness, swelling, pain.
	Draft []int `json:"draft,omitempty"`
	// Pending is the command that waits for the open question's answer.
	Pending string `json:"pending,omitempty"`
}

// RememberedSign is a sign of the last report, so that 'unbearably' or 'I meant 2 days' can be
// understood.
type RememberedSign struct {
	Sign     language.SignID   `json:"sign"`
	Strength language.Strength `json:"strength,omitempty"`
	Trend    language.Trend    `json:"trend,omitempty"`
	Status   language.Status   `json:"status,omitempty"`
	Persists bool              `json:"persists,omitempty"`
}

// mention brings a remembered sign back into a report.
func (s RememberedSign) mention() language.Mention {
	return language.Mention{Sign: s.Sign, Strength: s.Strength, Trend: s.Trend, Status: s.Status, Persisting: s.Persists,
		Because: []string{"from the last report"}}
}

// Treatment is the treatment that counts: the newest one; nil when none is known.
func (p *Person) Treatment() *Treatment {
	if len(p.Treatments) == 0 {
		return nil
	}
	return &p.Treatments[len(p.Treatments)-1]
}

// Location is the person's time zone; UTC when it is not known.
func (p *Person) Location() *time.Location {
	if p.Zone == "" {
		return time.UTC
	}
	loc, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// setting is where the running treatment was done, or what the person said of their treatments.
func (p *Person) setting() content.Setting {
	if t := p.Treatment(); t != nil && t.Setting != content.AnySetting {
		return t.Setting
	}
	return p.Setting
}

// People keeps persons. Bot says what it needs; a store provides it.
type People interface {
	// Turn loads the person of a chat (a stranger when nothing is stored), lets f answer, and keeps
	// the person with the replies in one transaction if they have consented, or removes every
	// trace, their reminders among it, if they asked for it. What the person's Orders want done to
	// their reminders is part of the same transaction; those of a person who has not consented are
	// dropped. A chat that could not be reached is reachable again: its parked reminders wait for
	// the dispatcher, which says in one message what was missed. When the update was handled before, f is not called and the
	// earlier replies are returned again.
	Turn(ctx context.Context, chat ChatID, update string, f func(*Person) ([]Message, error)) ([]Message, error)
}
