package reminders_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"afterglow/internal/clock"
	"afterglow/reminders"
)

// TestDemonstrationClock runs the dispatcher on the clock of 'chat --speed' and '/forward'.
func TestDemonstrationClock(t *testing.T) {
	inWorld(t, func(w *world) {
		const speed = 3600
		fast := clock.New(speed, time.Time{}, time.Now)
		w.platform.now = fast.Now
		start := fast.Now()
		d := reminders.NewDispatcher(reminders.Options{Queue: w.db, Sender: w.platform, Clock: fast, Library: library()})
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); _ = d.Run(ctx) }()
		w.stop = func() { cancel(); <-ended }

		w.plan("a:1", w.row("check-in", 2*time.Hour), w.row("results", 48*time.Hour), w.row("next-session", 30*24*time.Hour))
		w.pass(3 * time.Second) // three hours
		w.wantSent(start, "2h0m0s <check-in>")
		fast.Forward(44 * time.Hour)
		synctest.Wait()
		w.wantSent(start, "2h0m0s <check-in>") // an hour before the next
		w.pass(2 * time.Second)
		w.wantSent(start, "2h0m0s <check-in>", "48h0m0s <results>")
		fast.Forward(60 * 24 * time.Hour)
		synctest.Wait() // at once, and it says that it is late
		w.wantStates("a:1", "sent sent sent")
		if sent := w.platform.sent(); len(sent) != 3 || sent[2].m.Text != "This comes late, and I am sorry: it was meant for Mon 31 Jan 12:00.\n\n<next-session>" {
			t.Errorf("%q", sent[len(sent)-1].m.Text)
		}
	})
}
