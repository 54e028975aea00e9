package content

import "time"

// morning is the hour of the user's wall clock at which 'the next morning' begins.
const morning = 8

// Lights is a window of one person: the instants at which its light changes.
type Lights struct {
	RedUntil  time.Time // zero when it is never red
	GreenFrom time.Time // zero when the guides leave it open
	Side      *WindowSide
}

// Side gives the half of the window for a setting. An unknown setting hears all guides: the later
// of both red ends, the later of both green beginnings.
func (w *Window) Side(s Setting) *WindowSide {
	switch s {
	case Clinic:
		return &w.Clinic
	case Home:
		return &w.Home
	}
	c, h := &w.Clinic, &w.Home
	both := *c
	both.Red, both.RedMorning = min(c.Red, h.Red), c.RedMorning && h.RedMorning
	if h.Red < c.Red {
		both.RedMorning = h.RedMorning
	}
	if h.Green > c.Green {
		both.Green, both.GreenMorning = h.Green, h.GreenMorning
	}
	if h.Says != c.Says {
		both.Says = c.Says
	}
	both.Rests = append(append([]string{}, c.Rests...), h.Rests...)
	return &both
}

// At computes the window's instants for a treatment. Windows count elapsed time from the
// treatment's instant; 'the next morning' is 08:00 on the user's wall clock.
func (w *Window) At(s Setting, treated time.Time, zone *time.Location) Lights {
	side := w.Side(s)
	l := Lights{Side: side}
	next := func() time.Time {
		t := treated.In(zone)
		return time.Date(t.Year(), t.Month(), t.Day()+1, morning, 0, 0, 0, zone)
	}
	switch {
	case side.RedMorning:
		l.RedUntil = next()
	case side.Red > 0:
		l.RedUntil = treated.Add(side.Red.Duration()).In(zone)
	}
	switch {
	case side.Open:
	case side.GreenMorning:
		l.GreenFrom = next()
	default:
		l.GreenFrom = treated.Add(side.Green.Duration()).In(zone)
	}
	return l
}

// Light is the colour at an instant.
func (l Lights) Light(now time.Time) Light {
	switch {
	case !l.RedUntil.IsZero() && now.Before(l.RedUntil):
		return Red
	case l.GreenFrom.IsZero():
		if l.Side != nil && l.Side.Open {
			return Amber
		}
		return Green
	case now.Before(l.GreenFrom):
		return Amber
	}
	return Green
}
