package reminders

import (
	"strconv"
	"sync"
	"time"
)

// Chat names the chat that a reminder goes to. It is opaque: only the adapter that made it may take
// it apart.
type Chat string

// RowKey names a promise within its chat. It is made of what the promise is about and not of how it
// is worded or timed, so that a plan that is made again meets the rows of the one before.
type RowKey string

// DeliveryKey names one message. It is the same for every attempt to send that message, and short
// enough to travel as a platform's nonce (Discord: 25 characters). The buttons of a message name the
// message by it.
type DeliveryKey string

// State is where a row stands in its life.
type State string

// The states. A row is open in the first four and closed, for good, in the others.
const (
	Pending State = "pending" // waits for its next try
	Claimed State = "claimed" // somebody has it in hand; nothing of it was sent
	Sending State = "sending" // an attempt is under way; after a crash nobody knows how it ended
	Parked  State = "parked"  // the chat cannot be reached; the promise stands

	Sent    State = "sent"    // the platform said that it was delivered
	Done    State = "done"    // the person said so
	Late    State = "late"    // it was too late to be true, and that was said
	Doubted State = "doubted" // sent or not, nobody knows, and its kind must not be said twice
	GivenUp State = "given-up"
)

// Open tells whether the promise is still to be kept.
func (s State) Open() bool {
	switch s {
	case Pending, Claimed, Sending, Parked:
		return true
	}
	return false
}

// Row is one promise as the database keeps it. All instants are absolute; a store may cut them to
// milliseconds and gives them back in UTC.
type Row struct {
	ID   int64 // given by the queue; 0 before
	Chat Chat
	Key  RowKey
	// Treatment is what the promise follows from, in the terms of whoever made the plan.
	Treatment string
	Kind      Kind
	Topic     string
	Text      string

	Due     time.Time // the promised instant
	Expires time.Time // when it is no longer true; the zero value means never
	Next    time.Time // the next try; never before Due except when a neighbour takes it along

	State    State
	Attempt  int         // attempts that counted
	Delivery DeliveryKey // of the message that it went, or is to go again, out with; empty before the first attempt
	// Round counts how often the promise began anew: it was snoozed, or moved after an attempt.
	Round int
	// Doubt is set when an earlier attempt may have arrived.
	Doubt bool
	// Snoozed is set when the person chose the instant: it may lie in their quiet hours.
	Snoozed bool
	Reason  string    // why it stands where it stands; from a closed set, for operators
	Closed  time.Time // when it was closed; zero while it is open

	// Zone (an IANA name; empty: UTC) and Quiet are the chat's, for the row's own decisions.
	Zone  string
	Quiet Quiet
}

// deliveryKey is the key of the message that begins with this row.
func (r Row) deliveryKey() DeliveryKey {
	return DeliveryKey(string(r.Key) + "." + strconv.FormatInt(int64(r.Round), 36))
}

// Again gives the row as a new promise for an instant that the person chose.
func (r Row) Again(until time.Time) Row {
	r.State, r.Due, r.Next, r.Snoozed = Pending, until, until, true
	r.Round, r.Attempt, r.Delivery, r.Doubt, r.Reason, r.Closed = r.Round+1, 0, "", false, "", time.Time{}
	if holds := until.Add(snoozeHolds); !r.Expires.IsZero() && r.Expires.Before(holds) {
		r.Expires = holds
	}
	return r
}

// snoozeHolds is how long what a person asked to hear again is worth hearing: they chose the
// instant, whatever the kind's own expiry.
const snoozeHolds = 6 * time.Hour

// Expired tells whether the row would no longer be true at an instant.
func (r Row) Expired(at time.Time) bool { return !r.Expires.IsZero() && !at.Before(r.Expires) }

// ComesAlong tells whether the row may go with another of its chat that is due, before its own
// instant: it has not been tried, and does not say that something may be done from then on.
func (r Row) ComesAlong() bool {
	return r.State == Pending && r.Attempt == 0 && r.Delivery == "" && !r.Snoozed && !r.Kind.Milestone()
}

// Ready gives the first instant from now on at which the row may be sent: now, or the end of the
// person's quiet hours unless they chose the instant themselves.
func (r Row) Ready(now time.Time) time.Time {
	if r.Snoozed {
		return now
	}
	return r.Quiet.After(now.In(location(r.Zone)))
}

// zonesRead holds *time.Location by name: to load one reads the whole zone database.
var zonesRead sync.Map

// location is a zone by its name; UTC when it is empty or unknown.
func location(name string) *time.Location {
	if z, ok := zonesRead.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // not kept: a bad name must not fill the map
	}
	zonesRead.Store(name, z)
	return z
}
