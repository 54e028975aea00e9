package reminders

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"time"

	"afterglow/content"
)

// Sender carries messages to platforms. It chooses no words, remembers nothing and does not retry.
type Sender interface {
	// Send makes one attempt. nil means that the platform took the message. A failure is a
	// *SendError if it is understood; what is not is treated as uncertain. Send must return soon
	// after ctx ends.
	Send(ctx context.Context, m Message) error
	// Limits names the platform of a chat and what it allows. It is asked before every attempt and
	// must not block.
	Limits(chat Chat) (platform string, l Limits)
}

// Clock is the time that due instants are held against.
type Clock interface {
	Now() time.Time
	// RealDuration is how long a span of this clock takes in the world.
	RealDuration(time.Duration) time.Duration
	// Jumped gives a channel that closes when the clock is moved.
	Jumped() <-chan struct{}
}

const (
	// lookAtLeast is the longest that the dispatcher sleeps, in real time. A timer does not notice
	// that the machine slept or that its clock was set; the next look does.
	lookAtLeast = time.Minute
	// sendDeadline is how long one attempt may take, in real time.
	sendDeadline = 30 * time.Second
	// leaseFor is how long a claimed row belongs to this process, in real time. It exceeds what an
	// attempt can take (a minute at the gate, the send, writing it down), otherwise another process
	// would take a slow one for dead and the person would hear it twice.
	leaseFor = 3 * time.Minute
	// gatePatience is for how long a platform may be held while rows for it are taken in hand. What
	// has to wait longer goes back to the queue.
	gatePatience = 5 * time.Second
	// gateAtMost is for how long a message stands at the gate when its platform turns out to be
	// slower than thought.
	gateAtMost = time.Minute
	// inHand is how many chats are claimed at once: about what the fastest platform takes in two
	// seconds, so that a claim is short and a 'stop' finds what is due still in the queue.
	inHand = 96
)

// Options are what a Dispatcher is built from. Queue, Sender, Clock and Library are required.
type Options struct {
	Queue   Queue
	Sender  Sender
	Clock   Clock
	Library *content.Library // the words of what is said about lateness
	Gate    *Gate            // shared with whoever sends replies; nil: one of its own
	Log     *slog.Logger     // nil: silent. Never gets a text or a chat
	Jitter  func() float64   // nil: random
	// Observe, when set, is told of every outcome of an attempt once it is written down: how late the message was, in the clock's time,
	// and of which kinds. It must return soon.
	Observe func(o OutcomeKind, rows []Row, late time.Duration)
}

// Dispatcher keeps the promises in a queue. Make one with NewDispatcher; it is run once.
type Dispatcher struct {
	Options
	owner   string
	ledger  *ledger
	running sync.WaitGroup
	freed   chan struct{} // a message is done with
	ended   chan struct{} // Run has returned
	mu      sync.Mutex
	busy    int // chats in hand
	last    time.Time
	// settling are told when nothing that is due is left.
	settling []chan error
}

// NewDispatcher makes a dispatcher; Run starts it.
func NewDispatcher(o Options) *Dispatcher {
	if o.Gate == nil {
		o.Gate = &Gate{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Jitter == nil {
		o.Jitter = mathrand.Float64
	}
	owner := rand.Text()
	return &Dispatcher{Options: o, owner: owner, ledger: &ledger{queue: o.Queue, owner: owner}, freed: make(chan struct{}, 1), ended: make(chan struct{})}
}

// Run keeps promises until ctx ends. Then nothing more is claimed, what has not been sent goes back
// to the queue, and Run returns when the attempts that are under way are written down, which takes
// at most the deadline of one. A failing queue is not the end: it is logged and tried again.
func (d *Dispatcher) Run(ctx context.Context) error {
	defer close(d.ended)
	stopped := d.startHousekeeping(ctx)
	defer stopped()
	defer d.running.Wait()
	d.recover(ctx)
	failures := 0
	for ctx.Err() == nil {
		// Asked for before looking, so that what changes while we look is not slept through.
		changed, jumped := d.Queue.Changed(), d.Clock.Jumped()
		asked := d.asked()
		sleep, err := d.look(ctx)
		d.settle(asked, err)
		if err != nil && ctx.Err() == nil {
			failures++
			sleep = Backoff(failures, d.Jitter()) / 20 // from a second to a minute and a half
			sleep = min(sleep, lookAtLeast)
			d.Log.Error("the reminders' queue fails", "err", err, "again_in", sleep)
			changed, jumped = nil, nil
		} else {
			failures = 0
		}
		timer := time.NewTimer(sleep)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-changed:
		case <-jumped:
		case <-d.freed:
		}
		timer.Stop()
	}
	return context.Cause(ctx)
}

// look claims and hands out what is due, and tells how long, in real time, there is nothing to do.
func (d *Dispatcher) look(ctx context.Context) (time.Duration, error) {
	for {
		now := d.Clock.Now()
		if now.Before(d.last) {
			// The clock was set back. What was put off by what it showed before must not wait until
			// it shows that again.
			d.Log.Warn("the clock went back", "by", d.last.Sub(now))
			if err := d.Queue.Rewind(ctx, now.Add(backoffCap)); err != nil {
				return 0, err
			}
		}
		d.last = now
		next, ok, err := d.Queue.NextDue(ctx)
		if err != nil {
			return 0, err
		}
		if !ok {
			return lookAtLeast, nil
		}
		if wait := next.Sub(now); wait > 0 {
			// A due instant may be finer than what a fast clock resolves.
			return min(max(d.Clock.RealDuration(wait), time.Microsecond), lookAtLeast), nil
		}
		room := d.room()
		if room == 0 {
			return lookAtLeast, nil // until a message is done with
		}
		rows, err := d.Queue.Claim(ctx, Claim{Now: now, Along: now.Add(halfHour), Owner: d.owner, Lease: d.lease(now), Chats: room})
		if err != nil {
			return 0, err
		}
		if len(rows) == 0 {
			return time.Second, nil // taken back between the two questions
		}
		d.handOut(ctx, rows)
	}
}

// lease is the end of a lease that begins now, on the queue's clock.
func (d *Dispatcher) lease(now time.Time) time.Time { return now.Add(d.clockSpan(leaseFor)) }

func (d *Dispatcher) room() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return inHand - d.busy
}

// handOut sends the claimed rows, each message in a goroutine of its own.
func (d *Dispatcher) handOut(ctx context.Context, rows []Row) {
	for _, message := range messagesOf(rows) {
		d.mu.Lock()
		d.busy++
		d.mu.Unlock()
		d.running.Go(func() {
			defer func() {
				d.mu.Lock()
				d.busy--
				d.mu.Unlock()
				d.wake()
			}()
			defer func() {
				if p := recover(); p != nil {
					// The panic's value may hold what is said to a person.
					d.Log.Error("a reminder cannot be made", "panic", fmt.Sprintf("%T", p))
					d.record(ctx, message, Outcome{Kind: Retry, Reason: "panic"})
				}
			}()
			d.deliver(ctx, message)
		})
	}
}

// messagesOf groups rows, which come ordered by chat, into messages. What may have arrived together
// stays together and apart from the rest, so that its delivery key still names the same words. All
// others of a chat are one message, whether they have failed before or not.
func messagesOf(rows []Row) [][]Row {
	type name struct {
		chat     Chat
		delivery DeliveryKey
	}
	at := map[name]int{}
	var out [][]Row
	for _, r := range rows {
		n := name{chat: r.Chat}
		if r.Doubt {
			n.delivery = r.Delivery
		}
		i, ok := at[n]
		if !ok {
			i = len(out)
			at[n] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// recover takes over what a dispatcher before this one left behind. What was being sent is
// uncertain.
func (d *Dispatcher) recover(ctx context.Context) {
	now := d.Clock.Now()
	rows, err := d.Queue.Recover(ctx, d.owner, now, d.lease(now))
	if err != nil {
		if ctx.Err() == nil {
			d.Log.Error("take over what was left behind", "err", err)
		}
		return
	}
	if len(rows) > 0 {
		d.Log.Warn("attempts were cut off, nobody knows whether they arrived", "rows", len(rows))
		d.record(ctx, rows, Outcome{Kind: Uncertain, Reason: "crashed"})
	}
}

var errNothingLeft = errors.New("taken back")
