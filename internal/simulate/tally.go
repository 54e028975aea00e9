package simulate

import (
	"cmp"
	"slices"
	"time"

	"afterglow/reminders"
)

// tally counts while a crowd lives.
type tally struct {
	*Crowd
	r       Report
	kinds   []int
	perDay  []uint8 // by person and civil day
	late    []time.Duration
	replies []time.Duration
	minutes map[int]*minute
}

// minute is what fell due in one minute, and when the last of it was sent.
type minute struct {
	due  int
	last time.Duration
}

func newTally(c *Crowd) *tally {
	return &tally{Crowd: c, kinds: make([]int, len(c.kinds)), perDay: make([]uint8, len(c.people)*(c.days+1)), minutes: map[int]*minute{},
		late: make([]time.Duration, 0, c.rows)}
}

// night tells whether nobody should hear anything at that hour, whatever quiet hours they chose.
func night(hour int) bool { return hour >= 22 || hour < 7 }

// reminder counts a message that was sent at an instant.
func (t *tally) reminder(m *message, now time.Duration) {
	p := &t.people[m.chat]
	clock := firstDay.Add(now).In(p.zone)
	t.r.Messages++
	t.r.Hours[clock.Hour()]++
	if night(clock.Hour()) {
		t.r.Night++
		if slices.ContainsFunc(m.rows, func(i int32) bool { return t.Crowd.kinds[p.rows[i].kind] == "first-night" }) {
			t.r.NightFirst++
		}
	}
	for _, i := range m.rows {
		t.kinds[p.rows[i].kind]++
		if p.rows[i].expired(now) {
			t.r.Expired++
		}
	}
	// What was late past the last day counts for the day after it.
	y, mo, d := clock.Date()
	day := min(int(time.Date(y, mo, d, 0, 0, 0, 0, time.UTC).Sub(firstDay)/(24*time.Hour)), t.days)
	heard := &t.perDay[int(m.chat)*(t.days+1)+day]
	*heard++
	if *heard == uint8(p.perDay)+1 {
		t.r.OverBudget++
	}
	t.r.MaxPerDay = max(t.r.MaxPerDay, int(*heard))

	late := now - m.due
	t.late = append(t.late, late)
	at := int((m.due - earliest) / time.Minute)
	if t.minutes[at] == nil {
		t.minutes[at] = &minute{}
	}
	t.minutes[at].due++
	t.minutes[at].last = max(t.minutes[at].last, now)
}

// queue counts how long reminders have been waiting without a break when one of them passes.
func (t *tally) queue(long time.Duration) { t.r.LongestQueue = max(t.r.LongestQueue, long) }

func (t *tally) reply(late time.Duration) { t.replies = append(t.replies, late) }

func (t *tally) report() *Report {
	r := &t.r
	r.People, r.Days, r.Rows, r.Replies = len(t.people), t.days, t.rows, len(t.replies)
	for i, n := range t.kinds {
		if n > 0 {
			r.Kinds = append(r.Kinds, KindCount{t.Crowd.kinds[i], n})
		}
	}
	slices.SortStableFunc(r.Kinds, func(a, b KindCount) int { return cmp.Compare(b.Messages, a.Messages) })
	r.Late, r.ReplyLate = latenessOf(t.late), latenessOf(t.replies)
	peak := 0
	for at, m := range t.minutes {
		if best := t.minutes[peak]; best == nil || m.due > best.due || m.due == best.due && at < peak {
			peak = at
		}
	}
	if m := t.minutes[peak]; m != nil {
		at := earliest + time.Duration(peak)*time.Minute
		r.Peak = Peak{At: firstDay.Add(at), Due: m.due, Cleared: m.last - at}
	}
	return r
}

// KindCount is how many messages carried a kind.
type KindCount struct {
	Kind     reminders.Kind
	Messages int
}

// Peak is the minute in which most messages fell due.
type Peak struct {
	At      time.Time
	Due     int
	Cleared time.Duration // from its beginning until the last of them was sent
}

// Lateness is how long messages waited for the platform's limit.
type Lateness struct{ P50, P95, P99, Max time.Duration }

func latenessOf(all []time.Duration) Lateness {
	if len(all) == 0 {
		return Lateness{}
	}
	slices.Sort(all)
	at := func(percent int) time.Duration { return all[(len(all)-1)*percent/100] }
	return Lateness{at(50), at(95), at(99), at(100)}
}
