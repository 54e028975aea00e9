package simulate

import (
	"container/heap"
	"context"
	"math/rand/v2"
	"time"

	"afterglow/reminders"
)

const (
	// inHand and along are the dispatcher's own: for how many chats it claims at once, and how close
	// a row must lie to go with another of its chat.
	inHand = 96
	along  = 30 * time.Minute
	// slowestAnswer is the latest that somebody answers a check-in; the bot replies at once.
	slowestAnswer = 90 * time.Minute
	// earliest is when the time begins: firstDay has been there for hours in the east before it comes
	// to UTC.
	earliest = -24 * time.Hour
)

// dispatch is one life of a crowd under one platform's limits.
type dispatch struct {
	*Crowd
	gate    gate
	now     time.Duration
	claims  turns    // every chat with open rows, by its next try
	answers turns    // what people are going to say
	taken   [][]bool // by person and row: claimed
	busy    int
	queued  time.Duration // since when there has been somebody in hand
	spare   []*message
	random  *rand.Rand
	tally   *tally
}

// Dispatch lets the crowd's time pass. Limits without figures let everything through at once.
func (c *Crowd) Dispatch(ctx context.Context, l reminders.Limits) (*Report, error) {
	d := &dispatch{Crowd: c, random: rand.New(rand.NewPCG(c.seed, 1<<63)), tally: newTally(c), now: earliest}
	d.gate = gate{limits: l, chats: make([]time.Duration, len(c.people)), all: earliest}
	d.taken = make([][]bool, len(c.people))
	for i, p := range c.people {
		d.gate.chats[i] = d.gate.all
		d.taken[i] = make([]bool, len(p.rows))
		if len(p.rows) > 0 {
			d.claims = append(d.claims, turn{p.rows[0].due, int32(i)})
		}
	}
	heap.Init(&d.claims)
	for steps := 0; len(d.claims) > 0 || len(d.answers) > 0 || d.busy > 0 || len(d.gate.waiting[reminders.Reply]) > 0; steps++ {
		if steps%1024 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		d.now = max(d.now, d.step())
	}
	return d.tally.report(), nil
}

// step does what there is to do at this instant and tells the next one at which there is something.
func (d *dispatch) step() time.Duration {
	for len(d.answers) > 0 && d.answers[0].at <= d.now {
		answer := heap.Pop(&d.answers).(turn)
		m := d.message(answer.chat)
		m.due = answer.at
		d.gate.arrive(m, reminders.Reply)
	}
	for len(d.claims) > 0 && d.claims[0].at <= d.now && d.busy < inHand {
		d.claim()
	}
	next := d.gate.serve(d.now, d.pass)
	if len(d.claims) > 0 && d.busy < inHand {
		next = min(next, d.claims[0].at)
	}
	if len(d.answers) > 0 {
		next = min(next, d.answers[0].at)
	}
	if next == never {
		return d.now
	}
	return next
}

// claim takes in hand what is due for the first chat, and what may come along.
func (d *dispatch) claim() {
	chat := d.claims[0].chat
	p, taken := &d.people[chat], d.taken[chat]
	clock := firstDay.Add(d.now).In(p.zone)
	if wait := p.quiet.After(clock).Sub(clock); wait > 0 {
		d.claims[0].at = d.now + wait
		heap.Fix(&d.claims, 0)
		return
	}
	m, next := d.message(chat), never
	for i, r := range p.rows {
		switch {
		case taken[i]:
		case r.due <= d.now || r.due <= d.now+along && !d.kinds[r.kind].Milestone():
			taken[i] = true
			m.rows = append(m.rows, int32(i))
		default:
			next = min(next, r.due)
		}
	}
	if next == never {
		heap.Pop(&d.claims)
	} else {
		d.claims[0].at = next
		heap.Fix(&d.claims, 0)
	}
	m.due = p.rows[m.rows[0]].due
	if d.busy == 0 {
		d.queued = d.now
	}
	d.busy++
	d.gate.arrive(m, reminders.Nudge)
}

// pass is told of a message that the platform has taken.
func (d *dispatch) pass(m *message) {
	p := &d.people[m.chat]
	if len(m.rows) == 0 {
		d.tally.reply(d.now - m.due)
	} else {
		d.busy--
		d.tally.reminder(m, d.now)
		d.tally.queue(d.now - d.queued)
	}
	for _, i := range m.rows {
		if r := p.rows[i]; p.answers && d.kinds[r.kind] == "check-in" && !r.expired(d.now) {
			wait := time.Minute + time.Duration(d.random.Int64N(int64(slowestAnswer-time.Minute)))
			heap.Push(&d.answers, turn{d.now + wait, m.chat})
		}
	}
	d.spare = append(d.spare, m)
}

// message gives an empty one for a chat.
func (d *dispatch) message(chat int32) *message {
	n := len(d.spare)
	if n == 0 {
		return &message{chat: chat}
	}
	m := d.spare[n-1]
	d.spare = d.spare[:n-1]
	m.chat, m.rows = chat, m.rows[:0]
	return m
}

// turn is an instant at which a chat has something to do.
type turn struct {
	at   time.Duration
	chat int32
}

// turns is a heap; what falls on one instant is ordered by chat, so that every run is the same.
type turns []turn

func (t turns) Len() int { return len(t) }
func (t turns) Less(i, j int) bool {
	return t[i].at < t[j].at || t[i].at == t[j].at && t[i].chat < t[j].chat
}
func (t turns) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *turns) Push(x any)   { *t = append(*t, x.(turn)) }
func (t *turns) Pop() any {
	last := len(*t) - 1
	x := (*t)[last]
	*t = (*t)[:last]
	return x
}
