package reminders_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"afterglow/internal/store"
	"afterglow/reminders"
)

// fullDisk is a queue whose writes fail while it is full.
type fullDisk struct {
	*store.DB
	full atomic.Bool
	// after, when set, makes the disk full at the next attempt.
	after atomic.Bool
}

var errDiskFull = errors.New("disk full")

func (f *fullDisk) Claim(ctx context.Context, c reminders.Claim) ([]reminders.Row, error) {
	if f.full.Load() {
		return nil, errDiskFull
	}
	return f.DB.Claim(ctx, c)
}

func (f *fullDisk) Begin(ctx context.Context, owner string, a []reminders.Attempt) ([]int64, error) {
	if f.full.Load() {
		return nil, errDiskFull
	}
	left, err := f.DB.Begin(ctx, owner, a)
	if f.after.Load() {
		f.full.Store(true)
	}
	return left, err
}

func (f *fullDisk) Record(ctx context.Context, owner string, s []reminders.Step) error {
	if f.full.Load() {
		return errDiskFull
	}
	return f.DB.Record(ctx, owner, s)
}

func TestDiskFull(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		q := &fullDisk{DB: w.db}
		w.beginOn(q)
		w.plan("a:1", w.row("hydration", time.Hour))
		q.full.Store(true)
		w.pass(2 * time.Hour)
		if n := len(w.platform.sent()); n != 0 {
			t.Errorf("%d messages went out unrecorded", n)
		}
		q.full.Store(false)
		w.pass(5 * time.Minute)
		w.wantStates("a:1", "sent")
		sent := w.platform.sent()
		if late := sent[0].at.Sub(start) - 2*time.Hour; len(sent) != 1 || late > 2*time.Minute {
			t.Errorf("%d messages, the first %v after there was room", len(sent), late)
		}

		// The disk fills up between the send and its outcome: the outcome waits for room, and the
		// message is not sent again.
		q.after.Store(true)
		w.plan("a:1", w.row("no-sun", time.Hour))
		w.pass(3 * time.Hour)
		w.wantStates("a:1", "sent sending")
		q.after.Store(false)
		q.full.Store(false)
		w.pass(5 * time.Minute)
		w.wantStates("a:1", "sent sent")
		if n := len(w.platform.sent()); n != 2 {
			t.Errorf("%d messages, want 2", n)
		}
	})
}

func TestStopsWhileDiskIsFull(t *testing.T) {
	inWorld(t, func(w *world) {
		q := &fullDisk{DB: w.db}
		q.after.Store(true)
		w.beginOn(q)
		w.plan("a:1", w.row("hydration", time.Hour), w.row("check-in", time.Hour))
		w.pass(2 * time.Hour)
		before := time.Now()
		w.end()
		if took := time.Since(before); took > time.Minute {
			t.Errorf("stopping took %v", took)
		}
		// The next one finds attempts of which nobody knows the end.
		q.full.Store(false)
		q.after.Store(false)
		w.begin()
		w.pass(time.Minute)
		w.wantStates("a:1", "doubted sent")
	})
}

func TestSenderPanics(t *testing.T) {
	inWorld(t, func(w *world) {
		w.platform.answer = func(n int, m reminders.Message) error {
			if n == 1 {
				panic("oops")
			}
			return nil
		}
		w.begin()
		w.plan("a:1", w.row("check-in", time.Hour))
		w.pass(2 * time.Hour)
		w.wantStates("a:1", "sent")
		if n := len(w.platform.sent()); n != 2 {
			t.Errorf("%d attempts", n)
		}
	})
}

func TestSenderHangs(t *testing.T) {
	inWorld(t, func(w *world) {
		hang := make(chan struct{})
		w.platform.hang = hang
		w.begin()
		w.plan("a:1", w.row("hydration", time.Hour))
		w.pass(time.Hour + 29*time.Second)
		w.wantStates("a:1", "sending")
		w.pass(2 * time.Second) // past the deadline
		w.wantStates("a:1", "doubted")
		close(hang)
	})
}
