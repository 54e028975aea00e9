package sun

import (
	"math"
	"time"
)

const (
	// horizon is where the centre of the sun stands when its upper edge touches the horizon: the air
	// lifts it by 34 minutes of arc, and it is 16 in radius. Almanacs reckon with the same.
	horizon = -50.0 / 60
	// strong is from where on ultraviolet light is likely strong. At 45° a shadow is as long as the
	// one who casts it; when it is shorter, the shadow rule says to keep out of the sun (L. Holloway,
	// "Shadow method for sun protection", Lancet 1990; health offices such as the US EPA teach it, and
	// it is in the spirit of the WHO's UV index). Below it, skin can burn too, only more slowly.
	strong = 45.0
)

// turn is how long the sun takes from noon to noon, near enough: noons drift by at most half a
// minute from day to day.
const turn = 24 * time.Hour

// Span is a stretch of time.
type Span struct {
	From, To time.Time
}

// Daylight is from sunrise to sunset on the civil day of an instant, in its location, at a place. It
// belongs to the noon of that day, so its ends may lie beyond midnight where the clock is far from
// the sun. ok is false when the sun stays up or down.
func Daylight(day time.Time, p Place) (s Span, ok bool) { return above(horizon, day, p) }

// Strong is when ultraviolet light is likely strong on the civil day of an instant; ok is false when
// the sun never gets so high.
func Strong(day time.Time, p Place) (s Span, ok bool) { return above(strong, day, p) }

// Sunset is the sunset of the civil day of an instant where its zone lies. ok is false when the zone
// lies nowhere or the sun does not set.
func Sunset(day time.Time) (at time.Time, ok bool) {
	p, ok := Of(day.Location().String())
	if !ok {
		return at, false
	}
	s, ok := Daylight(day, p)
	return s.To, ok
}

// above is the time around a day's noon in which the sun stands above a height. ok is false when it
// does so all the time or never.
func above(height float64, day time.Time, p Place) (s Span, ok bool) {
	top := noon(day, p)
	before, after := top.Add(-turn/2), top.Add(turn/2)
	if Elevation(top, p) <= height || Elevation(before, p) >= height || Elevation(after, p) >= height {
		return s, false
	}
	return Span{crossing(height, before, top, p), crossing(height, after, top, p)}, true
}

// noon is when the sun stands highest, nearest to 12:00 on the clock of the day's location.
func noon(day time.Time, p Place) time.Time {
	y, m, d := day.Date()
	t := time.Date(y, m, d, 12, 0, 0, 0, day.Location())
	for range 2 { // the first step leaves at most a few seconds
		_, hour := seen(t, p)
		t = t.Add(-time.Duration(hour / (2 * math.Pi) * float64(turn)))
	}
	return t
}

// crossing finds to the second when the sun passes a height between a time when it stands lower and
// one when it stands higher. In half a turn it passes once.
func crossing(height float64, low, high time.Time, p Place) time.Time {
	for high.Sub(low).Abs() > time.Second {
		mid := low.Add(high.Sub(low) / 2)
		if Elevation(mid, p) < height {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}
