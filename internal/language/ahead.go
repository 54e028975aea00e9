package language

import "time"

// readAhead reads the time to come that a message asks for: 'tomorrow', 'tmrw', 'on saturday', 'in 3
// days', 'next week'. The first one counts.
func (r *reader) readAhead(now time.Time) {
	for i := range r.tokens {
		t, prev := r.text(i), r.text(i-1)
		switch t {
		case "tomorrow", "tmrw", "tmr", "tomoz", "tmw", "tomorow", "tommorow", "tommorrow":
			r.m.Ahead = day
			if prev == "after" {
				r.m.Ahead = 2 * day
			}
			return
		case "week":
			if prev == "next" {
				r.m.Ahead = 7 * day
				return
			}
		case "weekend":
			if prev == "this" || prev == "the" || prev == "next" {
				r.m.Ahead = time.Duration((int(time.Saturday)-int(now.Weekday())+7)%7) * day
				return
			}
		}
		if prev == "in" {
			if n, end, ok := r.amount(i); ok {
				if unit, ok := units[r.text(end)]; ok && after[r.text(end+1)] == 0 && n > 0 && n < 400 && len(r.m.Mentions) == 0 {
					r.m.Ahead = time.Duration(n * float64(unit))
					return
				}
			}
		}
		if wd, ok := weekdays[t]; ok && len(r.m.Mentions) == 0 && !r.pastVerb(i) && (prev == "on" || prev == "this" || prev == "next" || prev == "by" || r.isAhead(i)) {
			if ahead := (int(wd) - int(now.Weekday()) + 7) % 7; ahead > 0 && (len(t) > 3 || prev == "on") {
				r.m.Ahead = time.Duration(ahead) * day
				return
			}
		}
	}
}
