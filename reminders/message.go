package reminders

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"afterglow/content"
)

// Message is what a Sender gets: everything that one chat is told at one time.
type Message struct {
	Chat Chat
	Key  DeliveryKey
	Text string // plain text, dressed like the bot's own messages
	Rows []Row  // what it says, the most important first
	// Missed are what it admits to have missed.
	Missed []Row
}

// lateAfter is how late a message may come without saying so. What is due within the same half hour
// is one message anyway.
const lateAfter = halfHour

// inNoTime is how long a message takes at most from being due to being sent, in real time, when nothing
// is in its way. On a fast demonstration clock that may be hours, and is not late.
const inNoTime = 250 * time.Millisecond

// maxText is how many characters a message may have: Discord's limit is 2000, and the platform's
// dress and the bot's buttons need room too.
const maxText = 1700

// Compose puts rows of one chat into one message at an instant. What is no longer true then is not
// said but admitted, once, together with how late the rest comes.
func Compose(l *content.Library, rows []Row, now time.Time) Message {
	return compose(l, rows, now, lateAfter)
}

// compose is Compose with how late a message may come without saying so.
func compose(l *content.Library, rows []Row, now time.Time, punctual time.Duration) Message {
	m := Message{Chat: rows[0].Chat}
	var since time.Time
	for _, r := range rows {
		if r.Expired(now) {
			m.Missed = append(m.Missed, r)
		} else {
			m.Rows = append(m.Rows, r)
		}
		if now.Sub(r.Due) > punctual {
			since = earlier(since, r.Due)
		}
	}
	byWeight := func(a, b Row) int {
		return cmp.Or(priority(a.Kind)-priority(b.Kind), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(m.Rows, byWeight)
	slices.SortFunc(m.Missed, byWeight)
	first := slices.MinFunc(rows, func(a, b Row) int { return cmp.Compare(a.ID, b.ID) })
	if m.Key = first.Delivery; m.Key == "" {
		m.Key = first.deliveryKey()
	}

	var parts []string
	if !since.IsZero() || len(m.Missed) > 0 {
		if since.IsZero() {
			since = m.Missed[0].Due
		}
		key := "missed.late"
		switch {
		case len(m.Rows) == 0:
			key = "missed"
		case len(m.Missed) > 0:
			key = "missed.some"
		}
		parts = append(parts, strings.NewReplacer("{since}", since.In(location(rows[0].Zone)).Format("Mon 2 Jan 15:04"),
			"{what}", titles(l, m.Missed)).Replace(l.Phrase(key)))
	}
	room := maxText
	for _, p := range parts {
		room -= utf8.RuneCountInString(p)
	}
	var cut []Row
	for i, r := range m.Rows {
		text := wordsOf(l, r, now)
		n := utf8.RuneCountInString(text) + 2
		if i > 0 && n > room {
			cut = append(cut, r)
			continue
		}
		room -= n
		parts = append(parts, text)
	}
	if len(cut) > 0 {
		parts = append(parts, strings.ReplaceAll(l.Phrase("missed.more"), "{what}", titles(l, cut)))
	}
	m.Text = strings.Join(parts, "\n\n")
	return m
}

// titles names what rows are about, with how often: "Sunscreen (2), Check-in".
func titles(l *content.Library, rows []Row) string {
	var names []string
	times := map[string]int{}
	for _, r := range rows {
		name := string(r.Kind)
		if t := l.Topic(r.Topic); t != nil {
			name = t.Title
		}
		if r.Kind == "check-in" {
			name = l.Phrase("missed.checkin")
		}
		if times[name]++; times[name] == 1 {
			names = append(names, name)
		}
	}
	for i, n := range names {
		if times[n] > 1 {
			names[i] = n + " (" + strconv.Itoa(times[n]) + ")"
		}
	}
	return strings.Join(names, ", ")
}
