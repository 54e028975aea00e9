package reminders_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/reminders"
)

func fails(kind reminders.OutcomeKind) error { return &reminders.SendError{Kind: kind, Reason: "test"} }

func TestSentWhenDue(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.begin()
		w.pass(10 * time.Second) // it sleeps already when the plan comes
		w.plan("a:1", w.row("hydration", 90*time.Second), w.row("makeup-ok", 70*time.Minute))
		w.pass(2 * time.Hour)
		w.wantSent(start, "1m40s <hydration>", "1h10m10s <makeup-ok>")
		w.wantStates("a:1", "sent sent")
	})
}

func TestHalfHourIsOneMessage(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.begin()
		w.plan("a:1", w.row("hydration", time.Hour), w.row("spf", 80*time.Minute), w.row("makeup-ok", 85*time.Minute),
			w.row("no-sun", 95*time.Minute))
		w.plan("a:2", w.row("spf", time.Hour))
		w.pass(3 * time.Hour)
		var keys []reminders.DeliveryKey
		for _, c := range w.platform.sent() {
			if slices.Contains(keys, c.m.Key) && c.m.Chat == "a:1" {
				t.Errorf("two messages are called %s", c.m.Key)
			}
			keys = append(keys, c.m.Key)
		}
		if len(keys) != 3 {
			t.Errorf("%d messages, want 3", len(keys))
		}
		// The milestone does not come before it is true.
		for _, c := range w.platform.sent() {
			if strings.Contains(c.m.Text, "makeup-ok") && c.at.Sub(start) < 85*time.Minute {
				t.Errorf("the milestone came after %v", c.at.Sub(start))
			}
			if strings.Contains(c.m.Text, "hydration") && c.m.Text != "<spf>\n\n<hydration>" {
				t.Errorf("%q", c.m.Text)
			}
		}
	})
}

func TestRetryWithBackoff(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.platform.answer = func(n int, _ reminders.Message) error {
			if n < 5 {
				return fails(reminders.Retry)
			}
			return nil
		}
		w.begin()
		w.plan("a:1", w.row("check-in", time.Hour))
		w.pass(2 * time.Hour)
		w.wantSent(start, "1h0m0s <check-in>", "1h0m10s <check-in>", "1h0m30s <check-in>", "1h1m10s <check-in>", "1h2m30s <check-in>")
		w.wantStates("a:1", "sent")
		keys := map[reminders.DeliveryKey]bool{}
		for _, c := range w.platform.sent() {
			keys[c.m.Key] = true
			if len(c.m.Key) == 0 || len(c.m.Key) > 25 {
				t.Errorf("delivery key %q", c.m.Key)
			}
		}
		if len(keys) != 1 {
			t.Errorf("the delivery key changed between attempts: %v", keys)
		}
	})
}

func TestGivenUpStaysVisible(t *testing.T) {
	inWorld(t, func(w *world) {
		w.platform.answer = func(int, reminders.Message) error { return fails(reminders.Retry) }
		w.begin()
		w.plan("a:1", w.row("next-session", time.Hour))
		w.pass(30 * time.Hour)
		w.wantStates("a:1", "given-up")
		counts, err := w.db.Counts(w.t.Context())
		if err != nil || counts[reminders.GivenUp] != 1 {
			t.Errorf("counts %v, %v", counts, err)
		}
		w.platform.answer = func(int, reminders.Message) error { return fails(reminders.Refused) }
		w.plan("a:2", w.row("next-session", time.Hour))
		w.pass(2 * time.Hour)
		w.wantStates("a:2", "given-up")
	})
}

func TestToldToWaitCostsNoAttempt(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.platform.answer = func(n int, _ reminders.Message) error {
			if n <= 200 { // more than attempts are allowed
				return &reminders.SendError{Kind: reminders.Wait, RetryAfter: 7 * time.Second}
			}
			return nil
		}
		w.begin()
		w.plan("a:1", w.row("check-in", time.Hour))
		w.pass(3 * time.Hour)
		w.wantStates("a:1", "sent")
		last := start
		for i, c := range w.platform.sent() {
			if i > 0 && c.at.Sub(last) < 7*time.Second {
				t.Errorf("attempt %d came after %v", i+1, c.at.Sub(last))
			}
			last = c.at
		}
		rows, _ := w.db.Rows(w.t.Context(), "a:1")
		if rows[0].Attempt != 0 {
			t.Errorf("waiting cost %d attempts", rows[0].Attempt)
		}
	})
}

func TestWaitWithoutASpanIsNoBusyLoop(t *testing.T) {
	inWorld(t, func(w *world) {
		w.platform.answer = func(int, reminders.Message) error { return fails(reminders.Wait) }
		w.begin()
		w.plan("a:1", w.row("check-in", time.Minute))
		w.pass(2 * time.Minute)
		if n := len(w.platform.sent()); n < 10 || n > 61 {
			t.Errorf("%d attempts in a minute", n)
		}
	})
}

func TestWholePlatformWaits(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.platform.answer = func(n int, m reminders.Message) error {
			if n == 1 {
				return &reminders.SendError{Kind: reminders.Wait, RetryAfter: 2 * time.Minute, WholePlatform: true}
			}
			return nil
		}
		w.platform.limits.Platform = reminders.Rate{PerSecond: 1}
		for n := range 20 {
			w.plan(fmt.Sprint("a:", n), w.row("check-in", time.Hour))
			w.plan(fmt.Sprint("b:", n), w.row("check-in", time.Hour))
		}
		w.begin()
		w.pass(2 * time.Hour)
		first := ""
		for i, c := range w.platform.sent() {
			at := c.at.Sub(start) - time.Hour
			if i == 0 {
				first = string(c.m.Chat[0])
				continue
			}
			if held := string(c.m.Chat[0]) == first; held && at < 2*time.Minute {
				t.Errorf("%s was sent after %v", c.m.Chat, at)
			} else if !held && at > 30*time.Second {
				t.Errorf("%s, of the other platform, waited for %v", c.m.Chat, at)
			}
		}
		if n := len(w.platform.sent()); n != 41 {
			t.Errorf("%d attempts, want 41", n)
		}
	})
}

func TestUnreachableParks(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.platform.answer = func(int, reminders.Message) error { return fails(reminders.Unreachable) }
		w.begin()
		w.plan("a:1", w.row("hydration", time.Hour), w.row("check-in", 3*time.Hour), w.row("check-in", 27*time.Hour), w.row("next-session", 60*time.Hour))
		w.pass(48 * time.Hour)
		w.wantStates("a:1", "parked parked parked parked")
		w.wantSent(start, "1h0m0s <hydration>") // never looped
		w.platform.answer = nil
		w.turn("a:1", func(*bot.Person) {})
		w.pass(time.Minute)
		w.wantStates("a:1", "late late sent pending")
		w.pass(13 * time.Hour)
		w.wantSent(start, "1h0m0s <hydration>",
			"48h0m0s I could not reach you since Sat 1 Jan 13:00, and I am sorry. This has passed: check-in, Sunscreen. This still holds:  <check-in>",
			"60h0m0s <next-session>")
	})
}

func TestUncertain(t *testing.T) {
	inWorld(t, func(w *world) {
		start, cutOff := w.clock.Now(), 0
		w.platform.answer = func(_ int, m reminders.Message) error {
			switch {
			case m.Chat == "a:3":
				if cutOff++; cutOff > 2 {
					return nil
				}
				return &reminders.SendError{Kind: reminders.Uncertain, Deduplicates: time.Minute}
			case strings.Contains(m.Text, "hydration") || m.Chat == "a:2":
				return errors.New("who knows")
			}
			return nil
		}
		w.begin()
		w.plan("a:1", w.row("hydration", time.Hour), w.row("check-in", time.Hour))
		w.pass(90 * time.Minute)
		w.wantSent(start, "1h0m0s <check-in>  <hydration>", "1h0m10s <check-in>")
		w.wantStates("a:1", "doubted sent")
		w.plan("a:2", w.row("check-in", time.Hour))
		w.pass(26 * time.Hour)
		// It may have arrived, so nobody is told that it was missed.
		w.wantStates("a:2", "doubted")
		w.plan("a:3", w.row("hydration", time.Minute))
		w.pass(10 * time.Minute)
		w.wantStates("a:3", "sent") // Discord-like: a second copy is dropped
	})
}

func TestExpiredIsAdmitted(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.platform.answer = func(n int, _ reminders.Message) error {
			if n < 50 {
				return fails(reminders.Retry)
			}
			return nil
		}
		w.begin()
		w.plan("a:1", w.row("spf", time.Hour))
		w.pass(24 * time.Hour)
		w.wantStates("a:1", "late")
		sent := w.platform.sent()
		last := sent[len(sent)-1]
		if len(last.m.Rows) > 0 || !strings.Contains(last.m.Text, "This has passed in the meantime: Sunscreen.") || strings.Contains(last.m.Text, "<spf>") {
			t.Errorf("after %v: %q", last.at.Sub(start), last.m.Text)
		}
	})
}

func TestMissedWhileDownIsOneMessage(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.plan("a:1", w.row("spf", time.Hour), w.row("check-in", 6*time.Hour), w.row("makeup-ok", 24*time.Hour), w.row("spf", 25*time.Hour),
			w.row("check-in", 30*time.Hour), w.row("spf", 49*time.Hour))
		w.pass(31 * time.Hour)
		w.begin()
		w.pass(20 * time.Hour)
		w.wantSent(start,
			"31h0m0s I could not reach you since Sat 1 Jan 13:00, and I am sorry. This has passed: check-in, Sunscreen. This still holds:  <check-in>  <makeup-ok>  <spf>",
			"49h0m0s <spf>")
		w.wantStates("a:1", "late late sent sent sent sent")
	})
}

func TestNothingInQuietHours(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now() // 12:00 in UTC, 13:00 in Berlin
		down := true
		w.platform.answer = func(int, reminders.Message) error {
			if down {
				return fails(reminders.Retry)
			}
			return nil
		}
		w.begin()
		w.planIn("a:1", "Europe/Berlin", reminders.DefaultQuiet, w.row("makeup-ok", 8*time.Hour))
		w.pass(9 * time.Hour)
		down = false
		w.pass(24 * time.Hour)
		sent := w.platform.sent()
		if last := sent[len(sent)-1]; last.at.Sub(start) != 19*time.Hour || !strings.Contains(last.m.Text, "meant for Sat 1 Jan 21:00") {
			t.Errorf("%v %s", last.at.Sub(start), last.m.Text)
		}
		w.wantStates("a:1", "sent")
	})
}

func TestSnoozeAndDone(t *testing.T) {
	inWorld(t, func(w *world) {
		start := w.clock.Now()
		w.begin()
		plan := func() []reminders.Row { return []reminders.Row{w.row("spf", time.Hour), w.row("no-sun", time.Hour)} }
		rows := plan()
		w.planIn("a:1", "Europe/Berlin", reminders.DefaultQuiet, rows...)
		w.pass(2 * time.Hour)
		first := w.platform.sent()[0].m.Key
		w.turn("a:1", func(p *bot.Person) {
			p.Orders.Snooze = []reminders.Snooze{{Delivery: first, Until: start.Add(10 * time.Hour)}} // 23:00, and after sunset
		})
		// A plan that is made again does not undo it.
		w.planIn("a:1", "Europe/Berlin", reminders.DefaultQuiet, rows...)
		w.pass(20 * time.Hour)
		w.wantSent(start, "1h0m0s <spf>  <no-sun>", "10h0m0s <spf>  <no-sun>")
		second := w.platform.sent()[1].m.Key
		if first == second {
			t.Error("two messages have one delivery key")
		}
		w.turn("a:1", func(p *bot.Person) { p.Orders.At, p.Orders.Done = w.clock.Now(), []reminders.DeliveryKey{second} })
		w.planIn("a:1", "Europe/Berlin", reminders.DefaultQuiet, rows...)
		w.pass(20 * time.Hour)
		w.wantStates("a:1", "done done")
		if n := len(w.platform.sent()); n != 2 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestTakenBackWhileQueued(t *testing.T) {
	inWorld(t, func(w *world) {
		w.platform.limits.Platform = reminders.Rate{PerSecond: 0.1}
		for n := range 10 {
			w.plan(fmt.Sprint("a:", n), w.row("check-in", time.Hour))
		}
		w.begin()
		w.pass(time.Hour + 15*time.Second) // two are out, eight stand at the gate
		for n := range 10 {
			w.plan(fmt.Sprint("a:", n))
		}
		w.pass(time.Hour)
		if n := len(w.platform.sent()); n != 2 {
			t.Errorf("%d were sent, want 2", n)
		}
	})
}

func TestClockJumps(t *testing.T) {
	inWorld(t, func(w *world) {
		w.begin()
		w.plan("a:1", w.row("check-in", 10*time.Hour), w.row("results", 30*time.Hour))
		w.pass(time.Hour)
		w.clock.set(9 * time.Hour) // the machine slept, and nobody tells
		w.pass(time.Minute)
		if sent := w.platform.sent(); len(sent) != 1 {
			t.Fatalf("%d messages after the jump", len(sent))
		}
		// While the clock is a day ahead something is put off; then the clock is set right.
		w.platform.answer = func(n int, _ reminders.Message) error {
			if n == 2 {
				return fails(reminders.Retry)
			}
			return nil
		}
		w.clock.set(24 * time.Hour)
		w.pass(time.Minute)
		w.clock.set(-24 * time.Hour)
		w.pass(2 * time.Hour)
		w.wantStates("a:1", "sent pending") // promised for later: not before
		w.pass(24 * time.Hour)
		w.wantStates("a:1", "sent sent")
	})
}

func TestPutOffIsRewound(t *testing.T) {
	inWorld(t, func(w *world) {
		w.platform.answer = func(n int, _ reminders.Message) error {
			if n == 1 {
				return fails(reminders.Retry)
			}
			return nil
		}
		w.clock.set(365 * 24 * time.Hour)
		w.plan("a:1", reminders.Row{Key: "k", Kind: "results", Text: "<results>", Due: w.clock.Now().Add(-1), Expires: time.Time{}},
			reminders.Row{Key: "l", Kind: "results", Text: "<results>", Due: w.clock.Now()})
		w.begin()
		w.pass(time.Second)
		w.clock.set(-365 * 24 * time.Hour)
		w.plan("a:2", w.row("check-in", time.Hour))
		w.pass(2 * time.Hour)
		w.wantStates("a:2", "sent")
	})
}

func TestDispatcherStops(t *testing.T) {
	inWorld(t, func(w *world) {
		release := make(chan struct{})
		w.platform.answer = func(int, reminders.Message) error { <-release; return nil }
		w.platform.limits.Platform = reminders.Rate{PerSecond: 0.01}
		for n := range 10 {
			w.plan(fmt.Sprint("a:", n), w.row("check-in", time.Hour))
		}
		w.begin()
		w.pass(time.Hour + time.Second)
		ended := make(chan struct{})
		stop := w.stop
		go func() { stop(); close(ended) }()
		w.pass(time.Second)
		select {
		case <-ended:
			t.Error("it did not wait for what runs")
		default:
		}
		close(release)
		<-ended
		w.stop = nil
		counts, err := w.db.Counts(w.t.Context())
		if err != nil || counts[reminders.Sent] != 1 || counts[reminders.Pending] != 9 {
			t.Errorf("counts %v, %v", counts, err)
		}
	})
}

func TestBurstKeepsTheLimit(t *testing.T) {
	inWorld(t, func(w *world) {
		chats := 2000
		if testing.Short() {
			chats = 500
		}
		start := w.clock.Now()
		w.platform.limits = reminders.Limits{Platform: reminders.Rate{PerSecond: 30, Burst: 1}, Chat: reminders.Rate{PerSecond: 1}}
		for n := range chats {
			w.plan(fmt.Sprint("a:", n), w.row("check-in", time.Hour))
		}
		w.begin()
		w.pass(2 * time.Hour)
		sent := w.platform.sent()
		if len(sent) != chats {
			t.Fatalf("%d messages", len(sent))
		}
		perSecond := map[int]int{}
		for _, c := range sent {
			perSecond[int(c.at.Sub(start)/time.Second)]++
		}
		for s, n := range perSecond {
			if n > 31 {
				t.Errorf("%d messages in second %d", n, s)
			}
		}
		if took := sent[chats-1].at.Sub(sent[0].at); took > time.Duration(chats/30+3)*time.Second {
			t.Errorf("the burst of %d took %v at 30 a second", chats, took)
		}
	})
}

func TestFortnight(t *testing.T) {
	inWorld(t, func(w *world) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		start := w.clock.Now()
		in := reminders.Input{Treated: start, Setting: content.Clinic, Zone: berlin, Quiet: reminders.DefaultQuiet, Library: library()}
		plan := reminders.Build(in)
		w.begin()
		again := func() {
			s := plan.Schedule("0", in, w.clock.Now(), nil)
			w.turn("a:1", func(p *bot.Person) { p.Orders.Plan = &s })
		}
		days := 30
		if testing.Short() {
			days = 16
		}
		for range days {
			again() // every day, as if settings changed: no doubles, nothing revived
			w.pass(24 * time.Hour)
		}
		said := map[string]int{}
		for _, c := range w.platform.sent() {
			if in.Quiet.Contains(c.at.In(berlin)) {
				t.Errorf("%s came at %s", c.m.Text, c.at.In(berlin))
			}
			if len(c.m.Missed) > 0 || strings.Contains(c.m.Text, "sorry") {
				t.Errorf("at %s: %s", c.at, c.m.Text)
			}
			for _, r := range c.m.Rows {
				said[fmt.Sprint(r.Kind, r.Text, r.Due.Format(time.DateOnly))]++
			}
		}
		planned := 0
		for _, r := range plan.Reminders {
			if r.At.Before(w.clock.Now()) {
				planned++
			}
		}
		if len(said) != planned {
			t.Errorf("%d reminders were sent, %d planned", len(said), planned)
		}
		for what, n := range said {
			if n != 1 {
				t.Errorf("%d times: %s", n, what)
			}
		}
		if s := w.states("a:1"); strings.Contains(s, "late") || strings.Contains(s, "doubted") {
			t.Error(s)
		}
	})
}
