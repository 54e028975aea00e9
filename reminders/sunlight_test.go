package reminders

import (
	"strings"
	"testing"
	"time"

	"afterglow/content"
)

// By hand, from cos H = (sin 45° − sin φ sin δ) / (cos φ cos δ) with δ = 23.44°: in Berlin H is 45.5°, or
// 3 h 2 min around noon at 13:08; in Kathmandu 50.0°, or 3 h 20 min around 12:06.
func TestSunscreenTellsOfStrongSun(t *testing.T) {
	l := library(t)
	for _, c := range []struct{ name, zone, at, want string }{
		{"summer", "Europe/Berlin", "2026-06-21 08:00", "from 10:00 to 16:20 today "},
		{"in the midst of it", "Europe/Berlin", "2026-06-21 12:00", "from 10:00 to 16:20 today "},
		{"over", "Europe/Berlin", "2026-06-21 17:00", ""},
		{"winter", "Europe/Berlin", "2026-12-21 08:00", ""},
		{"polar night", "Arctic/Longyearbyen", "2026-12-21 08:00", ""},
		{"quarters of an hour", "Asia/Kathmandu", "2026-06-21 08:00", "from 08:40 to 15:30 today "},
		{"an offset", "Etc/GMT-2", "2026-06-21 08:00", ""},
		{"no zone", "", "2026-06-21 08:00", ""},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.at, location(c.zone))
		if err != nil {
			t.Fatal(err)
		}
		m := Compose(l, []Row{{ID: 1, Kind: "spf", Text: "SPF today.", Due: now, Zone: c.zone}}, now)
		if said := strings.TrimPrefix(m.Text, "SPF today."); !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
		if m := Compose(l, []Row{{ID: 1, Kind: "no-sun", Text: "Shade.", Due: now, Zone: c.zone}}, now); m.Text != "Shade." {
			t.Errorf("%s: another kind says %q", c.name, m.Text)
		}
	}
}

// The content's check reads no phrases; this one is advice of a kind and must be as easy.
func TestStrongSunIsEasyToRead(t *testing.T) {
	l := library(t)
	zone := location("Europe/Berlin")
	said := strongSun(l, time.Date(2026, 6, 21, 8, 0, 0, 0, zone))
	for _, r := range l.Reminders {
		if r.Kind != "spf" {
			continue
		}
		for _, text := range r.Texts {
			all := text + " " + said
			if g, n := content.Grade(all), content.WordCount(all); g > content.MaxGrade || n > 60 {
				t.Errorf("grade %.1f and %d words: %s", g, n, all)
			}
		}
	}
	if g := content.Grade(said); g > content.MaxGrade {
		t.Errorf("grade %.1f: %s", g, said)
	}
}
