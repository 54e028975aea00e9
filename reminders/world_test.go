package reminders_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/clock"
	"afterglow/internal/store"
	"afterglow/reminders"
)

// world is a dispatcher on a database file with a pretend platform, in a synctest bubble.
type world struct {
	t        *testing.T
	db       *store.DB
	clock    *wall
	platform *platform
	stop     func()
}

// wall is a clock that a test can set, also back.
type wall struct {
	mu     sync.Mutex
	off    time.Duration
	jumped chan struct{}
}

func (w *wall) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.off)
}

func (w *wall) RealDuration(d time.Duration) time.Duration { return d }

func (w *wall) Jumped() <-chan struct{} { return w.jumped } // nil: nobody tells

func (w *wall) set(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off += by
}

// platform records what is sent before it answers.
type platform struct {
	mu     sync.Mutex
	now    func() time.Time
	calls  []call
	answer func(n int, m reminders.Message) error // n counts attempts from 1; nil: delivered
	limits reminders.Limits
	hang   chan struct{} // when set, a send waits for it or for its deadline
}

type call struct {
	at time.Time
	m  reminders.Message
}

func (p *platform) Send(ctx context.Context, m reminders.Message) error {
	p.mu.Lock()
	p.calls = append(p.calls, call{p.now(), m})
	n, answer := len(p.calls), p.answer
	p.mu.Unlock()
	if p.hang != nil {
		select {
		case <-p.hang:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if answer == nil {
		return nil
	}
	return answer(n, m)
}

func (p *platform) Limits(chat reminders.Chat) (string, reminders.Limits) {
	name, _, _ := strings.Cut(string(chat), ":")
	return name, p.limits
}

func (p *platform) sent() []call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]call(nil), p.calls...)
}

// library is shared by all tests; it is read only.
var library = sync.OnceValue(func() *content.Library {
	l, err := content.Builtin()
	if err != nil {
		panic(err)
	}
	return l
})

// inWorld runs a test in a bubble whose time begins at a noon in UTC.
func inWorld(t *testing.T, test func(w *world)) {
	t.Parallel()
	library() // outside the bubble
	file := filepath.Join(t.TempDir(), "people.db")
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(12 * time.Hour) // bubbles begin at a midnight
		w := &world{t: t, clock: &wall{}}
		w.platform = &platform{now: w.clock.Now}
		var err error
		if w.db, err = store.Open(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		test(w)
		w.end()
		if err := w.db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// begin starts the dispatcher.
func (w *world) begin() { w.beginOn(w.db) }

// beginOn starts it on another queue.
func (w *world) beginOn(q reminders.Queue) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	d := reminders.NewDispatcher(reminders.Options{Queue: q, Sender: w.platform, Clock: w.clock, Library: library(),
		Jitter: func() float64 { return 0 }})
	go func() { defer close(ended); _ = d.Run(ctx) }()
	w.stop = func() { cancel(); <-ended }
}

// end stops the dispatcher if it runs.
func (w *world) end() {
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

// pass lets time go by until everything that is to happen has happened.
func (w *world) pass(d time.Duration) { time.Sleep(d); synctest.Wait() }

// plan gives a person, who is made if need be, these rows.
func (w *world) plan(chat string, rows ...reminders.Row) {
	w.t.Helper()
	w.planIn(chat, "", reminders.Quiet{}, rows...)
}

func (w *world) planIn(chat, zone string, quiet reminders.Quiet, rows ...reminders.Row) {
	w.t.Helper()
	w.turn(chat, func(p *bot.Person) {
		p.Orders.Plan = &reminders.Schedule{Made: w.clock.Now(), Zone: zone, Quiet: quiet, Rows: rows}
	})
}

func (w *world) turn(chat string, f func(*bot.Person)) {
	w.t.Helper()
	_, err := w.db.Turn(w.t.Context(), bot.ChatID(chat), "", func(p *bot.Person) ([]bot.Message, error) {
		p.Consent = time.Now()
		f(p)
		return nil, nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// row is a promise so long from now, with the expiry of its kind.
func (w *world) row(kind reminders.Kind, in time.Duration) reminders.Row {
	due := w.clock.Now().Add(in)
	return reminders.Row{Key: reminders.RowKey(fmt.Sprintf("%s %d", kind, in/time.Minute)), Kind: kind, Topic: "sunscreen",
		Text: fmt.Sprintf("<%s>", kind), Due: due, Expires: reminders.Expiry(kind, due.UTC(), reminders.Surroundings{})}
}

// states are the states of a chat's rows, by due instant.
func (w *world) states(chat string) string {
	w.t.Helper()
	rows, err := w.db.Rows(w.t.Context(), reminders.Chat(chat))
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		all = append(all, string(r.State))
	}
	return strings.Join(all, " ")
}

func (w *world) wantStates(chat, want string) {
	w.t.Helper()
	if got := w.states(chat); got != want {
		w.t.Errorf("the rows of %s are %q, want %q", chat, got, want)
	}
}

// wantSent fails unless these texts were sent so long after start.
func (w *world) wantSent(start time.Time, want ...string) {
	w.t.Helper()
	var got []string
	for _, c := range w.platform.sent() {
		got = append(got, fmt.Sprintf("%v %s", c.at.Sub(start).Round(time.Millisecond), strings.ReplaceAll(c.m.Text, "\n", " ")))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		w.t.Errorf("sent:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

var _ reminders.Clock = (*clock.Clock)(nil)
