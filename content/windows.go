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

// Side gives the half of the window for a setting. An unknown setting hears all guides: the earlier
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
	// Red holds while every guide says no: until the earlier end. Six hours end before any next morning.
	switch {
	case c.RedMorning && !h.RedMorning, !c.RedMorning && !h.RedMorning && h.Red < c.Red:
		both.Red, both.RedMorning = h.Red, false
	}
	if h.Green > c.Green {
		both.Green, both.GreenMorning = h.Green, h.GreenMorning
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

// Later moves what was not green yet by one day for each instant at which the skin was said to be
// still sensitive (Glownetics). Instants before the treatment are the caller's to leave out.
func (l Lights) Later(sensitive []time.Time) Lights {
	const day = 24 * time.Hour
	for _, said := range sensitive {
		if l.GreenFrom.IsZero() || !said.Before(l.GreenFrom) {
			continue
		}
		l.GreenFrom = l.GreenFrom.Add(day)
		if said.Before(l.RedUntil) {
			l.RedUntil = l.RedUntil.Add(day)
		}
	}
	return l
}
