package bot

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"afterglow/reminders"
)

// backAt is the hour at which a pause ends that was given as a day.
const backAt = 8

// longestPause is as far as a person may plan ahead; who wants longer pauses without an end.
const longestPause = 400 * 24 * time.Hour

// pause stops what is scheduled for a while: '/pause 3 days', '/pause until friday', or without an
// end.
func (c *Core) pause(p *Person, rest string, now time.Time) []Message {
	until := time.Time{}
	if rest != "" {
		var ok bool
		if until, ok = parseUntil(rest, now.In(c.zone(p))); !ok {
			return []Message{{Text: c.library.Phrase("pause.unclear"), Buttons: pauseButtons()}}
		}
	}
	from := kept(now)
	if p.Wishes.Pause.Contains(now) {
		from = p.Wishes.Pause.From // what came back in it so far is not told yet
	}
	p.Wishes.Pause = reminders.Pause{From: from}
	if until.IsZero() {
		return []Message{{Text: c.library.Phrase("pause.open"), Buttons: pauseButtons()}}
	}
	p.Wishes.Pause.Until = kept(until)
	return []Message{{Text: c.pausedWords(p, now) + " " + c.library.Phrase("pause.noted"), Buttons: []Button{{"Go on now", "/resume"}}}}
}

func pauseButtons() []Button {
	return []Button{{"1 day", "/pause 1 day"}, {"3 days", "/pause 3 days"}, {"A week", "/pause 1 week"}}
}

func (c *Core) pausedWords(p *Person, now time.Time) string {
	until := p.Wishes.Pause.Until
	if until.IsZero() {
		return c.library.Phrase("paused.open")
	}
	return strings.ReplaceAll(c.library.Phrase("paused"), "{until}", momentWords(until.In(c.zone(p)), now))
}

// resume ends a pause. While a report that calls for the clinic is open it asks about that.
func (c *Core) resume(p *Person, now time.Time) []Message {
	key := "resume.nothing"
	if p.Wishes.Pause.Contains(now) {
		// A moment ahead of the plan that follows from it, so that what came back meanwhile is not
		// past in it.
		end := c.now()
		if now.After(end) {
			end = now
		}
		p.Wishes.Pause.Until = kept(end.Add(time.Second))
		key = "resume.noted"
	}
	out := Message{Text: joinLines(c.library.Phrase(key), c.comingText(p, now))}
	if p.Wishes.Held.IsZero() {
		return []Message{out}
	}
	return append([]Message{out}, c.askWhetherCleared(p)...)
}

var (
	spanForm    = regexp.MustCompile(`^(?:for )?(\d{1,3}|an?|one|two|three|four|five|six|seven|ten|a couple of) ?(h|hours?|d|days?|w|weeks?|months?)$`)
	weekdayForm = regexp.MustCompile(`^(?:on |next )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*$`)
)

var numberWords = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"ten": 10, "a couple of": 2}

// parseUntil reads how long, or until when: '3 days', 'until friday', '2026-03-20', '20 March'. now
// carries the zone; a day without an hour means its morning.
func parseUntil(text string, now time.Time) (until time.Time, ok bool) {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	for _, lead := range []string{"until ", "till ", "til ", "to "} {
		text = strings.TrimPrefix(text, lead)
	}
	y, m, d := now.Date()
	morning := func(days int) time.Time { return reminders.Civil(y, m, d+days, backAt, 0, now.Location()) }
	fits := func(t time.Time) (time.Time, bool) { return t, t.After(now) && t.Sub(now) <= longestPause }
	if s := spanForm.FindStringSubmatch(text); s != nil {
		n, err := strconv.Atoi(s[1])
		if err != nil {
			n = numberWords[s[1]]
		}
		switch s[2][0] {
		case 'h':
			return fits(now.Add(time.Duration(n) * time.Hour))
		case 'w':
			n *= 7
		case 'm':
			return fits(reminders.Civil(y, m+time.Month(n), d, now.Hour(), now.Minute(), now.Location()))
		}
		return fits(reminders.Civil(y, m, d+n, now.Hour(), now.Minute(), now.Location()))
	}
	if text == "tomorrow" {
		return morning(1), true
	}
	if s := weekdayForm.FindStringSubmatch(text); s != nil {
		for days := 1; days <= 7; days++ {
			if t := morning(days); strings.HasPrefix(strings.ToLower(t.Weekday().String()), s[1]) {
				return t, true
			}
		}
	}
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l.layout, text, now.Location()); err == nil {
			if !l.hour {
				t = time.Date(t.Year(), t.Month(), t.Day(), backAt, 0, 0, 0, now.Location())
			}
			return fits(t)
		}
	}
	for _, layout := range []string{"2 Jan", "2 January", "Jan 2", "January 2", "2.1.", "02/01"} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			back := reminders.Civil(y, t.Month(), t.Day(), backAt, 0, now.Location())
			if !back.After(now) {
				back = reminders.Civil(y+1, t.Month(), t.Day(), backAt, 0, now.Location())
			}
			return fits(back)
		}
	}
	return time.Time{}, false
}
