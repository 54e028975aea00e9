package reminders

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Schedule is what the open rows of a chat are replaced by: all that is promised to it from Made on.
// Without rows nothing is promised any more.
type Schedule struct {
	Made  time.Time // when the plan was made, on the bot's clock
	Zone  string    // IANA name; empty: UTC
	Quiet Quiet
	Pause Pause
	Rows  []Row // Chat, Zone and Quiet in them are not looked at
}

// Orders are what a turn wants done to the reminders of its chat, in the order of the fields. The
// zero value wants nothing.
type Orders struct {
	// At is when it is wanted, on the bot's clock; only Done looks at it.
	At time.Time
	// Done are messages whose button the person pressed: what they carried is done with.
	Done []DeliveryKey
	// Snooze are messages that are to come again.
	Snooze []Snooze
	// Plan replaces the open rows; nil leaves them.
	Plan *Schedule
}

// Snooze asks for a message once more at an instant that the person chose. What of it was closed as
// too late stays closed.
type Snooze struct {
	Delivery DeliveryKey
	Until    time.Time
}

// Schedule turns a plan into rows. treatment names the treatment that the plan follows from and is
// part of the rows' keys; in is what the plan was built from; sunset may be nil (see Surroundings).
//
// What lies before now is part of it, so that a promise that is overdue is not taken for one taken
// back; Merge sees to it that it is not promised anew. Only the rules of the first night, as long as
// they hold, come at once.
func (p Plan) Schedule(treatment string, in Input, now time.Time, sunset func(time.Time) (time.Time, bool)) Schedule {
	zone := in.Zone
	if zone == nil {
		zone = time.UTC
	}
	s := Schedule{Made: now, Zone: zone.String(), Quiet: in.Quiet, Pause: in.Pause}
	nth := map[string]int{}
	for _, group := range together(p.Reminders) {
		for _, r := range group.reminders {
			around := Surroundings{Sunset: sunset}
			for _, c := range p.Reminders {
				if c.Kind == "check-in" && c.At.After(r.At) {
					around.NextCheckin = c.At
					break
				}
			}
			for _, w := range p.Windows {
				if w.Topic == r.Topic {
					around.WindowEnd = w.Until
				}
			}
			row := Row{Treatment: treatment, Kind: r.Kind, Topic: r.Topic, Text: r.Text, Due: group.at.In(zone), State: Pending}
			row.Expires = Expiry(r.Kind, row.Due, around)
			// What comes once is told apart by its number, what comes daily by its day: neither
			// moves when a zone, a window or the hour changes.
			about := fmt.Sprintf("%s|%s|", treatment, r.Kind)
			if !r.Kind.Milestone() && r.Kind != "first-night" {
				about += r.At.In(zone).Format(time.DateOnly) + "|"
			}
			row.Key = rowKey(about + strconv.Itoa(nth[about]))
			nth[about]++
			if r.Kind == "first-night" && row.Due.Before(now) && !in.Pause.Contains(now) && !in.Quiet.Contains(now.In(zone)) && !row.Expired(now) {
				row.Due = now.In(zone)
			}
			row.Next = row.Due
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// rowKey shortens what a promise is about. The chat is not part of it: keys count within a chat.
func rowKey(about string) RowKey {
	sum := sha256.Sum256([]byte(about))
	return RowKey(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])))
}

// groupOf are reminders that go out as one message.
type groupOf struct {
	at        time.Time
	reminders []Reminder
}

// together gives each message of a plan its one instant: that of its first reminder, or of the last
// milestone in it, because a milestone that comes early says what is not true yet.
func together(all []Reminder) []groupOf {
	var out []groupOf
	for _, rs := range split(all) {
		g := groupOf{at: rs[0].At, reminders: rs}
		for _, r := range rs {
			if r.Kind.Milestone() {
				g.at = r.At
			}
		}
		out = append(out, g)
	}
	return out
}

// Changes are what a new schedule does to the rows of a chat.
type Changes struct {
	Insert []Row
	Update []Row // known by their ID
	// Delete are the promises that are taken back. One that is being sent is only marked: a store
	// lets it go unless it has to be tried again.
	Delete []Row
}

// silences tells whether a pause catches an open row whose instant the plan does not move: one that
// was snoozed, or that is overdue.
func (s Schedule) silences(r Row, past bool) bool {
	at := r.Due
	if at.Before(s.Made) {
		at = s.Made
	}
	return (past || r.Snoozed) && s.Pause.Contains(at)
}

// Merge compares a new schedule with all rows of the chat, the closed ones too. A row is met again
// by its key. What is closed stays closed; what is being sent is left alone; what is new but lies
// before the schedule was made was never promised; what is open and overdue keeps its turn.
func Merge(existing []Row, s Schedule) Changes {
	known := make(map[RowKey]Row, len(existing))
	for _, r := range existing {
		known[r.Key] = r
	}
	var c Changes
	wanted := make(map[RowKey]bool, len(s.Rows))
	for _, r := range s.Rows {
		if wanted[r.Key] {
			continue
		}
		wanted[r.Key] = true
		old, met := known[r.Key]
		due, expires := r.Due.Truncate(time.Millisecond), r.Expires.Truncate(time.Millisecond) // as it is kept
		past := due.Before(s.Made.Truncate(time.Millisecond))
		switch {
		case met && !old.State.Open():
			// Kept, or closed for good.
		case met && old.State == Sending:
			c.Update = append(c.Update, old) // as it is, but no longer taken back if it was
		case met && s.silences(old, past) && (!r.Kind.Milestone() || s.Pause.Until.IsZero()):
			wanted[r.Key] = false
		case met && s.silences(old, past):
			old.Snoozed = true // the instant is the person's choice, and stays when the plan is made again
			old.Due = s.Pause.Until.Truncate(time.Millisecond)
			old.Next = old.Due
			if holds := old.Due.Add(milestoneHolds); !old.Expires.IsZero() && old.Expires.Before(holds) {
				old.Expires = holds
			}
			if old.State == Claimed {
				old.State = Pending
			}
			c.Update = append(c.Update, old)
		case met && past && old.Due.After(s.Made) && !old.Snoozed:
			wanted[r.Key] = false // moved into the past: taken back
		case met:
			now := old
			now.Treatment, now.Kind, now.Topic, now.Text = r.Treatment, r.Kind, r.Topic, r.Text
			if !old.Snoozed {
				now.Due, now.Expires = due, expires
			}
			moved := !now.Due.Equal(old.Due)
			if !moved && now.Expires.Equal(old.Expires) && now.Text == old.Text && now.Topic == old.Topic && now.Treatment == old.Treatment {
				continue
			}
			if moved {
				now.Next = due
				if old.Delivery != "" {
					now.Round, now.Attempt, now.Delivery = old.Round+1, 0, ""
				}
			}
			if now.State == Claimed {
				now.State = Pending // whoever has the old one in hand finds that it is no longer theirs
			}
			c.Update = append(c.Update, now)
		case !past:
			r.Due, r.Next, r.Expires = due, due, expires
			c.Insert = append(c.Insert, r)
		}
	}
	for _, r := range existing {
		if r.State.Open() && !wanted[r.Key] {
			c.Delete = append(c.Delete, r)
		}
	}
	return c
}
