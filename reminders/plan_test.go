package reminders

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"afterglow/content"
)

func library(t testing.TB) *content.Library {
	t.Helper()
	l, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestMilestones holds the plan against the table of windows.
func TestMilestones(t *testing.T) {
	treated := time.Date(2026, 3, 1, 15, 0, 0, 0, berlin(t))
	hours := func(s content.Setting) map[Kind]float64 {
		out := map[Kind]float64{}
		for _, m := range Build(Input{Treated: treated, Setting: s, Zone: berlin(t), Quiet: DefaultQuiet, Library: library(t)}).Milestones {
			if _, ok := out[m.Kind]; !ok {
				out[m.Kind] = m.At.Sub(treated).Hours()
			}
		}
		return out
	}
	const day = 24
	for setting, want := range map[content.Setting]map[Kind]float64{
		content.Clinic: {MakeupOK: 48, ExerciseOK: 7 * day, RetinolOK: 7 * day, VitaminCOK: 7 * day, AcidsOK: 7 * day,
			SwimmingOK: 7 * day, RoutineOK: 7 * day, AlcoholSmokingOK: 14 * day, NextSession: 28 * day, Results: 21 * day},
		content.Home: {MakeupOK: 24, ExerciseOK: 48, RetinolOK: 4 * day, VitaminCOK: 5 * day, AcidsOK: 5 * day,
			SwimmingOK: 7 * day, RoutineOK: 5 * day, AlcoholSmokingOK: 14 * day, NextSession: 14 * day, Results: 21 * day},
	} {
		got := hours(setting)
		for kind, h := range want {
			if got[kind] != h {
				t.Errorf("%s, %s: after %v h, want %v h", setting, kind, got[kind], h)
			}
		}
	}
}

func TestEveryKindComes(t *testing.T) {
	plan := Build(Input{Treated: time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC), Setting: content.Clinic, Quiet: DefaultQuiet, Library: library(t)})
	seen := map[Kind]bool{}
	for _, r := range plan.Reminders {
		seen[r.Kind] = true
		if r.Text == "" {
			t.Errorf("%s at %s says nothing", r.Kind, r.At)
		}
	}
	for _, kind := range strings.Fields("first-night spf no-actives no-makeup no-sweat no-sun no-swimming hydration sleep-position " +
		"no-alcohol-smoking check-in makeup-ok exercise-ok retinol-ok vitamin-c-ok acids-ok swimming-ok routine-ok alcohol-smoking-ok results next-session") {
		if !seen[Kind(kind)] {
			t.Errorf("no reminder of the kind %s", kind)
		}
	}
}

func TestPlanKeepsItsPromises(t *testing.T) {
	all := zones(t)
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		in := Input{
			Treated: time.Unix(rapid.Int64Range(1767225600, 2082758400).Draw(t, "treated"), 0),
			Setting: rapid.SampledFrom([]content.Setting{content.Clinic, content.Home, content.AnySetting}).Draw(t, "setting"),
			Zone:    rapid.SampledFrom(all).Draw(t, "zone"),
			Quiet:   Quiet{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1439).Draw(t, "to")},
			Library: l,
			Times:   map[Kind]int{"spf": rapid.IntRange(0, 1439).Draw(t, "spf")},
		}
		if rapid.Bool().Draw(t, "travels") {
			in.Hours = rapid.SampledFrom(all).Draw(t, "hours")
		}
		plan := Build(in)
		perDay := map[string]int{}
		last := time.Time{}
		var message time.Time
		for _, r := range plan.Reminders {
			if r.At.Before(in.Treated) {
				t.Fatalf("%s comes before the treatment, at %s", r.Kind, r.At)
			}
			if r.At.Before(last) {
				t.Fatalf("%s at %s is out of order", r.Kind, r.At)
			}
			last = r.At
			if in.Quiet.Contains(r.At) && in.Quiet.From != in.Quiet.To {
				t.Fatalf("%s at %s lies in the quiet hours %s", r.Kind, r.At, in.Quiet)
			}
			if message.IsZero() || r.At.Sub(message) > halfHour || !sameCivilDay(message, r.At) {
				message = r.At
				perDay[r.At.Format(time.DateOnly)]++
			}
		}
		for day, n := range perDay {
			if n > maxPerDay {
				t.Fatalf("%d messages on %s", n, day)
			}
		}
	})
}

func TestCalendar(t *testing.T) {
	treated := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
	l := library(t)
	ics := Calendar(Build(Input{Treated: treated, Setting: content.Clinic, Library: l}), treated, l)
	for _, want := range []string{"BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260303T150000Z", "END:VCALENDAR"} {
		if !strings.Contains(ics, want) {
			t.Errorf("the calendar lacks %q", want)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	in := Input{Treated: time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC), Setting: content.Clinic, Quiet: DefaultQuiet, Library: library(b)}
	for b.Loop() {
		Build(in)
	}
}
