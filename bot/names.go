package bot

import (
	"slices"
	"strings"

	"afterglow/content"
	"afterglow/internal/language"
)

// nameIndex finds the everyday names of topics ('gym', 'retinol') in messages.
type nameIndex struct {
	first map[string][]name // by first word, longest name first
}

type name struct {
	words []string
	topic string
}

func newNameIndex(l *content.Library) *nameIndex {
	x := &nameIndex{first: map[string][]name{}}
	for _, t := range l.Topics {
		if t.Group == "symptom" || t.Group == "none" {
			continue
		}
		for _, n := range append([]string{t.Title}, t.Names...) {
			words := wordsOf(n)
			if len(words) > 0 {
				x.first[words[0]] = append(x.first[words[0]], name{words, t.ID})
			}
		}
	}
	for _, ns := range x.first {
		slices.SortStableFunc(ns, func(a, b name) int { return len(b.words) - len(a.words) })
	}
	return x
}

func wordsOf(text string) []string {
	var out []string
	for _, t := range language.Tokens(language.Clean(text)) {
		if t.Kind == language.Word || t.Kind == language.Number {
			out = append(out, t.Text)
		}
	}
	return out
}

// spot gives the topics whose names stand in the message, in order, each once.
func (x *nameIndex) spot(m *language.Message) []string {
	var out []string
	for i := 0; i < len(m.Tokens); {
		step := 1
		for _, n := range x.first[m.Tokens[i].Text] {
			if matches(m.Tokens[i:], n.words) {
				if !slices.Contains(out, n.topic) {
					out = append(out, n.topic)
				}
				step = len(n.words)
				break
			}
		}
		i += step
	}
	return out
}

func matches(tokens []language.Token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].Text != w {
			return false
		}
	}
	return true
}

// lookup gives the topic that a short text names, for /can; empty when it names none.
func (x *nameIndex) lookup(text string) string {
	words := wordsOf(text)
	if len(words) == 0 {
		return ""
	}
	m := &language.Message{}
	for _, w := range words {
		m.Tokens = append(m.Tokens, language.Token{Text: strings.ToLower(w)})
	}
	if t := x.spot(m); len(t) > 0 {
		return t[0]
	}
	return ""
}
