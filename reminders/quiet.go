package reminders

import (
	"fmt"
	"time"
)

// Quiet is a span of the user's night in which nothing scheduled is sent. Times are minutes after
// midnight on the user's wall clock; From may lie after To, which then is the next morning. The zero
// value, From equal to To, means no quiet hours.
type Quiet struct {
	From, To int
}

// DefaultQuiet is 21:30 to 08:00.
var DefaultQuiet = Quiet{21*60 + 30, 8 * 60}

// ParseQuiet reads '22:00-07:00'.
func ParseQuiet(text string) (Quiet, error) {
	var h1, m1, h2, m2 int
	if n, err := fmt.Sscanf(text, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil || n != 4 ||
		h1 < 0 || h1 > 23 || h2 < 0 || h2 > 23 || m1 < 0 || m1 > 59 || m2 < 0 || m2 > 59 {
		return Quiet{}, fmt.Errorf("%q is no span of quiet hours: write 22:00-07:00", text)
	}
	return Quiet{h1*60 + m1, h2*60 + m2}, nil
}

// String writes the span as ParseQuiet reads it.
func (q Quiet) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// Contains tells whether an instant lies in the quiet hours of its zone.
func (q Quiet) Contains(t time.Time) bool {
	m := t.Hour()*60 + t.Minute()
	if q.From <= q.To {
		return m >= q.From && m < q.To
	}
	return m >= q.From || m < q.To
}

// After gives the instant itself, or the end of the quiet hours that it lies in.
func (q Quiet) After(t time.Time) time.Time {
	if q.From == q.To || !q.Contains(t) {
		return t
	}
	y, m, d := t.Date()
	if t.Hour()*60+t.Minute() >= q.From && q.From > q.To {
		d++
	}
	return Civil(y, m, d, q.To/60, q.To%60, t.Location())
}
