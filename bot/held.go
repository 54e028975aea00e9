package bot

import (
	"slices"
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/internal/triage"
)

// hold stops what would allow something while a report of the person's own calls for the clinic.
func (c *Core) hold(p *Person, r *reading, now time.Time) {
	if r.verdict.Level >= triage.Contact && p.consented() && p.Wishes.Held.IsZero() && !r.message.Other {
		p.Wishes.Held = kept(now)
	}
}

// askWhetherCleared asks whether what may come back may be told again.
func (c *Core) askWhetherCleared(p *Person) []Message {
	p.Talk.Asked = askCleared
	return []Message{{Text: c.library.Phrase("held.ask"), Buttons: []Button{{"Yes, go on", "yes"}, {"Not yet", "no"}},
		Answer: &Answer{Topic: "normal-healing", Topics: []string{"normal-healing"}, Level: content.Info, Asks: askCleared}}}
}

// cleared goes on with the plan. What came back while it was held is not told one by one: today's
// lights say it.
func (c *Core) cleared(p *Person, now time.Time) []Message {
	p.Wishes.Held, p.Talk.Asked, p.Talk.Signs = time.Time{}, "", nil
	first := Message{Text: c.library.Phrase("held.cleared")}
	if p.Treatment() == nil {
		return []Message{first}
	}
	return append([]Message{first}, c.today(p, now)...)
}

// saysCleared tells whether a message says that the skin has calmed, or that a provider found it
// fine. It leads to a question only.
func saysCleared(r *reading) bool {
	if r.message.Question || r.message.Other || wordCount(r.message) > 16 {
		return false
	}
	provider, fine, calm := false, false, false
	for i := range r.message.Tokens {
		switch r.message.Tokens[i].Text {
		case "not", "no", "never", "isnt", "hasnt", "doesnt", "didnt", "dont", "havent", "wasnt", "cant", "wont", "until", "if", "when":
			return false
		case "clinic", "doctor", "doc", "dr", "dermatologist", "derm", "provider", "nurse", "practitioner", "aesthetician", "esthetician":
			provider = true
		case "fine", "ok", "okay", "good", "clear", "alright", "normal", "safe":
			fine = true
		case "cleared", "calm", "calmed", "settled", "healed":
			calm = true
		}
	}
	return calm || provider && fine
}

// stillSensitive tells whether a message reports that the skin is sensitive still.
func stillSensitive(r *reading) bool {
	if r.message.Other || r.verdict.Level >= triage.Contact {
		return false
	}
	still := slices.ContainsFunc(r.message.Tokens, func(t language.Token) bool { return t.Text == "still" })
	return slices.ContainsFunc(r.message.Mentions, func(m language.Mention) bool {
		return m.Sign == language.Sensitivity && m.Status == language.Present && (m.Persisting || still)
	})
}

// mostShifts bounds how often a plan is moved.
const mostShifts = 60

// shift moves what is not green yet by one day and says so.
func (c *Core) shift(p *Person, out []Message, now time.Time) []Message {
	t := p.Treatment()
	if t == nil || !p.consented() || len(p.Wishes.Sensitive) >= mostShifts || len(out) == 0 {
		return out
	}
	waits := slices.ContainsFunc(c.library.Windows, func(w *content.Window) bool {
		l := w.At(p.setting(), t.At, c.zone(p)).Later(p.Wishes.Sensitive)
		return now.Before(l.GreenFrom)
	})
	if !waits {
		return out
	}
	p.Wishes.Sensitive = append(slices.Clone(p.Wishes.Sensitive), kept(now))
	text, guides, ok := strings.Cut(out[0].Text, "\n"+c.library.Phrase("guides"))
	if ok {
		guides = c.library.Phrase("guides") + guides
	}
	out[0].Text = joinLines(text, c.library.Phrase("shift.noted"), guides)
	return out
}
