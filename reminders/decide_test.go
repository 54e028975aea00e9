package reminders

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBackoff(t *testing.T) {
	for _, c := range []struct {
		attempts int
		jitter   float64
		want     time.Duration
	}{
		{1, 0, backoffFirst / 2}, {1, 1, backoffFirst}, {2, 0, backoffFirst}, {0, 0, backoffFirst / 2}, {-5, 0, backoffFirst / 2},
		{1000, 0, backoffCap / 2}, {math.MaxInt, 1, backoffCap}, {3, -1, 2 * backoffFirst}, {3, 7, 4 * backoffFirst}, {8, 1, backoffCap},
	} {
		if got := Backoff(c.attempts, c.jitter); got != c.want {
			t.Errorf("Backoff(%d, %v) = %v, want %v", c.attempts, c.jitter, got, c.want)
		}
	}
}

var everyKind = []Kind{"first-night", "spf", "no-actives", "no-makeup", "no-sweat", "no-sun", "no-swimming", "hydration", "sleep-position",
	"no-alcohol-smoking", "check-in", MakeupOK, ExerciseOK, RetinolOK, VitaminCOK, AcidsOK, SwimmingOK, RoutineOK, AlcoholSmokingOK, Results, NextSession}

// TestLifeOfARow leads a row from outcome to outcome and holds each step against what must hold.
func TestLifeOfARow(t *testing.T) {
	outcomes := []OutcomeKind{Delivered, Retry, Retry, Wait, Wait, Unreachable, Uncertain, Uncertain, Expired, Refused}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]string{"", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"}).Draw(t, "zone")
		now := time.Unix(rapid.Int64Range(1767225600, 2082758400).Draw(t, "now"), 0)
		r := Row{ID: 1, Kind: rapid.SampledFrom(everyKind).Draw(t, "kind"), Due: now, State: Pending, Zone: zone, Snoozed: rapid.Bool().Draw(t, "snoozed"),
			Quiet: Quiet{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1439).Draw(t, "to")}}
		r.Expires = Expiry(r.Kind, r.Due.In(location(zone)), Surroundings{})
		arrivedForSure := false
		counted := 0
		for range rapid.IntRange(1, 150).Draw(t, "steps") {
			o := Outcome{Kind: rapid.SampledFrom(outcomes).Draw(t, "outcome"), Reason: "r"}
			switch o.Kind {
			case Wait:
				o.After = time.Duration(rapid.Int64Range(-5, 1e6).Draw(t, "after")) * time.Millisecond
			case Uncertain:
				o.Deduplicates = time.Duration(rapid.Int64Range(0, 600).Draw(t, "deduplicates")) * time.Second
			}
			jitter := rapid.Float64Range(0, 0.999).Draw(t, "jitter")
			s := Decide(r, o, now, jitter)
			again := Decide(r, o, now, jitter)
			if s != again {
				t.Fatalf("two decisions: %+v, %+v", s, again)
			}
			if o.Kind == Retry || o.Kind == Uncertain {
				counted++
			}
			pause := s.Next.Sub(now)
			switch {
			case s.ID != r.ID || s.Attempt != counted || !s.At.Equal(now):
				t.Fatalf("%+v after %d attempts", s, counted)
			case s.State == Pending && pause < max(o.After, 0):
				t.Fatalf("told to wait for %v, waits for %v", o.After, pause)
			case s.State != Pending && !s.Next.IsZero():
				t.Fatalf("%s, and next at %s", s.State, s.Next)
			case s.State == Pending && !r.Snoozed && r.Quiet.Contains(s.Next.In(location(zone))) && r.Quiet.From != r.Quiet.To:
				t.Fatalf("%s lies in %s", s.Next.In(location(zone)), r.Quiet)
			case s.State == Pending && pause > 26*time.Hour+o.After+backoffCap:
				t.Fatalf("waits for %v", pause)
			case s.Attempt >= maxAttempts && s.State == Pending && o.Kind != Wait:
				t.Fatalf("still tries after %d attempts", s.Attempt)
			case o.Kind == Uncertain && s.State == Pending && !MayRepeat(r.Kind) && pause >= o.Deduplicates:
				t.Fatalf("a %s may be doubled after %v", r.Kind, pause)
			case o.Kind == Uncertain && s.State == Pending && r.Expired(s.Next):
				t.Fatal("what may have arrived would be admitted as missed")
			case r.Doubt && s.State == Pending && !s.Doubt:
				t.Fatal("the doubt was forgotten")
			case (o.Kind == Retry || o.Kind == Wait) && s.State == Doubted, o.Kind == Delivered && s.State != Sent:
				t.Fatalf("%s after %s", s.State, o.Kind)
			}
			arrivedForSure = arrivedForSure || s.State == Sent
			if !s.State.Open() || s.State == Parked {
				return
			}
			r.Attempt, r.Next, r.Doubt, r.Reason = s.Attempt, s.Next, s.Doubt, s.Reason
			now = s.Next.Add(time.Duration(rapid.Int64Range(0, 3600).Draw(t, "later")) * time.Second)
		}
		if arrivedForSure {
			t.Fatal("went on after it was sent")
		}
	})
}

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Outcome
	}{
		{nil, Outcome{Kind: Delivered}},
		{&SendError{Kind: Wait, RetryAfter: time.Second, Reason: "429"}, Outcome{Kind: Wait, After: time.Second, Reason: "429"}},
		{wrapped{&SendError{Kind: Unreachable, Reason: "blocked"}}, Outcome{Kind: Unreachable, Reason: "blocked"}},
		{&SendError{Kind: Delivered}, Outcome{Kind: Uncertain, Reason: "unclassified"}}, // a contradiction
		{wrapped{errNothingLeft}, Outcome{Kind: Uncertain, Reason: "unclassified"}},
	} {
		if got := Classify(c.err); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.err, got, c.want)
		}
	}
}

type wrapped struct{ error }

func (w wrapped) Unwrap() error { return w.error }

func TestExpiry(t *testing.T) {
	zone := berlin(t)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, zone) }
	sunset := func(sets bool) Surroundings {
		return Surroundings{Sunset: func(time.Time) (time.Time, bool) { return at(4, 18, 7), sets }}
	}
	for _, c := range []struct {
		name string
		kind Kind
		due  time.Time
		in   Surroundings
		want time.Time
	}{
		{"SPF without the sun", "spf", at(4, 8, 0), Surroundings{}, at(4, 20, 0)},
		{"SPF at sunset", "spf", at(4, 8, 0), sunset(true), at(4, 18, 7)},
		{"SPF in polar night", "spf", at(4, 8, 0), sunset(false), at(4, 20, 0)},
		{"SPF of a night worker", "spf", at(4, 21, 0), Surroundings{}, at(5, 0, 0)},
		{"check-in until the next", "check-in", at(4, 18, 0), Surroundings{NextCheckin: at(7, 18, 0)}, at(7, 18, 0)},
		{"the last check-in", "check-in", at(4, 18, 0), Surroundings{}, at(5, 18, 0)},
		{"no makeup, the day", "no-makeup", at(4, 8, 0), Surroundings{WindowEnd: at(5, 15, 0)}, at(5, 0, 0)},
		{"no makeup, the window", "no-makeup", at(4, 8, 0), Surroundings{WindowEnd: at(4, 15, 0)}, at(4, 15, 0)},
		{"hydration", "hydration", at(4, 12, 0), Surroundings{}, at(5, 0, 0)},
		{"the shortest day", "hydration", at(29, 1, 0), Surroundings{}, at(30, 0, 0)},
		{"first night", "first-night", at(4, 15, 10), Surroundings{}, at(5, 3, 10)},
		{"milestone", MakeupOK, at(4, 15, 0), Surroundings{}, at(4, 15, 0).Add(72 * time.Hour)},
		{"results", Results, at(4, 15, 0), Surroundings{}, time.Time{}},
		{"next session", NextSession, at(4, 15, 0), Surroundings{}, time.Time{}},
	} {
		if got := Expiry(c.kind, c.due, c.in); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
