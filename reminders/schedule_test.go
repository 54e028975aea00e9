package reminders

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"afterglow/content"
)

func TestSchedule(t *testing.T) {
	treated := time.Date(2026, 3, 1, 15, 0, 0, 0, berlin(t))
	in := Input{Treated: treated, Setting: content.Clinic, Zone: berlin(t), Quiet: DefaultQuiet, Library: library(t)}
	s := Build(in).Schedule("0", in, treated.Add(time.Hour), nil)
	if s.Zone != "Europe/Berlin" || s.Quiet != DefaultQuiet || !s.Made.Equal(treated.Add(time.Hour)) {
		t.Errorf("%s %s %s", s.Zone, s.Quiet, s.Made)
	}
	keys := map[RowKey]Kind{}
	for _, r := range s.Rows {
		if other, ok := keys[r.Key]; ok {
			t.Errorf("%s and %s have one key", r.Kind, other)
		}
		keys[r.Key] = r.Kind
		if n := len(r.deliveryKey()); n > 25 {
			t.Errorf("a delivery key of %d characters", n)
		}
		if !r.Expires.IsZero() && !r.Expires.After(r.Due) {
			t.Errorf("%s is due at %s and true until %s", r.Kind, r.Due, r.Expires)
		}
	}
	if first := s.Rows[0]; first.Kind != "first-night" || !first.Due.Equal(s.Made) {
		t.Errorf("first %s at %s: an hour late is still the first night", first.Kind, first.Due)
	}
	late := Build(in).Schedule("0", in, treated.Add(48*time.Hour), nil)
	if first := late.Rows[0]; !first.Due.Before(late.Made) {
		t.Errorf("two days later the first night would come at %s", first.Due)
	}
	if other := Build(in).Schedule("1", in, s.Made, nil); other.Rows[0].Key == s.Rows[0].Key {
		t.Error("two treatments share a key")
	}
}

// TestKeysOutliveChanges moves a person through zones and settings: what was promised is met again.
func TestKeysOutliveChanges(t *testing.T) {
	all, l := zones(t), library(t)
	rapid.Check(t, func(t *rapid.T) {
		in := Input{Treated: time.Unix(rapid.Int64Range(1767225600, 2082758400).Draw(t, "treated"), 0), Setting: content.Clinic,
			Zone: rapid.SampledFrom(all).Draw(t, "zone"), Quiet: DefaultQuiet, Library: l}
		moved := in
		moved.Zone = rapid.SampledFrom(all).Draw(t, "to")
		before, after := Build(in).Schedule("0", in, in.Treated, nil), Build(moved).Schedule("0", moved, in.Treated, nil)
		once, promised := map[RowKey]bool{}, map[Kind]bool{}
		for _, r := range before.Rows {
			if r.Kind.Milestone() || r.Kind == "first-night" {
				once[r.Key], promised[r.Kind] = true, true
			}
		}
		for _, r := range after.Rows {
			// Where it is late at night already, the first night is not spoken of; in the next zone
			// it may be early enough.
			if promised[r.Kind] && !once[r.Key] {
				t.Fatalf("%s at %s would come a second time in %s", r.Kind, r.Due, moved.Zone)
			}
		}
		// No milestone is told before it is true, in whatever company.
		green := map[Kind]time.Time{}
		for _, m := range Build(in).Milestones {
			if _, ok := green[m.Kind]; !ok {
				green[m.Kind] = m.At
			}
		}
		for _, r := range before.Rows {
			if r.Kind.Milestone() && r.Due.Before(green[r.Kind]) {
				t.Fatalf("%s at %s is true at %s", r.Kind, r.Due, green[r.Kind])
			}
			if in.Quiet.Contains(r.Due.In(in.Zone)) {
				t.Fatalf("%s at %s", r.Kind, r.Due)
			}
		}
	})
}
