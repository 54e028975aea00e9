package content

import (
	"strings"
	"unicode"
)

// Grade is the Flesch-Kincaid grade level of a text (Kincaid, Fishburne, Rogers, Chissom 1975):
// 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Placeholders and markup count as
// nothing. A text without words has grade 0.
func Grade(text string) float64 {
	words, sentences, syllables := 0, 0, 0
	for _, s := range strings.FieldsFunc(stripMarkup(text), func(r rune) bool { return strings.ContainsRune(".?!:;", r) }) {
		n := 0
		for _, w := range strings.Fields(s) {
			if c := syllablesIn(w); c > 0 {
				n++
				syllables += c
			}
		}
		words += n
		if n > 0 {
			sentences++
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

// WordCount counts the words of a text as a reader would.
func WordCount(text string) int {
	n := 0
	for _, w := range strings.Fields(stripMarkup(text)) {
		if strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			n++
		}
	}
	return n
}

// stripMarkup removes emphasis, placeholders in braces and decimal points.
func stripMarkup(text string) string {
	var b strings.Builder
	depth := 0
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
			b.WriteString(" x ")
		case depth > 0 || r == '*':
		case r == '.' && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// syllablesIn counts groups of vowels, without a silent final e; numbers and signs count one.
func syllablesIn(word string) int {
	count, vowel, letters := 0, false, 0
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	for _, r := range word {
		if !unicode.IsLetter(r) {
			vowel = false
			continue
		}
		letters++
		v := strings.ContainsRune("aeiouyáéíóú", r)
		if v && !vowel {
			count++
		}
		vowel = v
	}
	if letters > 2 && count > 1 {
		switch {
		case strings.HasSuffix(word, "le") && !strings.ContainsRune("aeiouy", rune(word[len(word)-3])):
		case strings.HasSuffix(word, "e"):
			count--
		case strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded"):
			count--
		}
	}
	if count == 0 && word != "" {
		count = 1
	}
	return count
}
