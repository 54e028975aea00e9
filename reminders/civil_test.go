package reminders

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// zones are the zones that the bot knows by name.
func zones(t *testing.T) []*time.Location {
	t.Helper()
	f, err := os.Open("../bot/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []*time.Location
	for s := bufio.NewScanner(f); s.Scan(); {
		name, _, _ := strings.Cut(s.Text(), ":")
		if name == "" || name[0] == '#' {
			continue
		}
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, zone)
	}
	return out
}

func TestEveryMorningAtEightIsEightOnce(t *testing.T) {
	years := 10
	if testing.Short() {
		years = 2
	}
	all := zones(t)
	if len(all) < 400 {
		t.Fatalf("only %d zones", len(all))
	}
	for _, zone := range all {
		last := time.Time{}
		for day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026+years; day = day.AddDate(0, 0, 1) {
			at := Civil(day.Year(), day.Month(), day.Day(), 8, 0, zone)
			if at.Hour() != 8 || at.Minute() != 0 || at.Day() != day.Day() {
				t.Fatalf("%s %s: %s", zone, day.Format(time.DateOnly), at)
			}
			if gap := at.Sub(last); !last.IsZero() && (gap < 22*time.Hour || gap > 26*time.Hour) {
				t.Fatalf("%s %s: %v after the last one", zone, day.Format(time.DateOnly), gap)
			}
			last = at
		}
	}
}

func TestEveryMinuteOfADayWithAClockChange(t *testing.T) {
	for _, c := range []struct {
		zone  string
		y     int
		m     time.Month
		d     int
		hours int
	}{
		{"Europe/Berlin", 2026, 3, 29, 23}, {"Europe/Berlin", 2026, 10, 25, 25},
		{"America/New_York", 2026, 3, 8, 23}, {"America/New_York", 2026, 11, 1, 25},
		{"Australia/Lord_Howe", 2026, 10, 4, 23}, {"Asia/Kolkata", 2026, 3, 29, 24},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		last := time.Time{}
		for minute := range 24 * 60 {
			at := Civil(c.y, c.m, c.d, minute/60, minute%60, zone)
			if at.Before(last) {
				t.Errorf("%s %02d:%02d: %s lies before the minute before it, %s", c.zone, minute/60, minute%60, at, last)
			}
			if wanted := minute/60*60 + minute%60; at.Hour()*60+at.Minute() < wanted {
				t.Errorf("%s %02d:%02d came early, at %s", c.zone, minute/60, minute%60, at)
			}
			last = at
		}
	}
}

func TestSkippedAndDoubledHours(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := Civil(2026, 3, 29, 2, 30, berlin), time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("02:30 does not exist on that day and should be 03:00, the first valid minute: %s", got)
	}
	if got, want := Civil(2026, 10, 25, 2, 30, berlin), time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("02:30 comes twice on that day and should be the first: %s", got.UTC())
	}
}

func TestQuietHours(t *testing.T) {
	at := func(clock string) time.Time {
		tt, err := time.Parse("2006-01-02 15:04", "2026-03-04 "+clock)
		if err != nil {
			t.Fatal(err)
		}
		return tt
	}
	night, err := ParseQuiet("21:30-08:00")
	if err != nil || night != DefaultQuiet || night.String() != "21:30-08:00" {
		t.Fatalf("%v %v", night, err)
	}
	worker := Quiet{9 * 60, 17 * 60} // somebody who works at night
	for _, c := range []struct {
		quiet Quiet
		at    string
		want  time.Time
	}{
		{night, "12:00", at("12:00")}, {night, "08:00", at("08:00")}, {night, "07:59", at("08:00")},
		{night, "21:30", at("08:00").AddDate(0, 0, 1)}, {night, "23:59", at("08:00").AddDate(0, 0, 1)},
		{worker, "12:00", at("17:00")}, {worker, "03:00", at("03:00")}, {Quiet{}, "03:00", at("03:00")},
	} {
		if got := c.quiet.After(at(c.at)); !got.Equal(c.want) {
			t.Errorf("%s in %s: %s, want %s", c.at, c.quiet, got, c.want)
		}
	}
	for _, bad := range []string{"", "22", "25:00-07:00", "22:00-07:61", "night"} {
		if _, err := ParseQuiet(bad); err == nil {
			t.Errorf("%q was taken for quiet hours", bad)
		}
	}
}
