package reminders

import (
	"context"
	"time"
)

// Queue keeps the rows. It is the schedule: whatever is due is found there and nowhere else, and a
// crash at any instruction leaves a row as it was before or after one of these calls. All methods
// are safe for concurrent use. Rows belong to people who have agreed to be remembered: a chat of
// which nothing is stored cannot have any.
type Queue interface {
	// Order does what a turn wants done, as bot.People does it inside a turn.
	Order(ctx context.Context, chat Chat, o Orders) error

	// NextDue is the earliest next try of all pending rows; ok is false when there is none. Its
	// cost does not depend on how many there are.
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
	// Claim takes due rows in hand: those of the first chats, at most so many, whose next try is at
	// or before now, together with what else is due for these chats, and with what falls due for
	// them before along without being a milestone and has not been tried. The lease is the instant
	// up to which the rows are the owner's. Rows come ordered by chat and due instant.
	Claim(ctx context.Context, c Claim) ([]Row, error)
	// Begin marks the rows of attempts that are about to be made. It gives the IDs of those that are
	// still the owner's: what was taken back meanwhile is missing and must not be sent.
	Begin(ctx context.Context, owner string, attempts []Attempt) ([]int64, error)
	// Record writes what was decided about rows that the owner has in hand; others are left alone.
	// A row that was taken back while it was being sent, and would have to be sent again, goes.
	Record(ctx context.Context, owner string, steps []Step) error
	// Park records that a chat cannot be reached: its open rows stay, parked, and so does whatever is
	// planned for it later, until Unpark. Rows in hand are left to their outcome.
	Park(ctx context.Context, chat Chat, reason string, now time.Time) error
	// Unpark makes the parked rows of a chat pending. A turn of the person does it by itself.
	Unpark(ctx context.Context, chat Chat) error
	// Recover looks for rows in the hands of somebody who will not come back: another owner whose
	// lease has run out at now, or is known to be gone. Those of which nothing was sent are pending
	// again; those that were being sent become the caller's and are returned.
	Recover(ctx context.Context, owner string, now, lease time.Time) ([]Row, error)
	// Rewind is called when the clock was set back: tries that were put off beyond latest, and are
	// due before, come at latest.
	Rewind(ctx context.Context, latest time.Time) error

	// Rows are all rows of a chat, ordered by due instant; none for a stranger.
	Rows(ctx context.Context, chat Chat) ([]Row, error)
	// Counts counts the rows in each state. It reads all of them: for a report, not for every tick.
	Counts(ctx context.Context) (map[State]int, error)
	// Prune forgets what was closed before an instant, at most so many rows, and tells how many
	// those were. A forgotten row can be planned again, so the instant must lie further back than
	// any plan reaches.
	Prune(ctx context.Context, before time.Time, most int) (int, error)

	// Changed gives a channel that closes after rows were changed by anything but the calls of a
	// dispatcher, so that a sleeper can look again.
	Changed() <-chan struct{}
}

// Claim is what is to be claimed.
type Claim struct {
	Now   time.Time
	Along time.Time // up to when rows of the same chat may come along; not before Now
	Owner string
	Lease time.Time
	Chats int
}

// Attempt is one message that is about to be sent.
type Attempt struct {
	Delivery DeliveryKey
	Rows     []int64 // their IDs
}
