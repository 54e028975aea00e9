package language

import (
	"strings"
	"time"
)

// Time expressions. Everything that could say how long ago the treatment was becomes a
// candidate with a score for how surely it speaks of the treatment; the surest wins.

// candidate is one reading of 'how long ago'.
type candidate struct {
	elapsed  time.Duration
	score    int
	loose    bool // the length of a sign, not the age of the treatment
	from, to int
}

const day = 24 * time.Hour

var units = map[string]time.Duration{
	"min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour, "hours'": time.Hour, "hourse": time.Hour,
	"d": day, "day": day, "days": day, "dys": day, "dayz": day, "dai": day, "night": day, "nights": day, "sleeps": day,
	"w": 7 * day, "wk": 7 * day, "wks": 7 * day, "week": 7 * day, "weeks": 7 * day, "weeks'": 7 * day,
	"mo": 30 * day, "month": 30 * day, "months": 30 * day, "mth": 30 * day, "mths": 30 * day,
	"year": 365 * day, "years": 365 * day, "yr": 365 * day, "yrs": 365 * day,
}

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "mon": time.Monday, "tuesday": time.Tuesday, "tues": time.Tuesday, "tue": time.Tuesday,
	"wednesday": time.Wednesday, "wednesdays": time.Wednesday, "weds": time.Wednesday, "wed": time.Wednesday,
	"thursday": time.Thursday, "thurs": time.Thursday, "thur": time.Thursday, "thu": time.Thursday,
	"friday": time.Friday, "fri": time.Friday, "saturday": time.Saturday, "sat": time.Saturday,
	"sunday": time.Sunday, "sun": time.Sunday,
}

// after are words behind a length of time that make it the age of the treatment.
var after = map[string]int{
	"ago": 2, "post": 4, "out": 3, "in": 2, "on": 2, "later": 2, "since": 3, "after": 3, "past": 2, "down": 1,
	"into": 2, "postop": 4, "afterwards": 2, "now": 1, "and": 0, "old": 1, "done": 1, "back": 2, "passed": 2, "gone": 1,
	"today": 1, "postprocedure": 4, "from": 2, "has": 1, "have": 1, "p": 3, "pt": 3, "before": 1,
}

func (r *reader) readElapsed(now time.Time) {
	var best *candidate
	consider := func(c candidate) {
		if c.elapsed < 0 || c.elapsed > 400*day {
			return
		}
		if r.denies(c.from) || r.comparedTime(c.from) {
			return
		}
		if r.nearTreatment(c) {
			c.score += 3
		}
		if best == nil || c.score > best.score || c.score == best.score && r.m.Correction {
			best = &c
		}
	}
	now = r.saidNow(now)
	if c, ok := r.monthDays(); ok {
		consider(c)
	}
	for i := range r.tokens {
		if c, ok := r.clockOnly(i, now); ok {
			consider(c)
		}
		if c, ok := r.dayNumber(i); ok {
			consider(c)
		}
		if c, ok := r.length(i); ok {
			consider(c)
		}
		if c, ok := r.calendarWord(i, now); ok {
			consider(c)
		}
	}
	if best == nil {
		return
	}
	r.m.Elapsed = &best.elapsed
	r.elapsedAt = best.from
	r.m.ElapsedLoose = best.loose
	r.m.ElapsedWords = r.words(best.from, best.to)
}

// saidNow moves now to the weekday that the text says it is ('today is monday', 'its sunday now').
func (r *reader) saidNow(now time.Time) time.Time {
	for i := range r.tokens {
		wd, ok := weekdays[r.text(i)]
		if !ok || len(r.text(i)) < 3 {
			continue
		}
		said := false
		for k := max(i-2, 0); k < i; k++ {
			switch r.text(k) {
			case "today", "todays", "now":
				said = true
			case "its":
				said = said || k == i-1
			}
		}
		if !said && r.text(i+1) != "now" && r.text(i+1) != "today" {
			continue
		}
		back := (int(now.Weekday()) - int(wd) + 7) % 7
		r.saidToday = i
		return now.AddDate(0, 0, -back)
	}
	return now
}

// monthDays reads two days of a month of which one is today: 'did it on the 2nd, today is the 30th'.
func (r *reader) monthDays() (candidate, bool) {
	today, then, from := -1.0, -1.0, 0
	for i := range r.tokens {
		n, ok := r.ordinal(i)
		if !ok || n > 31 || units[r.text(i+1)] != 0 || units[r.text(i+2)] != 0 && r.tokens[i].Kind == Number {
			continue
		}
		isToday := false
		for k := max(i-4, 0); k < i; k++ {
			if w := r.text(k); w == "today" || w == "todays" || w == "now" {
				isToday = true
			}
		}
		switch {
		case isToday:
			today = n
		case r.text(i-1) == "the" && (r.text(i-2) == "on" || r.text(i-2) == "since"), r.text(i+1) == "of", r.text(i-1) == "on":
			then, from = n, i
		}
	}
	if today < 0 || then < 0 || today < then {
		return candidate{}, false
	}
	return candidate{elapsed: time.Duration(today-then) * day, score: 6, from: from, to: from + 1}, true
}

// clockOnly reads a treatment that was told with its hour alone: 'needled at 9am', 'rolled at 4pm'.
func (r *reader) clockOnly(i int, now time.Time) (candidate, bool) {
	switch r.text(i) {
	case "needled", "rolled", "microneedled", "treated", "stamped", "needling", "dermarolled", "appointment", "session", "it":
	default:
		return candidate{}, false
	}
	if r.text(i) == "it" && r.text(i-1) != "had" && r.text(i-1) != "did" {
		return candidate{}, false
	}
	k := i + 1
	if r.text(k) == "done" || r.text(k) == "was" {
		k++
	}
	if r.text(k) == "at" || r.text(k) == "around" {
		k++
	}
	if k >= len(r.tokens) || r.tokens[k].Kind != Number || r.text(k+1) != "am" && r.text(k+1) != "pm" || r.tokens[k].Num > 12 {
		return candidate{}, false
	}
	for j := max(i-6, 0); j < min(k+5, len(r.tokens)); j++ {
		if w := r.text(j); w == "yesterday" || w == "tomorrow" || weekdays[w] != 0 && len(w) > 3 {
			return candidate{}, false
		}
	}
	hour := int(r.tokens[k].Num) % 12
	if r.text(k+1) == "pm" {
		hour += 12
	}
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, 0, 0, 0, now.Location())
	ago := now.Sub(at)
	if ago < 0 {
		ago = 0 // written with another clock in mind: the same day at least
	}
	return candidate{elapsed: ago, score: 3, from: i, to: k + 2}, true
}

func (r *reader) text(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Text
}

func (r *reader) denies(i int) bool {
	return r.text(i-1) == "not" || r.text(i-2) == "not" && r.text(i-1) == "day"
}

// comparedTime tells whether a time is only compared with: 'as red as on the first day'.
func (r *reader) comparedTime(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch r.text(k) {
		case "as", "than":
			return true
		case "like":
			return k < i-1
		case "on", "the", "at", "in", "it", "was", "did":
		default:
			return false
		}
	}
	return false
}

// nearTreatment tells whether the clause around a time speaks of the treatment itself.
func (r *reader) nearTreatment(c candidate) bool {
	for _, q := range r.cues {
		if q.section == "treatment" && r.sentence[q.from] == r.sentence[c.from] {
			if d := q.from - c.to; d >= 0 && d <= 6 || c.from-q.to >= 0 && c.from-q.to <= 7 {
				return true
			}
		}
	}
	return false
}

// dayNumber reads 'day 5', 'd5', 'sixth day', 'week 2', 'hour 6'.
func (r *reader) dayNumber(i int) (candidate, bool) {
	t := r.tokens[i].Text
	next := i + 1
	if r.text(next) == "#" || r.text(next) == "number" || r.text(next) == "+" {
		next++
	}
	n, end, ok := r.amount(next)
	switch {
	case (t == "day" || (t == "days" || t == "d" || t == "dy") && next < len(r.tokens) && r.tokens[next].Kind == Number) && ok && r.text(next) != "a" && r.text(next) != "an":
		switch r.text(i - 1) {
		case "per", "every", "until", "till", "which", "each", "a":
			return candidate{}, false
		}
		if _, unit := units[r.text(end)]; unit && r.text(end) != "d" {
			return candidate{}, false // 'the other day 24 hours after'
		}
		c := candidate{elapsed: time.Duration(n * float64(day)), score: 5, from: i, to: end}
		if r.text(end) == "of" {
			switch r.text(end + 1) {
			case "treatment", "healing", "recovery", "aftercare", "microneedling", "this", "it":
			default:
				c.score, c.loose = 2, true
			}
		}
		return c, true
	case (t == "week" || t == "wk") && ok && r.text(next) != "a" && n >= 1:
		return candidate{elapsed: time.Duration((n - 1) * 7 * float64(day)), score: 4, from: i, to: end}, true
	case (t == "hour" || t == "hr") && ok && r.tokens[next].Kind == Number:
		return candidate{elapsed: time.Duration(n * float64(time.Hour)), score: 4, from: i, to: end}, true
	case t == "day" && r.text(i+1) == "zero":
		return candidate{score: 5, from: i, to: i + 2}, true
	}
	// 'sixth day', '3rd day'
	if v, ok := r.ordinal(i); ok {
		end := i + 1
		if w := r.text(end); w == "st" || w == "nd" || w == "rd" || w == "th" {
			end++
		}
		switch r.text(end) {
		case "day", "dy", "night", "evening", "morning":
			if p := r.text(i - 1); p == "every" || p == "each" {
				return candidate{}, false
			}
			return candidate{elapsed: time.Duration(v * float64(day)), score: 3, from: i, to: end + 1}, true
		case "week":
			if v > 1 {
				return candidate{elapsed: time.Duration((v - 1) * 7 * float64(day)), score: 3, from: i, to: end + 1}, true
			}
		}
	}
	return candidate{}, false
}

func (r *reader) ordinal(i int) (float64, bool) {
	t := r.tokens[i]
	if t.Kind == Number {
		switch r.text(i + 1) {
		case "st", "nd", "rd", "th":
			return t.Num, true
		}
		return 0, false
	}
	if t.Num > 0 {
		if w := t.Text; w == "first" || w == "second" || w == "third" || strings.HasSuffix(w, "th") {
			return t.Num, true
		}
	}
	return 0, false
}

// amount reads a number in digits or words that begins at token i: '5', 'two', 'a couple of',
// 'forty eight', 'one and a half', 'half a', '3-4' (the later).
func (r *reader) amount(i int) (float64, int, bool) {
	if i >= len(r.tokens) {
		return 0, i, false
	}
	t := r.tokens[i]
	switch {
	case t.Kind == Number:
		n, end := t.Num, i+1
		if end < len(r.tokens) && (r.text(end) == "/" || r.text(end) == "or" || r.text(end) == "to") && end+1 < len(r.tokens) && r.tokens[end+1].Kind == Number && r.tokens[end+1].Num > n {
			return r.tokens[end+1].Num, end + 2, true
		}
		if end < len(r.tokens) && r.tokens[end].Kind == Number && r.tokens[end].Num > n && r.tokens[end].Num < n+10 {
			return r.tokens[end].Num, end + 1, true // '3-4 days'
		}
		if r.text(end) == "and" && r.text(end+1) == "a" && r.text(end+2) == "half" {
			return n + 0.5, end + 3, true
		}
		return n, end, true
	case t.Text == "couple":
		end := i + 1
		if r.text(end) == "of" {
			end++
		}
		return 2, end, true
	case t.Text == "few":
		return 3, i + 1, true
	case t.Text == "several":
		return 4, i + 1, true
	case t.Text == "half":
		end := i + 1
		if r.text(end) == "a" || r.text(end) == "an" {
			end++
		}
		return 0.5, end, true
	case t.Text == "a" || t.Text == "an" || t.Text == "one" && r.text(i+1) != "of":
		if n, end, ok := r.amount(i + 1); ok && (r.text(i+1) == "couple" || r.text(i+1) == "few" || r.text(i+1) == "half") {
			return n, end, true
		}
		if r.text(i+1) == "good" || r.text(i+1) == "full" || r.text(i+1) == "whole" || r.text(i+1) == "solid" {
			return 1, i + 2, true
		}
		if r.text(i+1) == "and" && r.text(i+2) == "a" && r.text(i+3) == "half" {
			return 1.5, i + 4, true
		}
		return 1, i + 1, true
	case t.Num > 0:
		if _, ordinal := r.ordinal(i); ordinal {
			return 0, i, false
		}
		n, end := t.Num, i+1
		if n >= 20 && end < len(r.tokens) && r.tokens[end].Num > 0 && r.tokens[end].Num < 10 && r.tokens[end].Kind == Word {
			n, end = n+r.tokens[end].Num, end+1
		}
		if (r.text(end) == "or" || r.text(end) == "to") && end+1 < len(r.tokens) && r.tokens[end+1].Num > n && r.tokens[end+1].Kind == Word {
			n, end = r.tokens[end+1].Num, end+2
		}
		if r.text(end) == "and" && r.text(end+1) == "a" && r.text(end+2) == "half" {
			n, end = n+0.5, end+3
		}
		return n, end, true
	}
	return 0, i, false
}

// length reads an amount with a unit and decides whether it is the age of the treatment.
func (r *reader) length(i int) (candidate, bool) {
	if prev := r.text(i - 1); (prev == "a" || prev == "an") && r.tokens[i].Text != "a" {
		return candidate{}, false // 'a couple' is read from its 'a'
	}
	if i > 0 && r.tokens[i-1].Num >= 20 && r.tokens[i-1].Kind == Word && r.tokens[i].Num < 10 && r.tokens[i].Kind == Word {
		return candidate{}, false
	}
	n, end, ok := r.amount(i)
	var unit time.Duration
	switch {
	case ok:
		for r.text(end) == "full" || r.text(end) == "whole" || r.text(end) == "good" || r.text(end) == "long" || r.text(end) == "entire" || r.text(end) == "more" || r.text(end) == "solid" || r.text(end) == "bloody" {
			if r.text(end) == "more" {
				return candidate{}, false
			}
			end++
		}
		unit, ok = units[r.text(end)]
		if r.text(end) == "fortnight" {
			unit, ok = 14*day, true
		}
		if !ok {
			return candidate{}, false
		}
		if (r.text(end) == "d" || r.text(end) == "w" || r.text(end) == "h") && r.tokens[i].Kind != Number {
			return candidate{}, false
		}
		end++
		if r.text(end) == "and" && r.text(end+1) == "a" && r.text(end+2) == "half" {
			n, end = n+0.5, end+3
		}
	case r.tokens[i].Text == "fortnight":
		n, unit, end = 1, 14*day, i+1
	default:
		return candidate{}, false
	}
	c := candidate{elapsed: time.Duration(n * float64(unit)), from: i, to: end}
	if c.elapsed > 60*day && unit >= 30*day && r.text(end) != "post" {
		// 'two years ago' is an earlier time of life unless the treatment stands beside it.
		c.score = -2
	}
	// 'Before 6 days' and 'one day before' are 'ago' in the English of many.
	if (r.text(i-1) == "before" || r.text(end) == "before" && r.endsClause(end+1)) && r.nearTreatment(c) && !r.isAhead(i) {
		c.score += 2
		return c, true
	}
	// Lengths that lie ahead, repeat, or belong to a rule.
	switch r.text(i - 1) {
	case "in", "next", "every", "another", "within", "per", "wait", "until", "till", "least", "under", "before", "than", "x", "of", "each", "needs", "takes", "wears", "lasts", "stay", "avoid", "spf", "the":
		if r.text(i-1) == "the" || r.text(i-1) == "of" {
			break
		}
		if a := r.text(end); a != "since" && a != "post" && a != "ago" && a != "after" && a != "later" && a != "out" {
			if r.text(i-1) == "in" && r.sentenceHasSign(i) && !r.isAhead(i) {
				break
			}
			return candidate{}, false
		}
	}
	switch r.text(end) {
	case "before", "until", "till", "apart", "a", "per", "each", "from", "time", "rule", "wait", "minimum", "window", "trip", "holiday", "break", "prior", "early", "supply", "notice", "plan", "course", "between":
		if r.text(end) != "from" || r.text(end+1) == "now" {
			return candidate{}, false
		}
	case "old":
		if unit > 30*day { // '12 year old'
			return candidate{}, false
		}
	}
	if s, ok := after[r.text(end)]; ok {
		c.score += s
		if r.text(end) == "in" && units[r.text(end+1)] == 0 && r.text(end+1) == "the" {
			c.score--
		}
		if s == 0 {
			c.loose = true
		}
		c.to = end + 1
		if r.text(end) == "since" || r.text(end) == "after" || r.text(end) == "from" {
			// 'three days since it started' is the age of the sign.
			for k := end + 1; k < end+5 && k < len(r.tokens); k++ {
				if w := r.text(k); w == "started" || w == "appeared" || w == "began" || w == "noticed" {
					c.loose = true
				}
			}
		}
		return c, true
	}
	switch r.text(i - 1) {
	case "for", "last", "past", "lasted", "these", "been", "about", "over", "after", "around", "nearly", "almost", "its", "only", "just", "like", "at", "roughly", "approx", "same", "by", "exactly", "about's", "now", "is", "was", "hit", "did", "barely", "already", "say", "maybe":
		c.score++
		if r.text(i-1) == "at" {
			c.score++
		}
		if r.text(i-1) == "for" && r.isAhead(i) {
			return candidate{}, false
		}
	}
	if r.isAhead(i) && !r.sentenceHasSign(i) {
		return candidate{}, false
	}
	c.loose = true
	return c, true
}

func (r *reader) sentenceHasSign(i int) bool {
	for k := range r.m.Mentions {
		if r.m.Mentions[k].sentence == r.sentence[i] {
			return true
		}
	}
	return false
}

// isAhead tells whether the sentence asks about a time to come.
func (r *reader) isAhead(i int) bool {
	for k := r.start(r.sentence[i]); k < len(r.tokens) && r.sentence[k] == r.sentence[i]; k++ {
		switch r.text(k) {
		case "can", "could", "may", "should", "will", "going", "gonna", "wait", "when", "how", "must", "need", "ok", "okay", "allowed", "fly", "travel":
			return true
		}
	}
	return false
}

// calendarWord reads 'yesterday', 'this morning', 'last night', a weekday, 'last week', 'just had'
// where they speak of the treatment, with a clock time if one stands near.
func (r *reader) calendarWord(i int, now time.Time) (candidate, bool) {
	t := r.tokens[i].Text
	c := candidate{from: i, to: i + 1}
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	at, whole := time.Time{}, time.Duration(0)
	switch t {
	case "yesterday", "yday", "yest", "yesteday", "yesterdays":
		at, whole = midnight.AddDate(0, 0, -1), day
		if p := r.text(i - 1); p == "before" && r.text(i-2) == "day" {
			at, whole = midnight.AddDate(0, 0, -2), 2*day
		} else if p == "than" || p == "like" || p == "from" || p == "until" {
			return c, false
		} else if p == "since" {
			c.score, c.loose = 1, true
		}
		switch r.text(i + 1) {
		case "morning":
			c.elapsed = now.Sub(at.Add(9 * time.Hour))
		case "afternoon", "arvo":
			c.elapsed = now.Sub(at.Add(15 * time.Hour))
		case "evening", "night":
			c.elapsed = now.Sub(at.Add(19 * time.Hour))
		}
		if c.elapsed > 0 {
			whole, c.to = c.elapsed, i+2
		}
	case "today", "tonight", "earlier", "tdy", "2day":
		if p := r.text(i - 1); p == "until" || p == "till" || p == "than" || p == "by" || p == "before" {
			return c, false
		}
		at = midnight
	case "morning", "afternoon", "evening", "lunchtime", "noon", "arvo":
		if r.text(i-1) != "this" {
			return c, false
		}
		c.from = i - 1
		at = midnight
	case "night":
		if r.text(i-1) != "last" {
			return c, false
		}
		c.from = i - 1
		at, whole = midnight.AddDate(0, 0, -1), 14*time.Hour
	case "week", "weekend":
		if r.text(i-1) != "last" {
			return c, false
		}
		c.from = i - 1
		whole = 7 * day
		if t == "weekend" {
			whole = time.Duration((int(now.Weekday())+6)%7+1) * day
		}
	case "just", "freshly", "fresh", "straight", "right":
		switch r.text(i + 1) {
		case "had", "got", "did", "done", "finished", "left", "rolled", "microneedled", "needled", "home", "walked", "came", "out", "back", "after", "from", "outta":
		default:
			return c, false
		}
		if t == "just" || t == "fresh" || t == "freshly" || r.text(i+1) == "after" {
			c.to, c.score = i+2, 1
			if r.nearTreatment(c) || r.text(i+2) == "out" || r.text(i+2) == "home" {
				return c, true
			}
		}
		return c, false
	default:
		wd, ok := weekdays[t]
		if !ok || i == r.saidToday || (t == "sun" || t == "sat" || t == "mon" || t == "wed") && r.text(i-1) != "on" && r.text(i-1) != "was" && r.text(i-1) != "last" && !r.pastVerb(i) {
			return c, false
		}
		switch r.text(i - 1) {
		case "next", "this", "until", "till", "by", "for", "coming":
			return c, false
		}
		back := (int(now.Weekday()) - int(wd) + 7) % 7
		if back == 0 || r.text(i-1) == "last" && back <= 2 {
			back += 7
		}
		if r.text(i+1) == "before" && r.text(i+2) == "last" {
			back += 7
		}
		at, whole = midnight.AddDate(0, 0, -back), time.Duration(back)*day
		if !r.pastVerb(i) {
			return c, false
		}
	}
	c.elapsed = whole
	if !c.loose && !r.spokenOfTreatment(c) {
		return c, false
	}
	c.score += 2
	if !at.IsZero() {
		if hour, minute, ok := r.clock(i); ok {
			exact := now.Sub(at.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute))
			if exact >= 0 {
				c.elapsed = exact
			}
		} else if t == "morning" && now.Hour() >= 12 {
			c.elapsed = now.Sub(at.Add(9 * time.Hour))
		}
	}
	return c, true
}

// spokenOfTreatment tells whether the words right around a time are the treatment or the having of
// it, so that 'red today' is not a treatment of today.
func (r *reader) spokenOfTreatment(c candidate) bool {
	near := false
	for _, q := range r.cues {
		if q.section == "treatment" && r.sentence[q.from] == r.sentence[c.from] &&
			(q.from >= c.to && q.from-c.to <= 5 || c.from >= q.to && c.from-q.to <= 6) {
			near = true
		}
	}
	if !near {
		return false
	}
	for k := max(c.from-9, 0); k < min(c.to+8, len(r.tokens)); k++ {
		if r.sentence[k] != r.sentence[c.from] {
			continue
		}
		switch r.text(k) {
		case "had", "got", "did", "done", "was", "rolled", "microneedled", "needled", "were", "went", "have", "finished", "treated",
			"dermarolled", "derma", "session", "treatment", "appointment", "took", "been", "came", "used", "stamped", "me", "gave":
			return !r.isAhead(c.from) || r.pastVerb(c.from)
		}
	}
	return false
}

// pastVerb tells whether the sentence up to token i has a verb of the past near it.
func (r *reader) pastVerb(i int) bool {
	for k := max(i-7, 0); k < min(i+6, len(r.tokens)); k++ {
		if r.sentence[k] != r.sentence[i] {
			continue
		}
		switch r.text(k) {
		case "had", "got", "did", "done", "was", "were", "rolled", "microneedled", "needled", "treated", "took", "been", "dermarolled":
			return true
		}
	}
	return false
}

// clock reads a time of day within a few tokens after token i: 'at 3pm', 'at 15:30', 'around noon'.
func (r *reader) clock(i int) (hour, minute int, ok bool) {
	for k := max(i-5, 0); k < min(i+6, len(r.tokens)); k++ {
		t := r.tokens[k]
		if r.sentence[k] != r.sentence[i] {
			continue
		}
		switch t.Text {
		case "noon", "midday", "lunchtime", "lunch":
			return 12, 0, true
		case "midnight":
			return 0, 0, true
		}
		if t.Kind != Number && t.Num == 0 || t.Num > 24 {
			continue
		}
		h, m, next := int(t.Num), 0, k+1
		colon := false
		if k+2 < len(r.tokens) && r.tokens[k+1].Kind == Comma && r.tokens[k+2].Kind == Number && r.tokens[k+2].Pos == t.Pos+len(t.Text)+1 && r.tokens[k+2].Num < 60 {
			m, next, colon = int(r.tokens[k+2].Num), k+3, true
		} else if frac := t.Num - float64(h); frac > 0 {
			m = int(frac*100 + 0.5)
		}
		suffix := r.text(next)
		if suffix == "o" {
			next++
			suffix = r.text(next)
		}
		switch suffix {
		case "pm", "p":
			if h < 12 {
				h += 12
			}
			return h, m, true
		case "am":
			if h == 12 {
				h = 0
			}
			return h, m, true
		case "oclock":
			if h < 8 {
				h += 12
			}
			return h, m, true
		}
		if colon || r.text(k-1) == "at" || r.text(k-1) == "around" || r.text(k-1) == "about" {
			if _, unit := units[suffix]; unit {
				continue
			}
			if !colon && h < 8 {
				h += 12 // 'at 3' is in the afternoon: clinics are closed at night
			}
			if h < 24 && m < 60 {
				return h, m, true
			}
		}
	}
	return 0, 0, false
}
