package language

// correct mends misspelt names of signs. Only words that the lexicon does not know at all are
// touched, only towards unambiguous names of signs, and only by one slip of the finger (two in
// long words): dropping, doubling, swapping or mistaking a letter.
func (lx *lexicon) correct(tokens []Token) {
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != Word || len(t.Text) < 6 || lx.words[t.Text] || lx.vocabulary[t.Text] || lx.begins(t.Text) {
			continue
		}
		if w := lx.nearest(t.Text); w != "" {
			t.Was, t.Text = t.Text, w
		}
	}
}

// begins tells whether a prefix pattern already takes the word.
func (lx *lexicon) begins(w string) bool {
	for n := lx.minLen; n <= len(w); n++ {
		for _, p := range lx.prefix[w[:n]] {
			if len(p.elements) == 1 {
				return true
			}
		}
	}
	return false
}

func (lx *lexicon) nearest(w string) string {
	best, bestDistance := "", 3
	limit := 1
	if len(w) >= 9 {
		limit = 2
	}
	for _, k := range lx.sortedKnown {
		if k[:2] != w[:2] || len(k) > len(w)+limit || len(w) > len(k)+limit {
			continue
		}
		if d := distance(w, k, limit); d <= limit && (d < bestDistance || d == bestDistance && k < best) {
			best, bestDistance = k, d
		}
	}
	return best
}

// distance is the Damerau-Levenshtein distance (adjacent swaps count one), cut off above limit.
func distance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	const most = 32
	if len(a) >= most || len(b) >= most {
		return limit + 1
	}
	var rows [3][most + 1]int
	prev2, prev, row := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			v := min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				v = min(v, prev2[j-2]+1)
			}
			row[j] = v
			least = min(least, v)
		}
		if least > limit {
			return limit + 1
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}
