package bot

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

// keyForm is what a delivery key looks like at the end of a button's words.
var keyForm = regexp.MustCompile(`(?:^|\s)([a-z2-7]{16}\.[0-9a-z]{1,6})$`)

// keyIn parts the words behind a command from the key of a message.
func keyIn(rest string) (words string, key reminders.DeliveryKey) {
	if m := keyForm.FindStringSubmatch(rest); m != nil {
		return strings.TrimSpace(strings.TrimSuffix(rest, m[1])), reminders.DeliveryKey(m[1])
	}
	return rest, ""
}

// done notes that what a reminder asked for is done; without a key it is the last one.
func (c *Core) done(p *Person, key reminders.DeliveryKey, now time.Time) []Message {
	if key == "" {
		key = p.Reminded
	}
	if key == "" {
		return []Message{{Text: c.library.Phrase("done.nothing")}}
	}
	p.Orders.At, p.Orders.Done = now, append(p.Orders.Done, key)
	return []Message{{Text: c.library.Phrase("done.noted")}}
}

// snooze has a reminder come again: '/snooze 1h', '/snooze tonight'; without a key the last one.
func (c *Core) snooze(p *Person, span string, key reminders.DeliveryKey, now time.Time) []Message {
	if key == "" {
		key = p.Reminded
	}
	if key == "" {
		return []Message{{Text: c.library.Phrase("snooze.nothing")}}
	}
	local := now.In(c.zone(p))
	until, ok := snoozeUntil(strings.ToLower(span), local)
	if !ok {
		return []Message{{Text: c.library.Phrase("snooze.unclear"),
			Buttons: []Button{{"1 h", "/snooze 1h"}, {"3 h", "/snooze 3h"}, {"Tonight", "/snooze tonight"}}}}
	}
	p.Orders.At, p.Orders.Snooze = now, append(p.Orders.Snooze, reminders.Snooze{Delivery: key, Until: kept(until)})
	return []Message{{Text: strings.ReplaceAll(c.library.Phrase("snooze.noted"), "{at}", momentWords(until, local))}}
}

// evening is the hour of 'tonight'.
const evening = 20

// longestSnooze is for how long a reminder may be put off; what should come later is a pause.
const longestSnooze = 48 * time.Hour

// snoozeUntil reads for how long a reminder is put off. now carries the zone.
func snoozeUntil(span string, now time.Time) (time.Time, bool) {
	span = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(span), "for "), " ", "")
	y, m, d := now.Date()
	switch span {
	case "tonight", "evening":
		if t := reminders.Civil(y, m, d, evening, 0, now.Location()); t.After(now) {
			return t, true
		}
		return now.Add(time.Hour), true
	case "tomorrow":
		return reminders.Civil(y, m, d+1, backAt, 0, now.Location()), true
	}
	for _, word := range []string{"hours", "hour", "minutes", "minute", "mins", "min"} {
		if n, ok := strings.CutSuffix(span, word); ok {
			span = n + word[:1]
			break
		}
	}
	by, err := time.ParseDuration(span)
	return now.Add(by), err == nil && by >= time.Minute && by <= longestSnooze
}

// whyReminded gives the claims behind the kinds of a reminder.
func (c *Core) whyReminded(kinds string) []Message {
	var b strings.Builder
	b.WriteString(c.library.Phrase("why"))
	var rests, topics []string
	for _, kind := range strings.Fields(kinds) {
		for _, r := range c.library.Reminders {
			if r.Kind != kind {
				continue
			}
			if !slices.Contains(topics, r.Topic) {
				topics = append(topics, r.Topic)
			}
			for _, ref := range r.Rests {
				claim, name := c.library.Claim(ref), ""
				if claim == nil || slices.Contains(rests, ref) || b.Len() > maxMore/2 {
					continue
				}
				rests = append(rests, ref)
				if name = claim.Guide; c.library.Guide(name) != nil {
					name = c.library.Guide(name).Name
				}
				b.WriteString("\n• " + claim.Says + " (" + name + ")")
			}
		}
	}
	if len(rests) == 0 {
		return nil
	}
	return []Message{{Text: b.String(), Answer: &Answer{Topic: topics[0], Topics: topics, Level: content.Info, Sources: c.sources(rests)}}}
}
