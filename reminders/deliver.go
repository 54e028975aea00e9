package reminders

import (
	"context"
	"errors"
	"slices"
	"time"
)

// deliver makes one attempt for the rows of one message and writes down how it ended. Once the
// attempt begins, the end of ctx no longer cuts it off.
func (d *Dispatcher) deliver(ctx context.Context, rows []Row) {
	now := d.Clock.Now()
	rows = d.putOff(ctx, rows, now)
	if len(rows) == 0 {
		return
	}
	chat := rows[0].Chat
	platform, limits := d.Sender.Limits(chat)
	if held := time.Until(d.Gate.Held(platform)); held > gatePatience {
		d.record(ctx, rows, Outcome{Kind: Wait, After: d.clockSpan(held), Reason: "platform-held"})
		return
	}
	queueing, enough := context.WithTimeout(ctx, gateAtMost)
	err := d.Gate.Pass(queueing, platform, limits, chat, Nudge)
	enough()
	if err != nil { // stopped, or held meanwhile
		d.record(ctx, rows, Outcome{Kind: Wait, Reason: "gate"})
		return
	}

	// The wait may have been long, so the words are chosen now.
	now = d.Clock.Now()
	m, err := d.begin(rows, now)
	if errors.Is(err, errNothingLeft) {
		return
	}
	if err != nil {
		d.Log.Error("begin an attempt", "err", err)
		d.record(ctx, rows, Outcome{Kind: Wait, After: time.Minute, Reason: "queue"})
		return
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendDeadline)
	defer cancel()
	err = d.send(deadline, m)
	o := Classify(err)
	if o.Kind == Wait {
		o.After = max(o.After, shortestWait)
		if s := (*SendError)(nil); errors.As(err, &s) && s.WholePlatform {
			d.Gate.Hold(platform, limits, time.Now().Add(s.RetryAfter))
		}
	}
	o.After, o.Deduplicates = d.clockSpan(o.After), d.clockSpan(o.Deduplicates)
	if err != nil {
		d.Log.Warn("a reminder was not delivered", "outcome", o.Kind, "reason", o.Reason, "rows", len(rows))
	}
	d.conclude(ctx, m, o)
	if d.Observe != nil {
		all := slices.Concat(m.Rows, m.Missed)
		d.Observe(o.Kind, all, now.Sub(firstDue(all)))
	}
}

// shortestWait is what a platform that says 'wait' without saying for how long is given: waiting
// costs no attempt, so nothing else ends a loop.
const shortestWait = time.Second

// send makes the attempt; a panic in a sender is its own fault and uncertain.
func (d *Dispatcher) send(ctx context.Context, m Message) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &SendError{Kind: Uncertain, Reason: "panic"}
		}
	}()
	return d.Sender.Send(ctx, m)
}

// putOff returns the rows that may be sent now. Those that fall into quiet hours wait for their end,
// and those that may have arrived and are no longer true are closed.
func (d *Dispatcher) putOff(ctx context.Context, rows []Row, now time.Time) (ready []Row) {
	var steps []Step
	for _, r := range rows {
		switch {
		case r.Doubt && r.Expired(now):
			steps = append(steps, Step{ID: r.ID, State: Doubted, Attempt: r.Attempt, Doubt: true, Reason: r.Reason, At: now})
		case r.Ready(now).After(now):
			steps = append(steps, Step{ID: r.ID, State: Pending, Next: r.Ready(now), Attempt: r.Attempt, Doubt: r.Doubt, Reason: "quiet-hours", At: now})
		default:
			ready = append(ready, r)
		}
	}
	d.write(ctx, steps)
	return ready
}

// begin composes the message and marks its rows. Rows that were taken back while they waited are
// left out, with their words.
func (d *Dispatcher) begin(rows []Row, now time.Time) (Message, error) {
	punctual := max(lateAfter, d.clockSpan(inNoTime))
	m := compose(d.Library, rows, now, punctual)
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	left, err := d.ledger.begin(Attempt{m.Key, ids})
	if err != nil {
		return Message{}, err
	}
	if len(left) == len(rows) {
		return m, nil
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool { return !slices.Contains(left, r.ID) })
	if len(rows) == 0 {
		return Message{}, errNothingLeft
	}
	key := m.Key
	m = compose(d.Library, rows, now, punctual)
	m.Key = key
	return m, nil
}

// conclude writes down the outcome of a message for each of its rows.
func (d *Dispatcher) conclude(ctx context.Context, m Message, o Outcome) {
	now := d.Clock.Now()
	if o.Kind == Unreachable {
		d.insist(ctx, func(ctx context.Context) error { return d.Queue.Park(ctx, m.Chat, o.Reason, now) })
	}
	jitter := d.Jitter() // one for all: they go together
	var steps []Step
	for _, r := range m.Rows {
		steps = append(steps, Decide(r, o, now, jitter))
	}
	for _, r := range m.Missed {
		told := o
		if told.Kind == Delivered {
			told.Kind = Expired
		}
		steps = append(steps, Decide(r, told, now, jitter))
	}
	for i, s := range steps {
		if s.State == GivenUp {
			d.Log.Error("a reminder was given up", "row", s.ID, "kind", slices.Concat(m.Rows, m.Missed)[i].Kind, "reason", s.Reason, "attempts", s.Attempt)
		}
	}
	d.write(ctx, steps)
}

// record decides the same outcome for all rows.
func (d *Dispatcher) record(ctx context.Context, rows []Row, o Outcome) {
	now, jitter := d.Clock.Now(), d.Jitter()
	steps := make([]Step, len(rows))
	for i, r := range rows {
		steps[i] = Decide(r, o, now, jitter)
	}
	d.write(ctx, steps)
}

// write records steps, for as long as it takes: what was sent is known here only. A crash while the
// queue fails makes it uncertain.
func (d *Dispatcher) write(ctx context.Context, steps []Step) {
	if len(steps) > 0 {
		d.insist(ctx, func(context.Context) error { return d.ledger.record(steps) })
	}
}

// insistFor is for how long the end of ctx lets a write go on trying.
const insistFor = sendDeadline

// insist repeats a write to the queue until it succeeds. After ctx ends it still gets some time.
func (d *Dispatcher) insist(ctx context.Context, write func(context.Context) error) {
	unhurried := context.WithoutCancel(ctx)
	var until <-chan time.Time
	done := ctx.Done()
	for failures := 1; ; failures++ {
		err := write(unhurried)
		if err == nil {
			return
		}
		d.Log.Error("write down an outcome", "err", err)
		again := time.NewTimer(min(Backoff(failures, 0)/10, lookAtLeast))
		for waiting := true; waiting; {
			select {
			case <-again.C:
				waiting = false
			case <-done:
				done = nil
				last := time.NewTimer(insistFor)
				defer last.Stop()
				until = last.C
			case <-until:
				again.Stop()
				return
			}
		}
	}
}

// clockSpan is how far the clock goes while a span passes in the world.
func (d *Dispatcher) clockSpan(world time.Duration) time.Duration {
	perHour := max(d.Clock.RealDuration(time.Hour), 1)
	if perHour == time.Hour {
		return world
	}
	return time.Duration(float64(world) * float64(time.Hour) / float64(perHour))
}

func firstDue(rows []Row) (at time.Time) {
	for _, r := range rows {
		at = earlier(at, r.Due)
	}
	return at
}
