package language

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// attr is what the wording of a pattern itself says about the sign.
type attr uint8

const (
	attrPlain attr = iota
	attrWeak
	attrSoft
	attrMild
	attrModerate
	attrStrong
	attrSevere
	attrWorse
	attrSpreading
	attrReturned
	attrBetter
	attrGone
	attrNot
)

var attrNames = map[string]attr{
	"weak": attrWeak, "soft": attrSoft, "mild": attrMild, "moderate": attrModerate, "strong": attrStrong,
	"severe": attrSevere, "worse": attrWorse, "spreading": attrSpreading,
	"returned": attrReturned, "better": attrBetter, "gone": attrGone, "not": attrNot,
}

// element is one place of a pattern: one of some words, any word, or a gap of up to three.
type element struct {
	words    []string // exact words
	prefixes []string // beginnings of words
	any, gap bool
}

type pattern struct {
	section  int
	attr     attr
	elements []element
}

// lexicon is the compiled form of the lexicon files. It is immutable and shared.
type lexicon struct {
	sections []string
	exact    map[string][]*pattern // by the first word of the pattern
	prefix   map[string][]*pattern // by the beginning of its first word
	minLen   int                   // shortest prefix
	known    map[string]bool       // words that correction may aim at: long enough, not weak
	words    map[string]bool       // all exact words: never corrected away
	// sortedKnown holds the keys of known, sorted, so that correction is the same every time.
	sortedKnown []string
	// vocabulary holds everyday words, from vocabulary.txt: they are spelt as they were meant.
	vocabulary map[string]bool
}

// defaultLexicon compiles the built-in files once. They are part of the binary and covered by
// tests, so a fault in them is a programming error.
var defaultLexicon = sync.OnceValue(func() *lexicon {
	lx, err := parseLexicon(lexiconFiles)
	if err != nil {
		panic(err)
	}
	return lx
})

func parseLexicon(files fs.FS) (*lexicon, error) {
	names, err := fs.Glob(files, "lexicon/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list lexicon files: %w", err)
	}
	lx := &lexicon{
		exact: map[string][]*pattern{}, prefix: map[string][]*pattern{},
		known: map[string]bool{}, words: map[string]bool{}, vocabulary: map[string]bool{}, minLen: 99,
	}
	classes := map[string][]string{}
	type line struct {
		where, section, text string
		english              bool
	}
	var lines []line
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read lexicon: %w", err)
		}
		section := ""
		if strings.HasSuffix(name, "vocabulary.txt") {
			for _, w := range strings.Fields(string(data)) {
				lx.vocabulary[w] = true
			}
			continue
		}
		for n, text := range strings.Split(string(data), "\n") {
			text = strings.TrimSpace(text)
			where := fmt.Sprintf("%s:%d", name, n+1)
			switch {
			case text == "" || text[0] == '#':
			case text[0] == '[':
				section = strings.Trim(text, "[]")
			case section == "":
				return nil, fmt.Errorf("%s: a pattern before the first [section]", where)
			default:
				if strings.HasSuffix(name, "classes.txt") {
					for _, w := range strings.Split(text, ",") {
						if w = strings.TrimSpace(w); !strings.ContainsAny(w, " -") {
							classes[section] = append(classes[section], w)
						}
					}
				}
				lines = append(lines, line{where, section, text, !strings.HasSuffix(name, "world.txt")})
			}
		}
	}
	index := map[string]int{}
	doubtful := map[string]bool{} // section and pattern of what is marked weak or soft
	for _, l := range lines {
		if name, rest, ok := strings.Cut(l.text, ":"); ok && (name == "weak" || name == "soft") {
			for _, p := range strings.Split(rest, ",") {
				doubtful[l.section+"|"+strings.TrimSpace(p)] = true
			}
		}
	}
	for _, l := range lines {
		id, ok := index[l.section]
		if !ok {
			id = len(lx.sections)
			index[l.section] = id
			lx.sections = append(lx.sections, l.section)
		}
		text, a := l.text, attrPlain
		if name, rest, ok := strings.Cut(text, ":"); ok {
			if v, known := attrNames[name]; known {
				a, text = v, rest
			} else {
				return nil, fmt.Errorf("%s: unknown attribute %q", l.where, name)
			}
		}
		for _, p := range strings.Split(text, ",") {
			if p = strings.TrimSpace(p); p == "" || a == attrPlain && doubtful[l.section+"|"+p] {
				continue
			}
			els, err := compile(p, classes)
			if err != nil {
				return nil, fmt.Errorf("%s: pattern %q: %w", l.where, p, err)
			}
			// Spelling is corrected towards English words only: they are what most messages hold.
			lx.add(&pattern{section: id, attr: a, elements: els}, l.english && (isSign[l.section] ||
				l.section == "organs" || l.section == "strength severe" || l.section == "trend worse" || l.section == "trend spreading"))
		}
	}
	lx.sortedKnown = slices.Sorted(maps.Keys(lx.known))
	return lx, nil
}

// compile reads one pattern: words, `word*`, `a|b`, `_`, `..` and `<class>`.
func compile(p string, classes map[string][]string) ([]element, error) {
	p = strings.ReplaceAll(strings.ReplaceAll(p, "'", ""), "/", " / ")
	var out []element
	for _, field := range strings.Fields(strings.ReplaceAll(p, "-", " ")) {
		var e element
		switch field {
		case "..":
			e.gap = true
		case "_":
			e.any = true
		default:
			for _, w := range strings.Split(field, "|") {
				switch {
				case strings.HasPrefix(w, "<"):
					words, ok := classes[strings.Trim(w, "<>")]
					if !ok {
						return nil, fmt.Errorf("no word class %s", w)
					}
					e.words = append(e.words, words...)
				case strings.HasSuffix(w, "*"):
					e.prefixes = append(e.prefixes, strings.TrimSuffix(w, "*"))
				case w != "":
					e.words = append(e.words, w)
				}
			}
		}
		out = append(out, e)
	}
	if len(out) == 0 || out[0].gap || out[0].any || out[len(out)-1].gap {
		return nil, fmt.Errorf("must begin and end with a word")
	}
	return out, nil
}

// add indexes a pattern; the names of signs become targets of spelling correction.
func (lx *lexicon) add(p *pattern, sign bool) {
	for _, w := range p.elements[0].words {
		lx.exact[w] = append(lx.exact[w], p)
	}
	for _, w := range p.elements[0].prefixes {
		lx.prefix[w] = append(lx.prefix[w], p)
		lx.minLen = min(lx.minLen, len(w))
	}
	for _, e := range p.elements {
		for _, w := range e.words {
			lx.words[w] = true
			if sign && len(p.elements) == 1 && len(w) >= 5 && p.names(!grave[SignID(lx.sections[p.section])]) {
				lx.known[w] = true
			}
		}
		for _, w := range e.prefixes {
			lx.words[w] = true
			if sign && len(p.elements) == 1 && len(w) >= 5 && p.names(!grave[SignID(lx.sections[p.section])]) {
				lx.known[w] = true
			}
		}
	}
}

// names tells whether the pattern is a name of a sign that spelling may be corrected to. A word of
// many meanings is one for harmless signs only.
func (p *pattern) names(harmless bool) bool {
	return p.attr != attrSoft && p.attr != attrNot && (p.attr != attrWeak || harmless)
}

// match is a pattern found in a message.
type match struct {
	section  int
	attr     attr
	from, to int // token range, to excluded
}

func (m match) size() int { return m.to - m.from }

func (m match) overlaps(o match) bool { return m.from < o.to && o.from < m.to }

func (m match) within(o match) bool { return o.from <= m.from && m.to <= o.to }

// find returns every pattern found in the tokens, in order of their beginnings; of one section
// only the longest at a place.
func (lx *lexicon) find(tokens []Token) []match {
	var out []match
	for i := range tokens {
		if tokens[i].Kind == Stop || tokens[i].Kind == Comma {
			continue
		}
		w := tokens[i].Text
		first := len(out)
		try := func(ps []*pattern) {
			for _, p := range ps {
				end := p.match(tokens, i+1, 1)
				if end < 0 {
					continue
				}
				m := match{p.section, p.attr, i, end}
				replaced := false
				for k := first; k < len(out); k++ {
					if out[k].section != m.section || (out[k].attr == attrNot) != (m.attr == attrNot) {
						continue
					}
					replaced = true
					if m.size() > out[k].size() || (m.size() == out[k].size() && m.attr < out[k].attr && out[k].attr == attrWeak) {
						out[k] = m
					} else if m.size() == out[k].size() && m.attr > attrWeak && out[k].attr == attrPlain {
						out[k] = m
					}
					break
				}
				if !replaced {
					out = append(out, m)
				}
			}
		}
		try(lx.exact[w])
		for n := lx.minLen; n <= len(w); n++ {
			try(lx.prefix[w[:n]])
		}
	}
	return out
}

// match tells where the pattern ends when its elements from k on are matched from token i, or -1.
func (p *pattern) match(tokens []Token, i, k int) int {
	if k == len(p.elements) {
		return i
	}
	e := &p.elements[k]
	if e.gap {
		for skip := 0; skip <= 3; skip++ {
			if end := p.match(tokens, i+skip, k+1); end >= 0 {
				return end
			}
			if i+skip >= len(tokens) || tokens[i+skip].Kind == Stop || tokens[i+skip].Kind == Comma {
				return -1
			}
		}
		return -1
	}
	if i >= len(tokens) || tokens[i].Kind == Stop || tokens[i].Kind == Comma {
		return -1
	}
	if !e.any && !e.is(tokens[i].Text) {
		return -1
	}
	return p.match(tokens, i+1, k+1)
}

func (e *element) is(w string) bool {
	for _, x := range e.words {
		if x == w {
			return true
		}
	}
	for _, x := range e.prefixes {
		if strings.HasPrefix(w, x) {
			return true
		}
	}
	return false
}
