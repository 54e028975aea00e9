package bot_test

import (
	"testing"
	"time"

	"afterglow/reminders"
)

// Sunscreen is worth a reminder until the sun sets where the person's zone lies, and until eight in
// the evening where nobody knows. By NOAA's equations it sets in Berlin at 17:49 on 3 March 2026, in
// Sydney at 19:28 on the 4th (when the zone is told, the morning of the 3rd is over there).
func TestSunscreenHoldsUntilSunset(t *testing.T) {
	for _, c := range []struct {
		told, zone string
		want       time.Time
	}{
		{"Berlin", "Europe/Berlin", time.Date(2026, 3, 3, 16, 49, 0, 0, time.UTC)},
		{"Sydney", "Australia/Sydney", time.Date(2026, 3, 4, 8, 28, 0, 0, time.UTC)},
		{"UTC+1", "Etc/GMT-1", time.Date(2026, 3, 3, 19, 0, 0, 0, time.UTC)},
	} {
		p := begun(t)
		p.say("/zone " + c.told)
		var spf *reminders.Row
		for _, r := range p.rows() {
			if r.Kind == "spf" && r.State.Open() && (spf == nil || r.Due.Before(spf.Due)) {
				spf = &r
			}
		}
		if spf == nil || spf.Zone != c.zone {
			t.Errorf("%s: the first SPF is %+v", c.zone, spf)
			continue
		}
		if spf.Expires.Sub(c.want).Abs() > time.Minute {
			t.Errorf("%s: SPF of %v holds until %v, want %v", c.zone, spf.Due, spf.Expires, c.want)
		}
	}
}
