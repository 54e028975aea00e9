package reminders_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/internal/clock"
	"afterglow/internal/store"
	"afterglow/reminders"
)

// BenchmarkDispatch measures the whole way from due to delivered on a real file with full
// durability, to a platform without a limit that answers at once. A thousand chats are due at once.
func BenchmarkDispatch(b *testing.B) {
	const chats = 1000
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "people.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	library()
	round := 0
	for b.Loop() {
		b.StopTimer()
		round++
		now := time.Now()
		for n := range chats {
			_, err := db.Turn(b.Context(), bot.ChatID(fmt.Sprint("a:", n)), "", func(p *bot.Person) ([]bot.Message, error) {
				p.Consent = now
				p.Orders.Plan = &reminders.Schedule{Made: now, Rows: []reminders.Row{{Key: reminders.RowKey(fmt.Sprint(round)), Kind: "check-in", Text: "How is it?", Due: now}}}
				return nil, nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		ctx, cancel := context.WithCancel(b.Context())
		var left sync.WaitGroup
		left.Add(chats)
		d := reminders.NewDispatcher(reminders.Options{Queue: db, Sender: &platform{now: time.Now}, Clock: clock.New(1, time.Time{}, time.Now), Library: library(),
			Observe: func(reminders.OutcomeKind, []reminders.Row, time.Duration) { left.Done() }})
		ended := make(chan struct{})
		go func() { defer close(ended); _ = d.Run(ctx) }()
		left.Wait()
		cancel()
		<-ended
	}
	b.ReportMetric(float64(chats*b.N)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkLateness measures how long after its instant a reminder is sent, on a real file and the
// real clock: the 99th percentile in milliseconds.
func BenchmarkLateness(b *testing.B) {
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "people.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	library()
	ctx, cancel := context.WithCancel(b.Context())
	late := make(chan time.Duration, 1)
	d := reminders.NewDispatcher(reminders.Options{Queue: db, Sender: &platform{now: time.Now}, Clock: clock.New(1, time.Time{}, time.Now), Library: library(),
		Observe: func(_ reminders.OutcomeKind, _ []reminders.Row, by time.Duration) { late <- by }})
	ended := make(chan struct{})
	go func() { defer close(ended); _ = d.Run(ctx) }()
	var all []time.Duration
	n := 0
	for b.Loop() {
		n++
		now := time.Now()
		_, err := db.Turn(b.Context(), bot.ChatID(fmt.Sprint("a:", n)), "", func(p *bot.Person) ([]bot.Message, error) {
			p.Consent = now
			p.Orders.Plan = &reminders.Schedule{Made: now, Rows: []reminders.Row{{Key: "k", Kind: "check-in", Text: "How is it?", Due: now.Add(20 * time.Millisecond)}}}
			return nil, nil
		})
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, <-late)
	}
	cancel()
	<-ended
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)*99/100])/1e6, "p99-ms")
}
