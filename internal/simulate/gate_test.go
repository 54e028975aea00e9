package simulate

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"afterglow/reminders"
)

// TestGateIsTheProductsOwn lets the same messages through the model and through reminders.Gate.
func TestGateIsTheProductsOwn(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 0))
		limits := reminders.Limits{Platform: reminders.Rate{PerSecond: 30, Burst: 1 + r.IntN(3)}, Chat: reminders.Rate{PerSecond: 1, Burst: 1 + r.IntN(5)}}
		type arrival struct {
			at       time.Duration
			chat     int32
			priority reminders.Priority
		}
		// More than the platform takes, each at an instant of its own.
		arrivals := make([]arrival, 300)
		var at time.Duration
		for i := range arrivals {
			at += time.Duration(1+r.IntN(50_000)) * time.Microsecond
			arrivals[i] = arrival{at, int32(r.IntN(60)), reminders.Priority(r.IntN(3))}
		}

		want := make([]time.Duration, len(arrivals))
		synctest.Test(t, func(t *testing.T) {
			var g reminders.Gate
			var all sync.WaitGroup
			start := time.Now()
			for i, a := range arrivals {
				all.Go(func() {
					time.Sleep(a.at)
					if err := g.Pass(t.Context(), "p", limits, reminders.Chat(fmt.Sprint(a.chat)), a.priority); err != nil {
						t.Error(err)
					}
					want[i] = time.Since(start)
				})
			}
			all.Wait()
		})

		g := gate{limits: limits, chats: make([]time.Duration, 60)}
		got := make([]time.Duration, len(arrivals))
		left, now := len(arrivals), time.Duration(0)
		for i := 0; left > 0; {
			for ; i < len(arrivals) && arrivals[i].at <= now; i++ {
				g.arrive(&message{chat: arrivals[i].chat, rows: []int32{int32(i)}}, arrivals[i].priority)
			}
			next := g.serve(now, func(m *message) { got[m.rows[0]] = now; left-- })
			if i < len(arrivals) {
				next = min(next, arrivals[i].at)
			}
			now = next
		}
		for i := range arrivals {
			if got[i] != want[i] {
				t.Fatalf("seed %d: message %d passes at %v, through reminders.Gate at %v", seed, i, got[i], want[i])
			}
		}
	}
}
