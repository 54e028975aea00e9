package reminders_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"afterglow/reminders"
)

func TestWalkHaltsWhereverSomethingIsDue(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.plan("test:1", w.row("check-in", time.Hour), w.row("spf", 2*time.Hour), w.row("check-in", 26*time.Hour))
		ctx, cancel := context.WithCancel(w.t.Context())
		ended := make(chan struct{})
		d := reminders.NewDispatcher(reminders.Options{Queue: w.db, Sender: w.platform, Clock: w.clock, Library: library(),
			Jitter: func() float64 { return 0 }})
		go func() { defer close(ended); _ = d.Run(ctx) }()
		if err := d.Settle(ctx); err != nil {
			t.Error(err)
		}
		w.wantSent(start)
		if err := d.Walk(ctx, 24*time.Hour, w.clock.set); err != nil {
			t.Error(err)
		}
		w.wantSent(start, "1h0m0s <check-in>", "2h0m0s <spf>")
		if passed := w.clock.Now().Sub(start); passed != 24*time.Hour {
			t.Errorf("the clock moved by %v", passed)
		}
		cancel()
		<-ended
		if err := d.Settle(w.t.Context()); err == nil {
			t.Error("an ended dispatcher settles")
		}
	})
}

func TestSettleWaitsForWhatIsInHand(t *testing.T) {
	inWorld(t, func(w *world) {
		release := make(chan struct{})
		w.platform.answer = func(int, reminders.Message) error { <-release; return nil }
		w.plan("test:1", w.row("check-in", 0))
		ctx, cancel := context.WithCancel(w.t.Context())
		ended, settled := make(chan struct{}), make(chan error, 1)
		d := reminders.NewDispatcher(reminders.Options{Queue: w.db, Sender: w.platform, Clock: w.clock, Library: library()})
		go func() { defer close(ended); _ = d.Run(ctx) }()
		go func() { settled <- d.Settle(ctx) }()
		synctest.Wait()
		select {
		case <-settled:
			t.Error("settled while a message was on its way")
		default:
		}
		impatient, stop := context.WithTimeout(ctx, time.Second)
		defer stop()
		if err := d.Settle(impatient); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an impatient one got %v", err)
		}
		close(release)
		if err := <-settled; err != nil {
			t.Error(err)
		}
		w.wantStates("test:1", "sent")
		cancel()
		<-ended
	})
}
