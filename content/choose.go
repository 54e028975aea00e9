package content

import "afterglow/internal/language"

// Choose gives the first answer of the topic whose conditions hold, or nil. An answer for a
// shape of question holds only when that shape was asked; one without a shape always.
func (t *Topic) Choose(s Situation) *Answer {
	for i := range t.Answers {
		if t.Answers[i].For.holds(s) {
			return &t.Answers[i]
		}
	}
	return nil
}

func (c *Condition) holds(s Situation) bool {
	switch {
	case c.Level != AnyLevel && c.Level != s.Level:
		return false
	case c.Setting != AnySetting && c.Setting != s.Setting:
		return false
	case c.Light != AnyLight && c.Light != s.Light:
		return false
	case c.Asked != language.Statement && c.Asked != s.Asked:
		return false
	case c.Dated != nil && *c.Dated != (s.Day != nil):
		return false
	case c.Day.Set && (s.Day == nil || !c.Day.Contains(*s.Day)):
		return false
	}
	return true
}

// ClaimsOf gives every claim on a topic: those that the entry rests on in its order, then all
// others that name the topic, in the order of the guides.
func (l *Library) ClaimsOf(t *Topic) []*Claim {
	return l.claimsOf[t.ID]
}

func (l *Library) gatherClaims(t *Topic) []*Claim {
	var out []*Claim
	seen := map[*Claim]bool{}
	for _, ref := range t.Rests {
		if c := l.claims[ref]; c != nil && !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	for _, g := range l.Guides {
		for i := range g.Claims {
			c := &g.Claims[i]
			for _, id := range c.Topics {
				if id == t.ID && !seen[c] {
					seen[c] = true
					out = append(out, c)
				}
			}
		}
	}
	return out
}
