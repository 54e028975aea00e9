package reminders

import "time"

// Civil gives the instant of a wall-clock time in a zone. A time that a clock change skips becomes
// the first valid minute after the gap; a time that a clock change repeats is its first occurrence.
func Civil(year int, month time.Month, day, hour, minute int, zone *time.Location) time.Time {
	// The offsets in force well before and well after are the only two that can apply.
	naive := time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
	_, before := naive.Add(-26 * time.Hour).In(zone).Zone()
	_, after := naive.Add(26 * time.Hour).In(zone).Zone()
	first := naive.Add(-time.Duration(before) * time.Second).In(zone)
	second := naive.Add(-time.Duration(after) * time.Second).In(zone)
	if second.Before(first) {
		first, second = second, first
	}
	if sameWall(first, naive) {
		return first
	}
	if sameWall(second, naive) {
		return second
	}
	// Skipped: the gap lies between the two readings. Find its end, to the minute.
	low, high := first.Add(-3*time.Hour), second.Add(3*time.Hour)
	for high.Sub(low) > time.Minute {
		mid := low.Add(high.Sub(low) / 2).Truncate(time.Minute)
		if !mid.After(low) {
			break
		}
		if wall(mid.In(zone)).Before(naive) {
			low = mid
		} else {
			high = mid
		}
	}
	return high.In(zone)
}

// wall reads a time's clock as if it were UTC, so that clocks can be compared.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC)
}

func sameWall(t, naive time.Time) bool { return wall(t).Equal(naive) }
