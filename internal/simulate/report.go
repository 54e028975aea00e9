package simulate

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Report is what became of a crowd. Replies are apart: only reminders count as messages.
type Report struct {
	People, Days, Rows, Messages int

	Kinds []KindCount // the most frequent first
	Hours [24]int     // messages by the hour of the person's own wall clock

	MaxPerDay  int // the most that one person heard in one civil day
	OverBudget int // how many of the days of all people brought more than the person's level allows
	Night      int // messages between 22:00 and 07:00 on the person's wall clock
	NightFirst int // how many of them carry the rules of the first night
	Expired    int // rows that were no longer true when their turn came

	Peak         Peak
	Late         Lateness
	LongestQueue time.Duration // the longest time in which a reminder was always waiting

	Replies   int
	ReplyLate Lateness
}

// PerDay is how many messages a person hears a day, on average.
func (r *Report) PerDay() float64 { return float64(r.Messages) / float64(max(r.People*r.Days, 1)) }

// WriteTo prints the report as tables for a terminal.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d people, %d days, %d promises, %d messages, %d replies\n", r.People, r.Days, r.Rows, r.Messages, r.Replies)

	b.WriteString("\nMessages by kind (a message may carry several)\n")
	for _, k := range r.Kinds {
		fmt.Fprintf(&b, "  %-20s %9d  %5.1f %%\n", k.Kind, k.Messages, share(k.Messages, r.Messages))
	}
	b.WriteString("\nMessages by hour of the person's wall clock\n")
	for hour, n := range r.Hours {
		if n > 0 {
			bar := strings.Repeat("#", int(share(n, r.Messages)+0.5))
			fmt.Fprintf(&b, "  %02d  %9d  %5.1f %%  %s\n", hour, n, share(n, r.Messages), bar)
		}
	}
	fmt.Fprintf(&b, "  between 22:00 and 07:00: %d (%.3f %%), first-night apart: %d\n", r.Night, share(r.Night, r.Messages), r.Night-r.NightFirst)

	b.WriteString("\nMessages per person and day\n")
	fmt.Fprintf(&b, "  mean %.2f, most %d; days over the person's budget: %d\n", r.PerDay(), r.MaxPerDay, r.OverBudget)

	b.WriteString("\nThe platform's limit\n")
	fmt.Fprintf(&b, "  peak minute     %s UTC, %d messages due\n", r.Peak.At.Format("Mon 2 Jan 15:04"), r.Peak.Due)
	fmt.Fprintf(&b, "  peak cleared    %s after it began\n", span(r.Peak.Cleared))
	fmt.Fprintf(&b, "  longest queue   %s\n", span(r.LongestQueue))
	fmt.Fprintf(&b, "  reminders late  %s; no longer true when sent: %d\n", r.Late, r.Expired)
	fmt.Fprintf(&b, "  replies late    %s\n", r.ReplyLate)
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// String writes the percentiles in one line.
func (l Lateness) String() string {
	return fmt.Sprintf("p50 %s, p95 %s, p99 %s, max %s", span(l.P50), span(l.P95), span(l.P99), span(l.Max))
}

// span is a duration to the millisecond, or to the second when it is long.
func span(d time.Duration) time.Duration {
	if d >= time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(time.Millisecond)
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
