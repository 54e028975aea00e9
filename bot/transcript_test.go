package bot_test

import (
	"context"
	"flag"
	"sync"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/clock"
	"afterglow/internal/store"
	"afterglow/internal/transcript"
	"afterglow/reminders"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// newCore builds the real thing on the built-in content.
func newCore(t testing.TB, people bot.People, zone *time.Location, now func() time.Time) *bot.Core {
	t.Helper()
	library, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	finder, err := content.BuiltinFinder()
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(bot.Options{Library: library, Finder: finder, People: people, Local: zone, Now: now})
}

// storedChat is a chat on a real database file, with the real dispatcher on a clock that stands
// still unless it is moved.
type storedChat struct {
	t          *testing.T
	db         *store.DB
	core       *bot.Core
	clock      *clock.Clock
	dispatcher *reminders.Dispatcher

	mu      sync.Mutex
	came    []transcript.Reminded
	blocked bool
}

func newStoredChat(t *testing.T, zone *time.Location) *storedChat {
	db, err := store.Open(t.Context(), t.TempDir()+"/afterglow.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &storedChat{t: t, db: db}
	c.core = newCore(t, db, zone, func() time.Time { return c.clock.Now() })
	return c
}

// begin starts the clock with the first words.
func (c *storedChat) begin(at time.Time) {
	library, err := content.Builtin()
	if err != nil {
		c.t.Fatal(err)
	}
	c.clock = clock.New(1, at, func() time.Time { return at })
	c.dispatcher = reminders.NewDispatcher(reminders.Options{Queue: c.db, Sender: c, Clock: c.clock, Library: library,
		Jitter: func() float64 { return 0 }})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = c.dispatcher.Run(ctx) }()
	c.t.Cleanup(func() { cancel(); <-ended })
}

// Say implements transcript.Chat.
func (c *storedChat) Say(at time.Time, text string) []bot.Message {
	if c.clock == nil {
		c.begin(at)
	}
	replies, err := c.core.Handle(context.Background(), bot.Update{Chat: "test:1", Text: text, At: at})
	if err != nil {
		c.t.Errorf("%q: %v", text, err)
	}
	return replies
}

// Wait implements transcript.Reminding.
func (c *storedChat) Wait(until time.Time) (came []transcript.Reminded) {
	if err := c.dispatcher.Walk(c.t.Context(), until.Sub(c.clock.Now()), c.clock.Forward); err != nil {
		c.t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	came, c.came = c.came, nil
	return came
}

// Send implements reminders.Sender.
func (c *storedChat) Send(_ context.Context, m reminders.Message) error {
	all := append(append([]reminders.Row(nil), m.Rows...), m.Missed...)
	zone, err := time.LoadLocation(all[0].Zone)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.blocked {
		return &reminders.SendError{Kind: reminders.Unreachable, Reason: "blocked"}
	}
	c.came = append(c.came, transcript.Reminded{At: c.clock.Now().In(zone), Message: bot.Reminder(m)})
	return nil
}

// Block implements transcript.Blocking.
func (c *storedChat) Block(blocked bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.blocked = blocked
}

// Limits implements reminders.Sender.
func (c *storedChat) Limits(reminders.Chat) (string, reminders.Limits) {
	return "test", reminders.Limits{}
}

func TestTranscripts(t *testing.T) {
	transcript.Run(t, "testdata/transcripts/*.txt", *update, func(t *testing.T, zone *time.Location) transcript.Chat {
		return newStoredChat(t, zone)
	})
}
