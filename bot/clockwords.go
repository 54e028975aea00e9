package bot

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// elapsedWords says how long ago something was: '40 minutes', '5 h', '2 days 3 h', '12 days'.
func elapsedWords(d time.Duration, exact bool) string {
	days := int(d / (24 * time.Hour))
	hours := int(d/time.Hour) % 24
	switch {
	case !exact:
		return plural(days, "day")
	case d < time.Minute:
		return "a moment"
	case d < time.Hour:
		return plural(int(d/time.Minute), "minute")
	case days == 0:
		return fmt.Sprintf("%d h", hours)
	case days < 7 && hours > 0:
		return fmt.Sprintf("%s %d h", plural(days, "day"), hours)
	}
	return plural(days, "day")
}

// toGoWords says how long something still takes, rounded up: '20 h', '3 days'.
func toGoWords(d time.Duration) string {
	if d <= 0 {
		return "no time"
	}
	if d < 36*time.Hour {
		return fmt.Sprintf("%d h", int(math.Ceil(d.Hours())))
	}
	return plural(int(math.Ceil(d.Hours()/24)), "day")
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// momentWords says an instant as people do: 'today at 15:00', 'Fri at 15:00', 'Tue 12 Jan at 15:00'.
func momentWords(t, now time.Time) string {
	now = now.In(t.Location())
	days := civilDays(now, t)
	switch {
	case days == 0:
		return "today at " + t.Format("15:04")
	case days == 1:
		return "tomorrow at " + t.Format("15:04")
	case days > 1 && days < 7:
		return t.Format("Mon at 15:04")
	}
	return t.Format("Mon 2 Jan at 15:04")
}

// civilDays counts calendar days from a to b in b's zone.
func civilDays(a, b time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(b).Sub(day(a)).Hours() / 24)
}

// listWords joins words: 'a', 'a and b', 'a, b and c'.
func listWords(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
