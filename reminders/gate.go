package reminders

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Priority orders what waits for a platform's limit; the smaller goes first.
type Priority int

// The priorities. What the dispatcher sends is a reminder.
const (
	Alert Priority = iota
	Reply
	Nudge
)

// Rate is a token bucket: so many a second in the long run, so many at once after a rest. The zero
// value means no limit.
type Rate struct {
	PerSecond float64
	Burst     int // at least 1 is assumed
}

// Limits are what a platform allows, in real time.
type Limits struct {
	Platform Rate // over all its chats
	Chat     Rate // in each of them
}

// Gate lets messages through as fast as the platforms allow, the important ones first. Everything
// that is sent passes it, replies too. It counts real time: a demonstration clock does not make a
// platform faster. The zero value is ready.
type Gate struct {
	mu        sync.Mutex
	platforms map[string]*lane
}

// lane is the queue in front of one platform.
type lane struct {
	limits  Limits
	tokens  bucket
	chats   map[Chat]*bucket
	held    time.Time // nobody passes before
	waiting []*waiter // by priority, then by arrival
	timer   *time.Timer
}

type waiter struct {
	chat     Chat
	priority Priority
	pass     chan struct{} // closed when it may go
}

// Pass waits until a message to a chat may be sent. It gives the context's error when that ends
// first; nothing was used up then.
func (g *Gate) Pass(ctx context.Context, platform string, l Limits, chat Chat, p Priority) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &waiter{chat, p, make(chan struct{})}
	g.mu.Lock()
	q := g.lane(platform, l)
	at, _ := slices.BinarySearchFunc(q.waiting, p, func(w *waiter, p Priority) int {
		if w.priority <= p {
			return -1
		}
		return 1
	})
	q.waiting = slices.Insert(q.waiting, at, w)
	g.serve(q)
	g.mu.Unlock()
	select {
	case <-w.pass:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(q.waiting, w); i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
		return ctx.Err()
	}
	return nil // it was let through at the same moment
}

// Hold lets nothing pass to a platform before an instant of real time: it told us to wait.
func (g *Gate) Hold(platform string, l Limits, until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if q := g.lane(platform, l); until.After(q.held) {
		q.held = until
	}
}

// Held tells until when a platform is held; a time in the past when it is not.
func (g *Gate) Held(platform string) time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	if q := g.platforms[platform]; q != nil {
		return q.held
	}
	return time.Time{}
}

func (g *Gate) lane(platform string, l Limits) *lane {
	if g.platforms == nil {
		g.platforms = map[string]*lane{}
	}
	q := g.platforms[platform]
	if q == nil {
		q = &lane{chats: map[Chat]*bucket{}}
		g.platforms[platform] = q
	}
	q.limits = l
	return q
}

// serve lets through whoever may go now and sets the timer for the next one. The lock is held.
func (g *Gate) serve(q *lane) {
	now := time.Now()
	if q.timer != nil {
		q.timer.Stop()
	}
	next := time.Time{}
	for i := 0; i < len(q.waiting); {
		w := q.waiting[i]
		free := q.tokens.free(q.limits.Platform, now)
		if q.held.After(free) {
			free = q.held
		}
		if free.After(now) { // the platform is full: so it is for everybody behind
			next = earlier(next, free)
			break
		}
		own := q.chats[w.chat]
		if own == nil {
			own = &bucket{}
		}
		if at := own.free(q.limits.Chat, now); at.After(now) {
			next = earlier(next, at)
			i++
			continue
		}
		q.tokens.take(q.limits.Platform, now)
		if own.take(q.limits.Chat, now); q.limits.Chat.PerSecond > 0 {
			q.chats[w.chat] = own
		}
		q.waiting = slices.Delete(q.waiting, i, i+1)
		close(w.pass)
	}
	q.sweep(now)
	if !next.IsZero() && len(q.waiting) > 0 {
		q.timer = time.AfterFunc(next.Sub(now), func() {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.serve(q)
		})
	}
}

// manyChats is how many chats' buckets are kept before the full ones, which say nothing, are
// dropped.
const manyChats = 4096

func (q *lane) sweep(now time.Time) {
	if len(q.chats) < manyChats {
		return
	}
	for c, b := range q.chats {
		if b.full(q.limits.Chat, now) {
			delete(q.chats, c)
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// bucket is a token bucket as one instant: when it will be full again. The zero value is full. (The
// generic cell rate algorithm: no counter that has to be topped up.)
type bucket struct{ fullAt time.Time }

// per is the time that one token takes; 0 without a limit.
func (r Rate) per() time.Duration {
	if r.PerSecond <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / r.PerSecond)
}

// free is the earliest instant at which a token is there.
func (b *bucket) free(r Rate, now time.Time) time.Time {
	at := b.fullAt.Add(-time.Duration(max(r.Burst, 1)-1) * r.per())
	if at.Before(now) || r.PerSecond <= 0 {
		return now
	}
	return at
}

func (b *bucket) take(r Rate, now time.Time) {
	if b.fullAt.Before(now) {
		b.fullAt = now
	}
	b.fullAt = b.fullAt.Add(r.per())
}

func (b *bucket) full(_ Rate, now time.Time) bool { return !b.fullAt.After(now) }
