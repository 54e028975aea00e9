package reminders

import (
	"context"
	"errors"
	"time"
)

// errEnded is why nothing settles any more.
var errEnded = errors.New("the dispatcher has ended")

// Settle waits until all that is due at this moment is done with: delivered, put off, or given back.
// Its error is the queue's, or that of ctx. It needs Run to be running.
func (d *Dispatcher) Settle(ctx context.Context) error {
	settled := make(chan error, 1)
	d.mu.Lock()
	d.settling = append(d.settling, settled)
	d.mu.Unlock()
	d.wake()
	select {
	case err := <-settled:
		return err
	case <-d.ended:
		return errEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Walk moves the clock ahead by a span as if the time had passed: it halts wherever something is due
// until that is done with. forward moves the clock.
func (d *Dispatcher) Walk(ctx context.Context, by time.Duration, forward func(time.Duration)) error {
	for until := d.Clock.Now().Add(by); ; {
		if err := d.Settle(ctx); err != nil {
			return err
		}
		next, ok, err := d.Queue.NextDue(ctx)
		if err != nil {
			return err
		}
		now := d.Clock.Now()
		switch {
		case !now.Before(until):
			return nil
		case !ok || next.After(until):
			next = until
		}
		forward(next.Sub(now))
	}
}

// asked are those who wait in Settle.
func (d *Dispatcher) asked() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.settling)
}

// settle answers the first of those who wait, if nothing is in hand or looking for work failed.
func (d *Dispatcher) settle(first int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy > 0 && err == nil {
		return
	}
	for _, settled := range d.settling[:first] {
		settled <- err
	}
	d.settling = d.settling[first:]
}

// wake lets Run look again.
func (d *Dispatcher) wake() {
	select {
	case d.freed <- struct{}{}:
	default:
	}
}
