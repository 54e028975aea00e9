package reminders

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestGateKeepsRates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g Gate
		limits := Limits{Platform: Rate{PerSecond: 10, Burst: 5}, Chat: Rate{PerSecond: 1, Burst: 1}}
		start := time.Now()
		passed := make(chan struct {
			chat Chat
			at   time.Duration
		}, 1000)
		for n := range 100 {
			chat := Chat(fmt.Sprint(n % 20))
			go func() {
				if err := g.Pass(t.Context(), "p", limits, chat, Nudge); err != nil {
					t.Error(err)
				}
				passed <- struct {
					chat Chat
					at   time.Duration
				}{chat, time.Since(start)}
			}()
		}
		last, total := map[Chat]time.Duration{}, 0
		perSecond := map[time.Duration]int{}
		for range 100 {
			p := <-passed
			if before, ok := last[p.chat]; ok && p.at-before < time.Second {
				t.Errorf("chat %s after %v", p.chat, p.at-before)
			}
			last[p.chat] = p.at
			perSecond[p.at/time.Second]++
			total++
		}
		for second, n := range perSecond {
			if n > 15 {
				t.Errorf("%d passed in second %d", n, second)
			}
		}
		if took := time.Since(start); took > 11*time.Second {
			t.Errorf("100 took %v, the platform's limit allows 9.5 s", took)
		}
	})
}

func TestGateLetsTheImportantFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g Gate
		limits := Limits{Platform: Rate{PerSecond: 1}}
		order := make(chan string, 100)
		enter := func(name string, p Priority) {
			go func() {
				if g.Pass(t.Context(), "p", limits, Chat(name), p) == nil {
					order <- name
				}
			}()
			synctest.Wait()
		}
		enter("nudge 1", Nudge)
		for n := 2; n < 50; n++ {
			enter(fmt.Sprint("nudge ", n), Nudge)
		}
		enter("reply 1", Reply)
		enter("reply 2", Reply)
		enter("alert", Alert)
		var got []string
		for range 6 {
			got = append(got, <-order)
		}
		if want := []string{"nudge 1", "alert", "reply 1", "reply 2", "nudge 2", "nudge 3"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		for range 46 {
			<-order
		}
	})
}

func TestGateIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g Gate
		limits := Limits{Platform: Rate{PerSecond: 1}}
		if err := g.Pass(t.Context(), "p", limits, "a", Reply); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		start := time.Now()
		done := make(chan time.Duration)
		go func() {
			time.Sleep(100 * time.Millisecond)
			if err := g.Pass(t.Context(), "p", limits, "c", Nudge); err != nil {
				t.Error(err)
			}
			done <- time.Since(start)
		}()
		if err := g.Pass(ctx, "p", limits, "b", Reply); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		// Who left used nothing up.
		if at := <-done; at != time.Second {
			t.Errorf("the next passed after %v", at)
		}
		g.Hold("p", limits, time.Now().Add(time.Minute))
		start = time.Now()
		if err := g.Pass(t.Context(), "p", limits, "c", Alert); err != nil || time.Since(start) != time.Minute {
			t.Errorf("held for %v, %v", time.Since(start), err)
		}
		start = time.Now()
		if err := g.Pass(t.Context(), "other", Limits{}, "c", Nudge); err != nil || time.Since(start) != 0 {
			t.Errorf("a platform without a limit took %v, %v", time.Since(start), err)
		}
	})
}

func TestGateForgetsChats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g Gate
		limits := Limits{Chat: Rate{PerSecond: 1}}
		for n := range 3 * manyChats {
			if err := g.Pass(t.Context(), "p", limits, Chat(fmt.Sprint(n)), Nudge); err != nil {
				t.Fatal(err)
			}
			if n%1000 == 0 {
				time.Sleep(2 * time.Second)
			}
		}
		if n := len(g.platforms["p"].chats); n > manyChats {
			t.Errorf("%d buckets", n)
		}
	})
}
