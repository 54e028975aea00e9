package bot

import (
	"strings"
	"time"

	whenlib "github.com/olebedev/when"
	"github.com/olebedev/when/rules/common"
	"github.com/olebedev/when/rules/en"

	"afterglow/internal/language"
)

// dates reads dates in words ('last tuesday at 5pm', 'three days ago', '20/11').
var dates = func() *whenlib.Parser {
	w := whenlib.New(nil)
	w.Add(en.All...)
	w.Add(common.All...)
	return w
}()

// layouts are the ways in which people write a date out, most exact first.
var layouts = []struct {
	layout string
	hour   bool
}{
	{time.RFC3339, true}, {"2006-01-02T15:04", true}, {"2006-01-02 15:04", true}, {"2006-01-02 15:04:05", true},
	{"2006-01-02 3pm", true}, {"2006-01-02", false}, {"02.01.2006 15:04", true}, {"02.01.2006", false},
	{"2 Jan 2006 15:04", true}, {"2 Jan 2006", false}, {"Jan 2 2006", false},
}

// maxAgo is the oldest treatment that aftercare still speaks of; the longest span in the guides is
// a year of maintenance.
const maxAgo = 400 * 24 * time.Hour

// parseWhen reads when something was. A date without an hour is taken at noon and is not exact. A
// time that lies ahead is read as its last occurrence where only a weekday or an hour was said, and
// refused otherwise.
func parseWhen(text string, now time.Time) (at time.Time, exact, ok bool) {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "now", "just now", "right now":
		return now, true, true
	case "today":
		return now, false, true
	case "yesterday":
		return now.AddDate(0, 0, -1), false, true
	}
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l.layout, text, now.Location()); err == nil {
			if !l.hour {
				t = time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, now.Location())
				if t.After(now) && sameDay(t, now) {
					t = now
				}
			}
			if t.After(now) || now.Sub(t) > maxAgo {
				return time.Time{}, false, false
			}
			return t, l.hour, true
		}
	}
	if m := language.Read("i had microneedling "+text, now); m.Elapsed != nil && !m.ElapsedLoose {
		ago := *m.Elapsed
		clock := ago%(24*time.Hour) != 0 || ago == 0
		return now.Add(-ago), clock, true
	}
	if len(text) > 80 {
		return time.Time{}, false, false
	}
	r, err := dates.Parse(text, now)
	if err != nil || r == nil {
		return time.Time{}, false, false
	}
	t := r.Time
	if t.After(now) {
		for _, back := range []int{-1, -7} {
			if u := t.AddDate(0, 0, back); !u.After(now) {
				t = u
				break
			}
		}
	}
	if t.After(now) || now.Sub(t) > maxAgo {
		return time.Time{}, false, false
	}
	return t, strings.ContainsAny(text, ":") || strings.Contains(strings.ToLower(text), "m") && strings.ContainsAny(text, "0123456789"), true
}

func sameDay(a, b time.Time) bool {
	y1, m1, d1 := a.Date()
	y2, m2, d2 := b.Date()
	return y1 == y2 && m1 == m2 && d1 == d2
}

// ParseWhen reads when something was, in words or as a date; now carries the zone.
func ParseWhen(text string, now time.Time) (time.Time, bool) {
	at, _, ok := parseWhen(text, now)
	return at, ok
}
