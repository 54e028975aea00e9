package reminders

import (
	"strings"
	"testing"
	"time"

	"afterglow/content"
)

func wishful(t *testing.T, change func(*Input)) []Reminder {
	t.Helper()
	in := Input{Treated: time.Date(2026, 3, 2, 15, 0, 0, 0, berlin(t)), Setting: content.Clinic, Zone: berlin(t), Quiet: DefaultQuiet, Library: library(t)}
	change(&in)
	return Build(in).Reminders
}

func kinds(all []Reminder) map[Kind]int {
	out := map[Kind]int{}
	for _, r := range all {
		out[r.Kind]++
	}
	return out
}

func TestLevelsAndSwitches(t *testing.T) {
	for k := range kinds(wishful(t, func(in *Input) { in.Level = Safety })) {
		if !k.safety() && k != checkin {
			t.Errorf("%s is no matter of safety", k)
		}
	}
	light := wishful(t, func(in *Input) { in.Level = Light })
	if k := kinds(light); k["hydration"]+k["sleep-position"] > 0 || k["spf"] == 0 || k[MakeupOK] == 0 {
		t.Errorf("light brings %v", k)
	}
	if k := kinds(wishful(t, func(in *Input) { in.Off = []Kind{"spf", MakeupOK} })); k["spf"]+k[MakeupOK] > 0 || k["check-in"] == 0 {
		t.Errorf("without SPF and makeup: %v", k)
	}
	if full, more := wishful(t, func(*Input) {}), wishful(t, func(in *Input) { in.Level = More }); len(more) <= len(full) {
		t.Errorf("more brings %d, full %d", len(more), len(full))
	}
	calm := func(at time.Time) string {
		for _, r := range wishful(t, func(in *Input) { in.Gated, in.Calm = true, at }) {
			if r.Kind == RetinolOK {
				return r.Text
			}
		}
		return ""
	}
	back := time.Time{}
	for _, r := range wishful(t, func(*Input) {}) {
		if r.Kind == RetinolOK {
			back = r.At
		}
	}
	if a, b := calm(back.Add(-24*time.Hour)), calm(back.Add(-72*time.Hour)); a == b || a == "" || b != calm(time.Time{}) {
		t.Errorf("retinol after a calm check-in %q, after an old one %q", a, b)
	}
	if k := kinds(wishful(t, func(in *Input) { in.Held = true })); k[MakeupOK]+k[NextSession] > 0 || k[Results] == 0 {
		t.Errorf("held: %v", k)
	}
}

func TestPauseMovesWhatComesBackToItsEnd(t *testing.T) {
	from := time.Date(2026, 3, 3, 12, 0, 0, 0, berlin(t))
	until := from.AddDate(0, 0, 3)
	makeup := false
	for _, r := range wishful(t, func(in *Input) { in.Pause = Pause{from, until} }) {
		if !r.At.Before(from) && r.At.Before(until) {
			t.Errorf("%s at %s, in the pause", r.Kind, r.At)
		}
		makeup = makeup || r.Kind == MakeupOK && r.At.Equal(until)
	}
	if !makeup {
		t.Error("makeup is not told when the pause ends")
	}
	for _, r := range wishful(t, func(in *Input) { in.Pause = Pause{From: from} }) {
		if !r.At.Before(from) {
			t.Errorf("%s at %s, in a pause without an end", r.Kind, r.At)
		}
	}
}

func TestThreeUnansweredCheckins(t *testing.T) {
	all := wishful(t, func(in *Input) { in.Heard = in.Treated })
	asked, last := 0, time.Time{}
	for _, r := range all {
		switch {
		case !last.IsZero():
			if !r.Kind.Milestone() && !r.Kind.safety() {
				t.Errorf("%s after the last question", r.Kind)
			}
		case r.Kind == checkin:
			if asked++; strings.Contains(r.Text, "heard nothing") {
				last = r.At
			}
		}
	}
	if asked != 4 {
		t.Errorf("%d check-ins, want three and the last question", asked)
	}
	if k := kinds(all); k[RetinolOK] != 1 {
		t.Errorf("milestones stop too: %v", k)
	}
}

func TestStillSensitiveMovesWhatIsNotGreen(t *testing.T) {
	at := map[Kind]time.Time{}
	for _, r := range wishful(t, func(*Input) {}) {
		at[r.Kind] = r.At
	}
	for _, r := range wishful(t, func(in *Input) {
		for _, days := range []int{3, 6, 6} {
			in.Sensitive = append(in.Sensitive, in.Treated.AddDate(0, 0, days))
		}
	}) {
		if want, moved := map[Kind]int{MakeupOK: 0, RetinolOK: 3, AlcoholSmokingOK: 3}[r.Kind]; moved && !r.At.Equal(at[r.Kind].AddDate(0, 0, want)) {
			t.Errorf("%s at %s, want %d days after %s", r.Kind, r.At, want, at[r.Kind])
		}
	}
}

// TestMergeInAPause catches what the plan itself does not move: what was snoozed, and what is late.
func TestMergeInAPause(t *testing.T) {
	now := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	row := func(id int64, kind Kind, due time.Time, snoozed bool) Row {
		return Row{ID: id, Key: RowKey(kind), Kind: kind, Due: due, Next: due, State: Pending, Snoozed: snoozed}
	}
	existing := []Row{row(1, "spf", now.Add(time.Hour), true), row(2, "no-sun", now.Add(-time.Hour), false), row(3, MakeupOK, now.Add(-time.Hour), false)}
	s := Schedule{Made: now, Pause: Pause{now, now.AddDate(0, 0, 2)}}
	for _, r := range existing {
		s.Rows = append(s.Rows, Row{Key: r.Key, Kind: r.Kind, Due: now.Add(-time.Hour), Next: now.Add(-time.Hour)})
	}
	c := Merge(existing, s)
	if len(c.Delete) != 2 || len(c.Update) != 1 || c.Update[0].Kind != MakeupOK || !c.Update[0].Due.Equal(s.Pause.Until) {
		t.Errorf("deletes %v, updates %v", c.Delete, c.Update)
	}
	s.Pause.Until = time.Time{}
	if c := Merge(existing, s); len(c.Delete) != 3 {
		t.Errorf("a pause without an end deletes %v", c.Delete)
	}
	s.Pause = Pause{}
	if c := Merge(existing, s); len(c.Delete) != 0 {
		t.Errorf("without a pause deletes %v", c.Delete)
	}
}

func TestTonightIsNotSaidInTheMorning(t *testing.T) {
	for hour, want := range map[int]string{15: "15:10", 21: "21:25", 23: ""} {
		got := ""
		treated := time.Date(2026, 3, 2, hour, 0, 0, 0, berlin(t))
		if hour == 21 {
			treated = treated.Add(25 * time.Minute)
		}
		for _, r := range wishful(t, func(in *Input) { in.Treated = treated }) {
			if r.Kind == "first-night" {
				got = r.At.Format("15:04")
			}
		}
		if got != want {
			t.Errorf("treated at %s: first night at %q, want %q", treated.Format("15:04"), got, want)
		}
	}
}
