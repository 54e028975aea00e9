package bot

import (
	"regexp"
	"strconv"
	"strings"

	"afterglow/reminders"
)

// quietForm reads '22:00-07:00', '22-7', '10pm to 7am'.
var quietForm = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)? ?(?:-|–|to|until|till) ?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$`)

// quietCommand sets the hours in which nothing scheduled comes.
func (c *Core) quietCommand(p *Person, rest string) []Message {
	rest = strings.Join(strings.Fields(strings.ToLower(rest)), " ")
	var q reminders.Quiet
	switch rest {
	case "":
		return []Message{{Text: strings.ReplaceAll(c.library.Phrase("quiet"), "{quiet}", c.quietWords(p)),
			Buttons: []Button{{"22:00-07:00", "/quiet 22:00-07:00"}, {"21:30-08:00", "/quiet 21:30-08:00"}, {"None", "/quiet off"}}}}
	case "off", "none", "never":
	default:
		var ok bool
		if q, ok = parseQuiet(rest); !ok {
			return []Message{{Text: c.library.Phrase("quiet.unclear")}}
		}
	}
	p.Wishes.Quiet = &q
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("quiet.noted"), "{quiet}", c.quietWords(p))}}
}

func parseQuiet(text string) (q reminders.Quiet, ok bool) {
	s := quietForm.FindStringSubmatch(text)
	if s == nil {
		return q, false
	}
	q = reminders.Quiet{From: minuteOfDay(s[1], s[2], s[3]), To: minuteOfDay(s[4], s[5], s[6])}
	return q, q.From >= 0 && q.To >= 0 && q.From != q.To
}

// hourForm reads '22:00', '7', '7.30 am'.
var hourForm = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$`)

// parseHour reads a time of day as its minute, from midnight.
func parseHour(text string) (minute int, ok bool) {
	s := hourForm.FindStringSubmatch(text)
	if s == nil {
		return 0, false
	}
	minute = minuteOfDay(s[1], s[2], s[3])
	return minute, minute >= 0
}

// minuteOfDay puts the parts of a time of day together; negative when there is no such time.
func minuteOfDay(hour, minute, half string) int {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute) // empty: 0
	switch {
	case half != "" && h > 12:
		return -1
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	if h > 23 || m > 59 {
		return -1
	}
	return h*60 + m
}

// quietWords says the person's quiet hours.
func (c *Core) quietWords(p *Person) string {
	if q := p.Wishes.quiet(); q.From != q.To {
		return q.String()
	}
	return c.library.Phrase("quiet.none")
}
