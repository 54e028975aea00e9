package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// The check-in asks for three figures, one tap each. What the figures mean: 0 none, 1–3 mild,
// 4–6 moderate, 7–10 severe, the usual reading of a numeric rating scale.
var checkinKeys = []string{"checkin.redness", "checkin.swelling", "checkin.pain"}

func (c *Core) startCheckin(p *Person) []Message {
	p.Talk.Asked, p.Talk.Draft = askCheckin, nil
	return []Message{c.checkinQuestion(0)}
}

func (c *Core) checkinQuestion(step int) Message {
	m := Message{Text: c.library.Phrase(checkinKeys[step]), WantsNumber: true, Answer: &Answer{Level: content.Info, Asks: askCheckin}}
	for _, n := range []int{0, 2, 4, 6, 8, 10} {
		m.Buttons = append(m.Buttons, Button{strconv.Itoa(n), strconv.Itoa(n)})
	}
	return m
}

// checkinStep takes one figure; the third one is judged like any report.
func (c *Core) checkinStep(p *Person, n int, now time.Time) []Message {
	p.Talk.Draft = append(append([]int{}, p.Talk.Draft...), n)
	if len(p.Talk.Draft) < len(checkinKeys) {
		return []Message{c.checkinQuestion(len(p.Talk.Draft))}
	}
	k := Checkin{At: now, Redness: p.Talk.Draft[0], Swelling: p.Talk.Draft[1], Pain: p.Talk.Draft[2]}
	p.Talk.Asked, p.Talk.Draft = "", nil
	r := &reading{message: &language.Message{}, hours: c.knownHours(p, now)}
	var last *Checkin
	if len(p.Checkins) > 0 {
		last = &p.Checkins[len(p.Checkins)-1]
	}
	add := func(sign language.SignID, n, before int, known bool) {
		if n == 0 {
			return
		}
		m := language.Mention{Sign: sign, Strength: strengthOf(n), Because: []string{fmt.Sprintf("check-in: %d of 10", n)}}
		if known && n > before+1 {
			m.Trend = language.Worse
		} else if known && n < before {
			m.Trend = language.Better
		}
		r.message.Mentions = append(r.message.Mentions, m)
	}
	before := Checkin{}
	if last != nil {
		before = *last
	}
	add(language.Redness, k.Redness, before.Redness, last != nil)
	add(language.Swelling, k.Swelling, before.Swelling, last != nil)
	add(language.Pain, k.Pain, before.Pain, last != nil)
	r.verdict = triage.Judge(triage.Report{Mentions: r.message.Mentions, Hours: r.hours})
	k.Level = content.Level(r.verdict.Level.String())
	p.Checkins = append(append([]Checkin{}, p.Checkins...), k)
	compared := ""
	if last != nil {
		sum, was := k.Redness+k.Swelling+k.Pain, last.Redness+last.Swelling+last.Pain
		switch {
		case sum < was:
			compared = c.library.Phrase("checkin.better")
		case sum > was:
			compared = c.library.Phrase("checkin.worse")
		default:
			compared = c.library.Phrase("checkin.same")
		}
	}
	noted := strings.TrimSpace(c.library.Phrase("checkin.noted") + " " + compared)
	m := c.moment(p, r.hours, p.setting(), now)
	after := c.library.Phrase("checkin.new")
	if back := c.broughtBack(p); back != "" {
		after = back + "\n" + after
	}
	if r.verdict.Lead() == nil {
		out := []Message{{Text: noted + " " + c.library.Phrase("checkin.calm") + "\n" + after,
			Answer: &Answer{Topic: "normal-healing", Topics: []string{"normal-healing"}, Level: content.Info, Day: m.day}}}
		if p.held() {
			out = append(out, c.askWhetherCleared(p)...)
		}
		return out
	}
	out := c.deliver(p, r, m, []part{c.signPart(m, r)})
	out[0].Text = noted + "\n" + out[0].Text
	if r.verdict.Level < triage.Contact {
		out[0].Text += "\n" + after
	}
	return out
}

func strengthOf(n int) language.Strength {
	switch {
	case n >= 7:
		return language.Severe
	case n >= 4:
		return language.Moderate
	}
	return language.Mild
}

// progress shows the check-ins in a line each.
func (c *Core) progress(p *Person) []Message {
	if len(p.Checkins) == 0 {
		return []Message{{Text: c.library.Phrase("progress.none"), Buttons: []Button{{"Check in", "/checkin"}}}}
	}
	var b strings.Builder
	b.WriteString(c.library.Phrase("progress"))
	from := max(0, len(p.Checkins)-14)
	for _, k := range p.Checkins[from:] {
		fmt.Fprintf(&b, "\n• %s: redness %d, swelling %d, pain %d", k.At.In(c.zone(p)).Format("Mon 2 Jan 15:04"), k.Redness, k.Swelling, k.Pain)
	}
	return []Message{{Text: b.String()}}
}
