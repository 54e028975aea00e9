package sun_test

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"afterglow/internal/sun"
)

func zoneOf(t testing.TB, name string) (*time.Location, sun.Place) {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := sun.Of(name)
	if !ok {
		t.Fatalf("%s lies nowhere", name)
	}
	return zone, p
}

// The times are what NOAA's solar equations give for these places (the longer ones, after Meeus, reckoned
// apart from this package), in full minutes; almanacs print the same for the cities, or a minute off.
func TestDaylight(t *testing.T) {
	for _, c := range []struct{ zone, day, rise, set string }{
		{"Europe/Berlin", "2026-06-21", "04:43", "21:33"},
		{"Europe/Berlin", "2026-12-21", "08:15", "15:54"},
		{"Europe/London", "2026-06-21", "04:43", "21:21"},
		{"America/New_York", "2026-06-21", "05:25", "20:31"},
		{"Australia/Sydney", "2026-12-21", "05:41", "20:05"},
		{"Asia/Tokyo", "2026-03-20", "05:45", "17:53"},
		{"America/Guayaquil", "2026-03-20", "06:23", "18:30"},
	} {
		zone, p := zoneOf(t, c.zone)
		day, err := time.ParseInLocation(time.DateOnly, c.day, zone)
		if err != nil {
			t.Fatal(err)
		}
		s, ok := sun.Daylight(day, p)
		if !ok {
			t.Errorf("%s has no daylight on %s", c.zone, c.day)
			continue
		}
		for _, e := range []struct {
			what, want string
			got        time.Time
		}{{"sunrise", c.rise, s.From}, {"sunset", c.set, s.To}} {
			want, err := time.ParseInLocation("2006-01-02 15:04", c.day+" "+e.want, zone)
			if err != nil {
				t.Fatal(err)
			}
			if off := e.got.Sub(want).Abs(); off > time.Minute {
				t.Errorf("%s %s: %s at %s, NOAA says %s", c.zone, c.day, e.what, e.got.In(zone).Format("15:04:05"), e.want)
			}
		}
	}
}

// At an equinox the sun stands over the equator, at a solstice over a tropic: 23.44°.
func TestElevation(t *testing.T) {
	for _, c := range []struct {
		at    string
		place sun.Place
		want  float64
	}{
		{"2026-06-21T12:02:00Z", sun.Place{Lat: 23.44}, 90},
		{"2026-06-21T12:02:00Z", sun.Place{Lat: 52.5}, 90 - 52.5 + 23.44},
		{"2026-12-21T11:58:00Z", sun.Place{Lat: 52.5}, 90 - 52.5 - 23.44},
		{"2026-03-20T14:46:00Z", sun.Place{Lat: 90}, 0},
		{"2026-06-21T08:24:00Z", sun.Place{Lat: 90}, 23.44},
		// At midnight it stands over the other side of the earth.
		{"2026-06-22T00:02:00Z", sun.Place{Lat: -23.44}, -90},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := sun.Elevation(at, c.place); math.Abs(got-c.want) > 0.2 {
			t.Errorf("at %s the sun is %.2f° over %v, want %.2f°", c.at, got, c.place, c.want)
		}
	}
}

func TestPolarDayAndNight(t *testing.T) {
	zone, p := zoneOf(t, "Arctic/Longyearbyen")
	for _, month := range []time.Month{time.June, time.December} {
		day := time.Date(2026, month, 21, 8, 0, 0, 0, zone)
		if s, ok := sun.Daylight(day, p); ok {
			t.Errorf("on %s the sun is up from %v to %v", day.Format(time.DateOnly), s.From, s.To)
		}
		if at, ok := sun.Sunset(day); ok {
			t.Errorf("on %s the sun sets at %v", day.Format(time.DateOnly), at)
		}
		if _, ok := sun.Strong(day, p); ok {
			t.Errorf("on %s it is strong", day.Format(time.DateOnly))
		}
	}
	if _, ok := sun.Sunset(time.Date(2026, 3, 20, 8, 0, 0, 0, zone)); !ok {
		t.Error("the sun does not set at an equinox")
	}
}

// On a summer night in Iceland the sun sets after midnight: that sunset still belongs to the day.
func TestSunsetAfterMidnight(t *testing.T) {
	zone, _ := zoneOf(t, "Atlantic/Reykjavik")
	at, ok := sun.Sunset(time.Date(2026, 6, 21, 8, 0, 0, 0, zone))
	if want := time.Date(2026, 6, 22, 0, 3, 0, 0, zone); !ok || at.Sub(want).Abs() > 2*time.Minute {
		t.Errorf("sunset at %v, want about %v", at, want)
	}
}

func TestStrong(t *testing.T) {
	for _, c := range []struct {
		zone string
		day  time.Month
		ok   bool
	}{
		{"Europe/Berlin", time.June, true}, {"Europe/Berlin", time.December, false},
		{"Australia/Sydney", time.June, false}, {"Australia/Sydney", time.December, true},
		{"America/Guayaquil", time.June, true}, {"America/Guayaquil", time.December, true},
	} {
		zone, p := zoneOf(t, c.zone)
		s, ok := sun.Strong(time.Date(2026, c.day, 21, 8, 0, 0, 0, zone), p)
		if ok != c.ok {
			t.Errorf("%s in %s: strong is %t", c.zone, c.day, ok)
		}
		if !ok {
			continue
		}
		for _, end := range []time.Time{s.From, s.To} {
			if e := sun.Elevation(end, p); math.Abs(e-45) > 0.01 {
				t.Errorf("%s in %s: the span ends at %.3f°", c.zone, c.day, e)
			}
		}
	}
}

func TestZonesThatLieNowhere(t *testing.T) {
	for _, name := range []string{"UTC", "Etc/UTC", "Etc/GMT+3", "Local", "", "GMT", "Antarctica/South_Pole"} {
		if p, ok := sun.Of(name); ok {
			t.Errorf("%q lies at %v", name, p)
		}
	}
	if _, ok := sun.Sunset(time.Date(2026, 6, 21, 8, 0, 0, 0, time.FixedZone("", 3600))); ok {
		t.Error("the sun sets nowhere")
	}
}

// An old name lies where its successor does, and not where the clock that it shares is kept.
func TestOldNames(t *testing.T) {
	for old, now := range map[string]string{"Europe/Kiev": "Europe/Kyiv", "US/Pacific": "America/Los_Angeles",
		"Asia/Calcutta": "Asia/Kolkata", "Iceland": "Atlantic/Reykjavik", "America/Coral_Harbour": "America/Atikokan"} {
		_, a := zoneOf(t, old)
		if _, b := zoneOf(t, now); a != b {
			t.Errorf("%s lies at %v and %s at %v", old, a, now, b)
		}
	}
}

// names are all zones of the file.
func names(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("places.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line[0] != '#' {
			out = append(out, strings.Fields(line)[0])
		}
	}
	return out
}

func TestEveryZoneLoads(t *testing.T) {
	all := names(t)
	for _, name := range all {
		zone, p := zoneOf(t, name)
		if math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 {
			t.Errorf("%s lies at %v", name, p)
		}
		// A clock follows its sun: the widest gaps are in western China, and where summer time is kept
		// in January. More than that, and the place is wrong.
		_, offset := time.Date(2026, 1, 15, 12, 0, 0, 0, zone).Zone()
		if off := math.Remainder(float64(offset)/3600-p.Lon/15, 24); math.Abs(off) > 3.6 {
			t.Errorf("%s at %v is %.1f hours from its sun", name, p, off)
		}
	}
	if len(all) < 500 {
		t.Errorf("only %d zones", len(all))
	}
}

func TestDaysEverywhere(t *testing.T) {
	all := names(t)
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom(all).Draw(r, "zone")
		zone, p := zoneOf(t, name)
		day := time.Unix(rapid.Int64Range(1577836800, 2208988800).Draw(r, "instant"), 0).In(zone) // 2020 to 2040
		light, up := sun.Daylight(day, p)
		strong, high := sun.Strong(day, p)
		y, m, d := day.Date()
		midday := time.Date(y, m, d, 12, 0, 0, 0, zone)
		if up {
			if !light.From.Before(light.To) || light.To.Sub(light.From) > 24*time.Hour {
				r.Fatalf("the sun rises at %v and sets at %v", light.From, light.To)
			}
			if middle := light.From.Add(light.To.Sub(light.From) / 2); middle.Sub(midday).Abs() > 5*time.Hour {
				r.Fatalf("the middle of the day is %v", middle)
			}
			for _, end := range []time.Time{light.From, light.To} {
				if e := sun.Elevation(end, p); math.Abs(e+0.833) > 0.01 {
					r.Fatalf("at %v the sun stands at %.3f°", end, e)
				}
			}
			if at, ok := sun.Sunset(day); !ok || !at.Equal(light.To) {
				r.Fatalf("sunset is %v and not %v", at, light.To)
			}
		}
		if !high {
			return
		}
		if !strong.From.Before(strong.To) || up && (strong.From.Before(light.From) || strong.To.After(light.To)) {
			r.Fatalf("strong from %v to %v, day from %v to %v", strong.From, strong.To, light.From, light.To)
		}
		for _, end := range []time.Time{strong.From, strong.To} {
			if y2, m2, d2 := end.In(zone).Date(); y != y2 || m != m2 || d != d2 {
				r.Fatalf("on %v it is strong at %v", day, end)
			}
		}
	})
}

func BenchmarkStrong(b *testing.B) {
	zone, p := zoneOf(b, "Europe/Berlin")
	day := time.Date(2026, 6, 21, 8, 0, 0, 0, zone)
	for b.Loop() {
		sun.Strong(day, p)
	}
}
