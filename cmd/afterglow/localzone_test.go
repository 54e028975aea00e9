package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLocalZone(t *testing.T) {
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	info, link, file := filepath.Join(dir, "zoneinfo", "Europe"), filepath.Join(dir, "localtime"), filepath.Join(dir, "timezone")
	for _, err := range []error{os.MkdirAll(info, 0o700), os.WriteFile(filepath.Join(info, "Berlin"), nil, 0o600),
		os.WriteFile(file, []byte("Europe/Berlin\n"), 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	linked := os.Symlink(filepath.Join(info, "Berlin"), link) == nil // Windows may forbid it
	missing := filepath.Join(dir, "missing")
	unset := func(string) (string, bool) { return "", false }
	tz := func(name string) func(string) (string, bool) {
		return func(string) (string, bool) { return name, true }
	}

	for _, c := range []struct {
		why        string
		clock      *time.Location
		env        func(string) (string, bool)
		link, file string
		want       string
	}{
		{"TZ", berlin, tz("Europe/Berlin"), missing, missing, "Europe/Berlin"},
		{"TZ with its colon", berlin, tz(":Europe/Berlin"), missing, missing, "Europe/Berlin"},
		{"the file", berlin, unset, missing, file, "Europe/Berlin"},
		{"a file that the clock belies", time.FixedZone("", 3600*9), unset, missing, file, ""},
		{"an unknown TZ", berlin, tz("Nowhere/Atall"), missing, file, "Europe/Berlin"},
		{"nothing", berlin, unset, missing, missing, "Europe/Berlin"},
	} {
		time.Local = c.clock
		want := c.want
		if c.why == "an unknown TZ" || c.why == "nothing" {
			want = time.Local.String() // as it is
		}
		if got := namedZone(c.env, c.link, c.file); got.String() != want {
			t.Errorf("%s: %q, want %q", c.why, got, want)
		}
	}
	if linked {
		time.Local = berlin
		if got := namedZone(unset, link, missing); got.String() != "Europe/Berlin" {
			t.Errorf("the link: %q", got)
		}
	}
}
