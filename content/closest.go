package content

import (
	"math"
	"slices"

	"afterglow/internal/language"
)

// stemLength is how much of a word is compared: enough to tell words apart, little enough to bring
// 'hydrate' and 'hydrating' together.
const stemLength = 5

// claimIndex holds the words of every claim with their weight: the rarer a word among all claims, the
// more it tells.
type claimIndex struct {
	stems  map[*Claim][]string
	weight map[string]float64
}

func (l *Library) indexClaims() {
	x := claimIndex{stems: map[*Claim][]string{}, weight: map[string]float64{}}
	count := map[string]int{}
	for _, c := range l.claims {
		stems := stemsOf(language.Tokens(language.Clean(c.Says)))
		x.stems[c] = stems
		for _, s := range stems {
			count[s]++
		}
	}
	for s, n := range count {
		x.weight[s] = math.Log(float64(len(l.claims)+1) / float64(n))
	}
	l.index = x
}

// stemsOf gives the distinct stems of the words that can tell something.
func stemsOf(tokens []language.Token) []string {
	var out []string
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != language.Word && t.Kind != language.Number || t.Kind == language.Word && len(t.Text) < 3 {
			continue
		}
		s := t.Text
		if len(s) > stemLength {
			s = s[:stemLength]
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Closest gives the claim on a topic whose words come closest to a question and that answers its
// shape, leaving out the claims in except; nil when none comes close. The topic's own words, which
// every claim on it shares, do not count.
func (l *Library) Closest(t *Topic, m *language.Message, except []string) *Claim {
	asked := stemsOf(m.Tokens)
	own := stemsOf(language.Tokens(language.Clean(t.Title)))
	var best *Claim
	most := 0.0
	for _, c := range l.claimsOf[t.ID] {
		score := 0.0
		for _, s := range l.index.stems[c] {
			if slices.Contains(asked, s) && !slices.Contains(own, s) {
				score += l.index.weight[s]
			}
		}
		if score > 0 && m.Shape != language.Statement && slices.Contains(c.About, string(m.Shape)) {
			score += shapeBonus
		}
		if score > most {
			best, most = c, score
		}
	}
	if best == nil || most < closeEnough || slices.Contains(except, best.Ref()) {
		return nil
	}
	return best
}

// ClosestOfAll gives the claim of the whole library whose words come closest to a question, for
// messages whose topic the trained model does not find; nil when none comes close.
func (l *Library) ClosestOfAll(m *language.Message) *Claim {
	asked := stemsOf(m.Tokens)
	var best *Claim
	most := 0.0
	for _, g := range l.Guides {
		for i := range g.Claims {
			c := &g.Claims[i]
			score := 0.0
			for _, s := range l.index.stems[c] {
				if slices.Contains(asked, s) {
					score += l.index.weight[s]
				}
			}
			if score > most {
				best, most = c, score
			}
		}
	}
	if most < closeOfAll {
		return nil
	}
	return best
}

// Set so that two telling words in common, or one and the right shape, bring a claim close.
const (
	shapeBonus  = 1.5
	closeEnough = 4.5
	closeOfAll  = 7.0
)
