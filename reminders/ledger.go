package reminders

import (
	"context"
	"sync"
)

// ledger writes to the queue what the messages in hand have to write, together: a transaction costs
// a write to the disk, whether it holds one message's rows or fifty. Alone, a message waits for
// nobody.
type ledger struct {
	queue   Queue
	owner   string
	mu      sync.Mutex
	writing bool
	waiting []*entry
}

// entry is what one message waits to have written: the begin of its attempt or its steps.
type entry struct {
	attempt *Attempt
	steps   []Step
	left    []int64 // of the attempt's rows, those that still stand
	err     error
	done    chan struct{}
}

// begin marks the rows of an attempt, see Queue.Begin.
func (l *ledger) begin(a Attempt) ([]int64, error) {
	e := &entry{attempt: &a, done: make(chan struct{})}
	l.enter(e)
	return e.left, e.err
}

// record writes steps, see Queue.Record.
func (l *ledger) record(steps []Step) error {
	e := &entry{steps: steps, done: make(chan struct{})}
	l.enter(e)
	return e.err
}

func (l *ledger) enter(e *entry) {
	l.mu.Lock()
	l.waiting = append(l.waiting, e)
	if !l.writing {
		l.writing = true
		go l.write()
	}
	l.mu.Unlock()
	<-e.done
}

// write writes until nobody waits. What was sent is written first: until then it is in doubt.
func (l *ledger) write() {
	for {
		l.mu.Lock()
		entries := l.waiting
		l.waiting = nil
		if len(entries) == 0 {
			l.writing = false
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		// The writes are short, and an attempt that ended must not be lost because we are asked to
		// stop.
		ctx := context.Background()
		var steps []Step
		var attempts []Attempt
		for _, e := range entries {
			steps = append(steps, e.steps...)
			if e.attempt != nil {
				attempts = append(attempts, *e.attempt)
			}
		}
		var recorded, begun error
		standing := map[int64]bool{}
		if len(steps) > 0 {
			recorded = l.queue.Record(ctx, l.owner, steps)
		}
		if len(attempts) > 0 {
			var left []int64
			left, begun = l.queue.Begin(ctx, l.owner, attempts)
			for _, id := range left {
				standing[id] = true
			}
		}
		for _, e := range entries {
			e.err = recorded
			if e.attempt != nil {
				e.err = begun
				for _, id := range e.attempt.Rows {
					if standing[id] {
						e.left = append(e.left, id)
					}
				}
			}
			close(e.done)
		}
	}
}
