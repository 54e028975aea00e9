package storetest

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/reminders"
)

// Both is a store that keeps people and their reminders, as it has to be: a plan is written with
// the person that it belongs to.
type Both interface {
	bot.People
	reminders.Queue
}

// QueuePlace is where one store keeps its people and reminders. It begins empty.
type QueuePlace struct {
	// Open is as in Place.
	Open func(t *testing.T) Both
	// Raw is as in Place.
	Raw func(t *testing.T) []byte
}

// RunQueue runs the suite of reminders.Queue. Each test gets a place of its own.
func RunQueue(t *testing.T, place func(t *testing.T) QueuePlace) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, q *queue)
	}{
		{"an empty queue", emptyQueue},
		{"a stranger has no reminders", strangerHasNoReminders},
		{"every field comes back", everyRowFieldComesBack},
		{"a turn keeps both or neither", turnKeepsBothOrNeither},
		{"erasing takes the reminders along", erasingTakesReminders},
		{"a plan made again changes nothing", planAgainChangesNothing},
		{"a plan replaces what is open", planReplacesOpen},
		{"a plan revives nothing", planRevivesNothing},
		{"a plan promises nothing in the past", planPromisesNothingPast},
		{"a plan leaves what is overdue", planLeavesOverdue},
		{"due rows are claimed once", dueClaimedOnce},
		{"chats are claimed up to a limit", claimsUpToLimit},
		{"neighbours come along", neighboursComeAlong},
		{"claims in parallel", claimsInParallel},
		{"only the owner begins and records", onlyTheOwner},
		{"a retry is due again", retryIsDueAgain},
		{"taken back in hand", takenBackInHand},
		{"taken back while it is sent", takenBackWhileSent},
		{"changed in hand", changedInHand},
		{"what was left behind is recovered", leftBehind},
		{"a parked chat sleeps", parkedChatSleeps},
		{"a turn wakes a parked chat", turnWakesParked},
		{"an outcome meets a parked chat", outcomeMeetsParked},
		{"done and snoozed", doneAndSnoozed},
		{"a clock that was set back", clockSetBack},
		{"pruning", pruning},
		{"changes are told", changesAreTold},
		{"promises are kept whatever happens", promisesAreKept},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q := &queue{t: t, place: place(t)}
			q.Both = q.place.Open(t)
			t.Cleanup(func() { q.close() })
			c.test(t, q)
		})
	}
}

// queue is one opened store and how a test speaks to it.
type queue struct {
	Both
	t     *testing.T
	place QueuePlace
}

// noon is when the tests of the queue happen.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func (q *queue) close() {
	if c, ok := q.Both.(io.Closer); ok {
		if err := c.Close(); err != nil {
			q.t.Errorf("close: %v", err)
		}
	}
}

func (q *queue) reopen() {
	q.t.Helper()
	q.close()
	q.Both = q.place.Open(q.t)
}

func (q *queue) ctx() context.Context { return q.t.Context() }

func (q *queue) must(err error) {
	q.t.Helper()
	if err != nil {
		q.t.Fatal(err)
	}
}

// plan hands a plan over in a turn of somebody who has consented.
func (q *queue) plan(chat reminders.Chat, made time.Time, rows ...reminders.Row) {
	q.t.Helper()
	q.orders(chat, reminders.Orders{Plan: &reminders.Schedule{Made: made, Rows: rows}})
}

func (q *queue) orders(chat reminders.Chat, o reminders.Orders) {
	q.t.Helper()
	_, err := q.Turn(q.ctx(), bot.ChatID(chat), "", func(p *bot.Person) ([]bot.Message, error) {
		p.Consent, p.Orders = noon, o
		return nil, nil
	})
	q.must(err)
}

// due is a promise so many minutes after noon.
func due(key string, minutes int) reminders.Row {
	return reminders.Row{Key: reminders.RowKey(key), Kind: "check-in", Topic: "redness", Text: "text of " + key, Treatment: "0",
		Due: noon.Add(time.Duration(minutes) * time.Minute)}
}

func milestone(key string, minutes int) reminders.Row {
	r := due(key, minutes)
	r.Kind = reminders.MakeupOK
	return r
}

func minute(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// claim claims what is due at a minute, for "me", with what comes along in half an hour.
func (q *queue) claim(at int) []reminders.Row {
	q.t.Helper()
	rows, err := q.Claim(q.ctx(), reminders.Claim{Now: minute(at), Along: minute(at + 30), Owner: "me", Lease: minute(at + 3), Chats: 100})
	q.must(err)
	return rows
}

// begin begins an attempt for rows and gives how many were still there.
func (q *queue) begin(owner string, delivery reminders.DeliveryKey, rows ...reminders.Row) int {
	q.t.Helper()
	a := reminders.Attempt{Delivery: delivery}
	for _, r := range rows {
		a.Rows = append(a.Rows, r.ID)
	}
	left, err := q.Begin(q.ctx(), owner, []reminders.Attempt{a})
	q.must(err)
	return len(left)
}

// record decides about rows as after an attempt at a minute.
func (q *queue) record(owner string, o reminders.Outcome, at int, rows ...reminders.Row) {
	q.t.Helper()
	var steps []reminders.Step
	for _, r := range rows {
		steps = append(steps, reminders.Decide(r, o, minute(at), 0))
	}
	q.must(q.Record(q.ctx(), owner, steps))
}

// deliver takes what is due at a minute through its life.
func (q *queue) deliver(at int) {
	q.t.Helper()
	rows := q.claim(at)
	for _, r := range rows {
		q.begin("me", reminders.DeliveryKey("d-"+r.Key), r)
	}
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, at, rows...)
}

// rows describes the rows of a chat: "key state minute", by due instant.
func (q *queue) rows(chat reminders.Chat) string {
	q.t.Helper()
	rows, err := q.Rows(q.ctx(), chat)
	q.must(err)
	return describe(rows)
}

func describe(rows []reminders.Row) string {
	var all []string
	for _, r := range rows {
		s := fmt.Sprint(r.Key, " ", r.State)
		if r.State.Open() {
			s += fmt.Sprint(" ", int(r.Next.Sub(noon)/time.Minute))
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func (q *queue) wantRows(chat reminders.Chat, want string) {
	q.t.Helper()
	if got := q.rows(chat); got != want {
		q.t.Errorf("the rows of %s are %q, want %q", chat, got, want)
	}
}

// wantNext fails unless the next row is due at a minute; -1 means none.
func (q *queue) wantNext(want int) {
	q.t.Helper()
	at, ok, err := q.NextDue(q.ctx())
	q.must(err)
	got := -1
	if ok {
		got = int(at.Sub(noon) / time.Minute)
	}
	if got != want {
		q.t.Errorf("the next is due at minute %d, want %d", got, want)
	}
}
