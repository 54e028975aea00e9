package bot

import (
	"fmt"
	"strings"

	"afterglow/internal/language"
)

// Explain says what would be read from a message and which rules would decide, for people who edit
// the content or look into a wrong answer. It changes nothing in the conversation.
func (v *Conversation) Explain(text string) string {
	c := v.core
	p := v.person
	r := c.read(&p, text, c.now())
	var b strings.Builder
	fmt.Fprintf(&b, "read as: %s\n", r.message.Clean)
	for _, t := range r.message.Tokens {
		if t.Was != "" {
			fmt.Fprintf(&b, "spelling: %s -> %s\n", t.Was, t.Text)
		}
	}
	if r.message.Elapsed != nil {
		fmt.Fprintf(&b, "time: %q is %s ago", r.message.ElapsedWords, elapsedWords(*r.message.Elapsed, true))
		if r.message.ElapsedLoose {
			b.WriteString(" (loosely)")
		}
		b.WriteByte('\n')
	}
	if r.message.Setting != "" {
		fmt.Fprintf(&b, "setting: %s\n", r.message.Setting)
	}
	for _, m := range r.message.Mentions {
		words := []string{m.Status.String()}
		for _, w := range []string{m.Strength.String(), m.Trend.String()} {
			if w != "" {
				words = append(words, w)
			}
		}
		if m.Learned {
			words = append(words, "found by the model")
		}
		fmt.Fprintf(&b, "sign: %s (%q): %s", m.Sign, m.Words, strings.Join(words, ", "))
		if len(m.Because) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(m.Because, "; "))
		}
		b.WriteByte('\n')
	}
	for _, f := range r.verdict.Findings {
		fmt.Fprintf(&b, "rule: %s => %s\n", f.Rule, f.Level)
	}
	fmt.Fprintf(&b, "level: %s\n", r.verdict.Level)
	if r.message.Shape != language.Statement {
		fmt.Fprintf(&b, "shape: %s\n", r.message.Shape)
	}
	if len(r.named) > 0 {
		fmt.Fprintf(&b, "named: %s\n", strings.Join(r.named, ", "))
	}
	for _, g := range r.found.Guesses {
		fmt.Fprintf(&b, "topic: %s %.3f", g.Topic, g.P)
		if g.Subject != "" {
			fmt.Fprintf(&b, " (%s)", g.Subject)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "model: calm %.2f, bad %.2f, grave %.2f, urgent %.2f, denies %.2f\n", r.found.Calm, r.found.Bad, r.found.Grave, r.found.Urgent, r.found.Denies)
	return b.String()
}
