package language

// The ConText algorithm: each modifier has a direction and a scope that ends at a terminator, at
// the end of its sentence, or after reach tokens.

// reach is how many tokens a modifier reaches. ConText's authors use six; people in chats put
// longer lists behind one 'no'.
const reach = 9

func (r *reader) modifiers() {
	for i := range r.m.Mentions {
		r.status(&r.m.Mentions[i])
	}
	for i := range r.m.Mentions {
		r.strengthOf(&r.m.Mentions[i])
	}
	r.answered()
	for _, c := range r.cues {
		if c.section == "persistent" {
			r.persist(c)
		}
	}
	r.strayGone()
	r.strayStrengths()
	r.trends()
	if len(r.m.Mentions) == 0 {
		for _, c := range r.cues {
			switch c.section {
			case "persistent":
				r.m.Persisting = true
			case "gone post":
				r.m.Over = r.m.Over || !r.denied(c) && !r.goneElsewhere(c) && !r.expected(c) && !r.isQuestion(r.sentence[c.from]) && !r.comesBack(c.to)
			}
			if s, ok := strengths[c.section]; ok && !(s >= Strong && (r.denied(c) || r.imagined(c))) {
				r.m.Strength = max(r.m.Strength, s)
			}
		}
	}
}

// status decides whether the mention is there, from the cues around it.
func (r *reader) status(m *Mention) {
	if m.Status == Gone {
		return
	}
	reported := r.reported(m)
	affirmed := false
	for _, c := range r.cues {
		affirmed = affirmed || c.section == "affirmed" && r.sentence[c.from] == m.sentence
	}
	for _, c := range r.cues {
		if r.sentence[c.from] != m.sentence {
			continue
		}
		inside := c.from >= m.from && c.to <= m.to
		switch c.section {
		case "negated pre":
			if inside || c.to > m.from || !r.reaches(c.to, m.from) {
				continue
			}
			if r.negatesDegree(c.to, m) {
				m.strength(Mild)
				m.because("not strongly: ", r.words(c.from, c.to))
				continue
			}
			m.set(Negated, "negated by ", r.words(c.from, c.to))
		case "negated post":
			if c.from >= m.to && c.from-m.to <= 2 && (r.plainBetween(m.to, c.from) || c.from == m.to+1 && r.text(m.to) == "-") && r.endsClause(c.to) {
				m.set(Negated, "negated by ", r.words(c.from, c.to))
			}
		case "gone post":
			if c.from >= m.to && c.from-m.to <= 5 && r.clear(m.to, c.from) && !r.denied(c) && !r.expected(c) && !r.comesBack(c.to) && !r.goneElsewhere(c) && !r.otherSubject(m.to, c.from) {
				m.set(Gone, "over: ", r.words(c.from, c.to))
			}
		case "gone pre":
			if c.to <= m.from && m.from-c.to <= 2 && r.clear(c.to, m.from) && !r.denied(c) {
				m.set(Gone, "over: ", r.words(c.from, c.to))
			}
		case "hypothetical pre":
			if c.to <= m.from && r.clear(c.to, m.from) && !r.newClause(c.to, m.from) && !affirmed {
				m.set(Asked, "imagined: ", r.words(c.from, c.to))
			}
		case "asked pre":
			if c.to <= m.from && !reported && r.clear(c.to, m.from) {
				m.set(Asked, "asked: ", r.words(c.from, c.to))
				m.Soft = true
			}
		case "hypothetical post":
			if c.from >= m.to && !reported && c.from-m.to <= 6 && r.isQuestion(m.sentence) && r.clear(m.to, c.from) {
				m.set(Asked, "asked: ", r.words(c.from, c.to))
				m.Soft = true
			}
		case "historical pre":
			if c.to <= m.from && r.clear(c.to, m.from) && !r.compared(c) && !r.nowBetween(c.to, m.from) {
				m.set(Past, "earlier: ", r.words(c.from, c.to))
			}
		case "historical post":
			if c.from >= m.to && r.clear(m.to, c.from) && !r.compared(c) && !r.nowBetween(m.from-3, c.from) {
				m.set(Past, "earlier: ", r.words(c.from, c.to))
			}
		}
	}
	if m.Status == Present && r.setAgainst(m) {
		m.set(Past, "somebody else's, set against the writer's own", "")
	}
	if m.Status == Present && r.longAgo(m) {
		m.set(Past, "long ago", "")
	}
	if m.Status == Present && !reported && r.asksAbout(m) {
		m.set(Asked, "asked: ", r.words(r.start(m.sentence), m.from))
		m.Soft = true
	}
}

// newClause tells whether a comma with a subject of its own behind it stands between two tokens: what
// follows it is said, not imagined ('tell me if it helps, my throat is swelling').
func (r *reader) newClause(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tokens[i].Kind != Comma {
			continue
		}
		switch r.text(i + 1) {
		case "my", "im", "ive", "i", "its", "theres", "there", "now", "the", "because", "cause", "cos", "cuz":
			return true
		}
	}
	return false
}

// setAgainst tells whether somebody else's sign is only told against the writer's own state: 'my
// friend got hives but i have only the redness'.
func (r *reader) setAgainst(m *Mention) bool {
	other := false
	for _, c := range r.cues {
		if c.section == "other experiencer" && r.sentence[c.from] == m.sentence && c.to <= m.from && r.clear(c.to, m.from) && r.text(c.from) == "my" {
			other = true
		}
	}
	if !other {
		return false
	}
	for i := m.to; i < len(r.tokens) && r.sentence[i] == m.sentence; i++ {
		if t := r.text(i); t == "but" || t == "whereas" || t == "while" {
			switch r.text(i + 1) {
			case "i", "im", "ive", "mine", "me", "my":
				return true
			}
		}
	}
	return false
}

// longAgo tells whether the clause of a sign tells of another time of life: a year by its number, or
// months and years ago.
func (r *reader) longAgo(m *Mention) bool {
	for i, t := range r.tokens {
		if r.sentence[i] != m.sentence || !r.sameClause(min(i, m.to), max(i, m.from)) || t.Kind != Number && t.Num == 0 && t.Text != "a" && t.Text != "few" && t.Text != "couple" {
			continue
		}
		if t.Kind == Number && t.Num >= 1950 && t.Num <= 2100 && len(t.Text) == 4 {
			switch r.text(i - 1) {
			case "in", "since", "summer", "back", "of", "around":
				return r.year == 0 || int(t.Num) < r.year
			}
		}
		for k := i + 1; k <= i+3; k++ {
			u := units[r.text(k)]
			if u >= 30*day && r.text(k+1) == "ago" && t.Num*float64(u) >= 0 {
				return u > 31*day || t.Num >= 3 || t.Text == "few"
			}
		}
	}
	return false
}

func (m *Mention) set(s Status, why, words string) {
	// What is said not to be there outweighs what is asked; both outweigh presence.
	if m.Status == Present || (m.Status == Asked && s != Asked) {
		m.Status = s
	}
	m.because(why, words)
}

func (m *Mention) because(why, words string) { m.Because = append(m.Because, why+words) }

// reported tells whether the clause of the mention says that somebody has the sign now.
func (r *reader) reported(m *Mention) bool {
	for _, c := range r.cues {
		if c.section != "report" && c.section != "owned" || r.sentence[c.from] != m.sentence {
			continue
		}
		if c.section == "owned" && auxiliaries[r.opening(m.sentence)] && r.opening(m.sentence) != "is" && r.opening(m.sentence) != "are" {
			continue // 'will my scars get darker'
		}
		if c.to <= m.from && r.clear(c.to, m.from) || c.from >= m.to && r.clear(m.to, c.from) ||
			c.from < m.to && c.to > m.from {
			return true
		}
	}
	return false
}

// clear tells whether no terminator and no comma stands between two tokens.
func (r *reader) clear(from, to int) bool {
	if to-from > reach+4 {
		return false
	}
	for i := from; i < to; i++ {
		if r.tokens[i].Kind == Stop {
			return false
		}
	}
	for _, c := range r.cues {
		if c.section == "terminator" && c.from >= from && c.to <= to && !softTerminator[r.tokens[c.from].Text] {
			return false
		}
	}
	return true
}

// softTerminator are terminators for a negation only: 'not until it swells', 'if it is only red'.
var softTerminator = map[string]bool{
	"just": true, "only": true, "then": true, "so": true, "that": true, "as": true, "still": true,
	"plus": true, "since": true, "when": true, "now": true, "today": true,
}

// reaches tells whether a negation that ends at token from covers a sign that begins at token to.
func (r *reader) reaches(from, to int) bool {
	if to-from > reach {
		return false
	}
	for _, c := range r.cues {
		if c.section == "terminator" && c.from >= from && c.to <= to && !r.soMuch(c) {
			return false
		}
		if (c.section == "negated pre" || c.section == "negated pseudo") && c.from >= from && c.to <= to && c.from > from {
			return false // the nearer one decides
		}
	}
	listed := false
	for i := from; i < to; i++ {
		t := r.tokens[i]
		switch {
		case t.Kind == Stop:
			return false
		case t.Kind == Comma:
			if i == from || !r.listGoesOn(i+1, to) {
				return false
			}
			listed = true
		case i > from && newSubject[t.Text] && !beliefs[r.text(i-1)]:
			return false
		case t.Text == "and" || t.Text == "n" || t.Text == "&":
			if i == from || !(listed || r.shortListEnd(i+1, to)) {
				return false
			}
		}
	}
	return true
}

// soMuch tells whether a 'so' ends nothing: 'not so much as a pimple', 'none so far'.
func (r *reader) soMuch(c cue) bool {
	if r.text(c.from) != "so" {
		return false
	}
	n := r.text(c.to)
	return n == "much" || n == "far" || n == "many"
}

// newSubject are words that begin a clause of its own: 'the tablets do nothing im in agony'. Behind a
// verb of belief they do not: 'i dont think its swollen'.
var newSubject = map[string]bool{"im": true, "ive": true, "its": true, "theres": true, "theyre": true, "hes": true, "shes": true, "i": true, "it": true}

var beliefs = map[string]bool{"think": true, "believe": true, "feel": true, "say": true, "see": true, "know": true, "mean": true, "if": true, "that": true, "sure": true, "like": true, "when": true}

// listGoesOn tells whether what follows a comma is the next item of a denied list, which an 'or'
// or 'nor' closes ('no pus, pain or swelling'), and not a new clause.
func (r *reader) listGoesOn(from, sign int) bool {
	for i := from; i < len(r.tokens) && i < from+12; i++ {
		t := r.tokens[i]
		if t.Kind == Stop {
			return false
		}
		if t.Text == "or" || t.Text == "nor" {
			return true
		}
		for _, c := range r.cues {
			if c.from == i && (c.section == "terminator" || (c.section == "report" || c.section == "owned") && i != sign) {
				return false
			}
		}
	}
	return false
}

// shortListEnd tells whether an 'and' joins one last word to a denied list: 'no pus and pain.'
func (r *reader) shortListEnd(from, sign int) bool {
	return sign == from && r.endsClause(sign+1)
}

func (r *reader) endsClause(i int) bool {
	return i >= len(r.tokens) || r.tokens[i].Kind == Stop || r.tokens[i].Kind == Comma ||
		r.tokens[i].Text == "and" || r.tokens[i].Text == "but" || r.tokens[i].Text == "so"
}

// degreeWords make a negation one of degree: 'not very red' is red.
var degreeWords = map[string]bool{
	"very": true, "too": true, "that": true, "much": true, "so": true, "super": true, "really": true,
	"as": true, "terribly": true, "severe": true, "severely": true, "extreme": true, "extremely": true,
	"excessive": true, "excessively": true, "overly": true, "particularly": true, "especially": true,
	"bad": true, "badly": true, "only": true, "just": true, "quite": true, "exactly": true,
	"major": true, "massive": true, "massively": true, "huge": true, "crazy": true, "insanely": true,
	"unbearable": true, "unbearably": true, "intense": true, "intensely": true, "strong": true, "strongly": true, "hugely": true, "loads": true,
	"heavy": true, "heavily": true, "significant": true, "a": false,
}

func (r *reader) negatesDegree(from int, m *Mention) bool {
	for i := from; i < m.to && i < from+2 && i < len(r.tokens); i++ {
		if degreeWords[r.tokens[i].Text] {
			return true
		}
	}
	return false
}

// denied tells whether a negation stands right before a cue ('has not gone').
func (r *reader) denied(c cue) bool {
	for _, n := range r.cues {
		if n.section == "negated pseudo" && n.size() > c.size() && c.within(n.match) {
			return true
		}
		if n.section == "negated pre" && n.to <= c.from && c.from-n.to <= 2 {
			return true
		}
	}
	return false
}

// nowBetween tells whether a word of the present stands between two tokens.
func (r *reader) nowBetween(from, to int) bool {
	for i := max(from, 0); i < to; i++ {
		switch r.text(i) {
		case "now", "today", "tonight", "still", "currently":
			return true
		}
	}
	return false
}

// comesBack tells whether what had gone returned in the same breath.
func (r *reader) comesBack(from int) bool {
	for _, c := range r.cues {
		if (c.section == "trend returned" || c.section == "trend worse") && c.from >= from {
			return true
		}
	}
	return false
}

// compared tells whether a time is only compared with: 'worse than last time', 'unlike before'.
func (r *reader) compared(c cue) bool {
	for i := c.from - 1; i >= 0 && i >= c.from-4; i-- {
		switch r.tokens[i].Text {
		case "than", "unlike", "like", "compared", "vs", "as":
			return true
		}
	}
	return false
}

func (r *reader) plainBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tokens[i].Kind != Word {
			return false
		}
	}
	return true
}

func (r *reader) isQuestion(sentence int) bool {
	for i, t := range r.tokens {
		if r.sentence[i] == sentence && t.Text == "?" {
			return true
		}
	}
	return false
}

func (r *reader) start(sentence int) int {
	for i := range r.tokens {
		if r.sentence[i] == sentence {
			return i
		}
	}
	return 0
}

// asksAbout tells whether the sentence asks about the sign in general: 'is swelling normal', 'how
// long is one pink', 'rash: who to call?'. 'Is the / this / my swelling …' is about a swelling
// that is there, and so is a sign of three words or less with a question mark ('pus?').
func (r *reader) asksAbout(m *Mention) bool {
	clause, end := r.clauseOf(m)
	if clause > r.start(m.sentence) || end < r.end(m.sentence) {
		// A statement with a question behind it: 'face a bit puffy, is that the water?'
		if first := r.firstWord(clause, end); !auxiliaries[first] && !whWords[first] {
			for i := end + 1; i < r.end(m.sentence); i++ {
				if r.tokens[i-1].Kind == Comma && (auxiliaries[r.firstWord(i, r.end(m.sentence))] || whWords[r.firstWord(i, r.end(m.sentence))]) {
					return false
				}
			}
		}
	}
	if r.identifies(m) {
		return false
	}
	words, definite, wh := 0, false, false
	for k := r.start(m.sentence); k < r.end(m.sentence); k++ {
		t := r.tokens[k]
		if t.Kind != Word && t.Kind != Number {
			continue
		}
		words++
		if k < m.from && (t.Text == "the" || t.Text == "this" || t.Text == "these" || t.Text == "that" || t.Text == "those" || t.Text == "all") && k >= m.from-3 {
			definite = true
		}
		wh = wh || whWords[t.Text]
	}
	if definite && !wh {
		return false
	}
	if first := r.opening(m.sentence); auxiliaries[first] || whWords[first] {
		return !r.droppedSubject(m, first)
	}
	return r.isQuestion(m.sentence) && (words > 3 || wh)
}

// identifies tells whether the question is what a thing that is there may be: 'is it pus', 'could this
// be a rash', 'are these hives'.
func (r *reader) identifies(m *Mention) bool {
	for k := m.from - 1; k >= 0 && k >= m.from-4 && r.sentence[k] == m.sentence; k-- {
		switch r.text(k) {
		case "a", "an", "the", "just", "maybe", "really", "actually", "be", "some", "like", "or", "from", "still":
			continue
		case "it", "this", "that", "they", "these", "those", "them":
			switch r.text(k - 1) {
			case "is", "are", "could", "might", "may", "can", "was", "does":
				return r.text(k-1) != "can" && (r.text(k-1) == "is" || r.text(k-1) == "are" || r.text(k+1) == "be")
			}
		}
		return false
	}
	return false
}

// droppedSubject tells whether the sentence only lacks its 'it': 'is very painful.'
func (r *reader) droppedSubject(m *Mention, first string) bool {
	if first != "is" && first != "was" || r.isQuestion(m.sentence) {
		return false
	}
	for k := r.start(m.sentence); k < r.end(m.sentence); k++ {
		switch r.text(k) {
		case "normal", "ok", "okay", "common", "expected", "supposed", "bad", "possible", "usual", "it", "this", "that", "there", "good", "safe", "allowed", "typical":
			return false
		}
	}
	return m.from-r.start(m.sentence) <= 3
}

// end is the token behind the last word of a sentence.
func (r *reader) end(sentence int) int {
	i := r.start(sentence)
	for i < len(r.tokens) && r.sentence[i] == sentence && r.tokens[i].Kind != Stop {
		i++
	}
	return i
}

// clauseOf gives the tokens between the commas around a mention.
func (r *reader) clauseOf(m *Mention) (from, to int) {
	from, to = m.from, m.to
	for from > r.start(m.sentence) && r.tokens[from-1].Kind != Comma {
		from--
	}
	for to < r.end(m.sentence) && r.tokens[to].Kind != Comma {
		to++
	}
	return from, to
}

// firstWord is the first word from a token on that is more than a lead-in.
func (r *reader) firstWord(from, to int) string {
	for k := from; k < to && k < len(r.tokens); k++ {
		if t := r.tokens[k]; t.Kind == Word && !lead[t.Text] {
			return t.Text
		}
	}
	return ""
}

// opening is the first word of a sentence that is more than a lead-in.
func (r *reader) opening(sentence int) string {
	return r.firstWord(r.start(sentence), r.end(sentence))
}

// lead are words in front of the real beginning of a question.
var lead = map[string]bool{
	"so": true, "and": true, "hi": true, "hey": true, "hello": true, "please": true, "pls": true, "ok": true, "um": true,
	"but": true, "just": true, "quick": true, "question": true, "wondering": true, "also": true, "erm": true, "well": true, "sorry": true,
}

var auxiliaries = map[string]bool{
	"is": true, "are": true, "can": true, "does": true, "do": true, "will": true, "would": true, "could": true,
	"should": true, "may": true, "might": true, "was": true, "am": false,
}

var whWords = map[string]bool{
	"why": true, "how": true, "when": true, "what": true, "which": true, "whats": true, "hows": true, "whens": true,
	"whys": true, "who": true, "where": true, "whyd": true, "howd": true, "vs": true, "versus": true, "cause": true,
	"causes": true, "duration": true, "difference": true, "typical": true, "risk": true,
}

var strengths = map[string]Strength{
	"strength mild": Mild, "strength moderate": Moderate, "strength strong": Strong, "strength severe": Severe,
}

// strengthOf gives a mention the strength words of its clause. An adverb of degree counts right
// beside the sign only, an adjective anywhere in the clause unless another sign stands nearer.
func (r *reader) strengthOf(m *Mention) {
	if m.Status == Negated || m.Status == Past {
		return
	}
	for _, c := range r.cues {
		s, ok := strengths[c.section]
		if !ok || r.sentence[c.from] != m.sentence || r.wished(c) {
			continue
		}
		var gap int
		switch {
		case c.to <= m.from:
			if !r.sameClause(c.to, m.from) {
				continue
			}
			gap = m.from - c.to
		case c.from >= m.to:
			if !r.sameClause(m.to, c.from) {
				continue
			}
			gap = c.from - m.to
		default:
			gap = 0
		}
		if s == Strong && r.softened(c) {
			continue
		}
		limit := 4
		switch s {
		case Strong:
			limit = 1
			if c.from >= m.to {
				limit = 0
			}
		case Severe:
			limit = 7
		}
		if gap > limit || r.nearerSign(m, c, gap) {
			continue
		}
		if s >= Strong && (r.denied(c) || r.imagined(c)) {
			if r.denied(c) && m.Status == Present {
				m.strength(Mild)
			}
			continue
		}
		if m.Sign == Pain && m.hurts && s == Strong {
			s = Severe // 'it hurts a lot' is no tenderness
		}
		m.strength(s)
		m.because("strength: ", r.words(c.from, c.to))
	}
}

// answered takes 'sting? nah.' and 'sore? not at all' for the denials that they are.
func (r *reader) answered() {
	for k := range r.m.Mentions {
		m := &r.m.Mentions[k]
		if m.Status != Present && m.Status != Asked || !r.isQuestion(m.sentence) {
			continue
		}
		end := r.start(m.sentence)
		for end < len(r.tokens) && r.sentence[end] == m.sentence {
			end++
		}
		if end-r.start(m.sentence) > 5 {
			continue
		}
		switch r.text(end) {
		case "no", "nah", "nope", "not", "never", "none", "nothing", "zero", "nil":
			if r.text(end) != "not" || r.text(end+1) == "at" || r.text(end+1) == "really" || r.text(end+1) == "any" {
				m.Status = Negated
				m.because("answered: ", r.text(end))
			}
		}
	}
}

// strayGone gives a 'gone' whose clause names no sign to the sign before it: 'had two spots. gone.'
func (r *reader) strayGone() {
	for _, c := range r.cues {
		if c.section != "gone post" || r.denied(c) || r.imagined(c) || r.expected(c) || r.comesBack(c.to) || r.isQuestion(r.sentence[c.from]) {
			continue
		}
		if r.goneElsewhere(c) {
			continue
		}
		best, gap, taken := -1, 99, false
		for k := range r.m.Mentions {
			o := &r.m.Mentions[k]
			if o.sentence == r.sentence[c.from] && (c.to <= o.from && r.sameClause(c.to, o.from) || c.from >= o.to && r.sameClause(o.to, c.from)) {
				taken = true
			}
			if d := c.from - o.to; d >= 0 && d < gap && d <= 16 && o.sentence >= r.sentence[c.from]-1 && o.Status == Present && !o.Persisting {
				best, gap = k, d
			}
		}
		if !taken && best >= 0 {
			r.m.Mentions[best].Status = Gone
			r.m.Mentions[best].because("over: ", r.words(c.from, c.to))
		}
	}
}

// otherSubject tells whether something else stands between a sign and a 'gone': 'swollen so my chin
// disappeared'.
func (r *reader) otherSubject(from, to int) bool {
	for _, c := range r.cues {
		if c.section == "owned" && c.from >= from && c.to <= to {
			return true
		}
	}
	return false
}

// expected tells whether a 'gone' is only awaited: 'would be gone', 'supposed to be gone by now'.
func (r *reader) expected(c cue) bool {
	for k := c.from - 1; k >= 0 && k >= c.from-4; k-- {
		switch r.text(k) {
		case "would", "should", "will", "to", "until", "till", "when", "shouldve", "ought":
			return true
		}
	}
	return false
}

// goneElsewhere tells whether a 'gone' is a becoming or a going: 'gone red', 'gone from my cheek down
// to my neck'.
func (r *reader) goneElsewhere(c cue) bool {
	if r.text(c.to-1) == "now" && !r.endsClause(c.to) {
		return true // 'ok now its unbearable'
	}
	switch r.text(c.to) {
	case "red", "pink", "from", "to", "bad", "dark", "darker", "blotchy", "crazy", "wild", "all", "over", "on", "up", "down", "wrong",
		"black", "purple", "numb", "hard", "yellow", "brown", "blue", "green", "blurry", "beyond", "past", "right",
		"ok", "okay", "normal", "fine", "expected", "acceptable", "than":
		return true
	}
	return false
}

// shortAnswer tells whether a clause is nothing but a strength: 'Sore. Bad.', 'the pain, strong, since …'
func (r *reader) shortAnswer(c cue) bool {
	from, to := c.from, c.to
	for from > 0 && r.tokens[from-1].Kind != Comma && r.tokens[from-1].Kind != Stop {
		from--
	}
	for to < len(r.tokens) && r.tokens[to].Kind != Comma && r.tokens[to].Kind != Stop {
		to++
	}
	return to-from <= 2 && !r.isQuestion(r.sentence[c.from])
}

// strayStrengths gives a severe strength whose clause names no sign to the sign before it: 'my face
// is on fire and getting worse, i cant take it'.
func (r *reader) strayStrengths() {
	for _, c := range r.cues {
		if c.section != "strength severe" && !(c.section == "strength strong" && r.shortAnswer(c)) || r.denied(c) || r.imagined(c) || r.wished(c) || r.isQuestion(r.sentence[c.from]) && whWords[r.opening(r.sentence[c.from])] {
			continue
		}
		taken := false
		best, gap := -1, 99
		for k := range r.m.Mentions {
			o := &r.m.Mentions[k]
			if o.Status != Present {
				continue
			}
			if c.from < o.to && c.to > o.from || c.to <= o.from && r.sameClause(c.to, o.from) || c.from >= o.to && r.sameClause(o.to, c.from) {
				taken = true
			}
			if d := c.from - o.to; d >= 0 && d < gap && d <= 14 && o.sentence >= r.sentence[c.from]-1 {
				best, gap = k, d
			}
			if d := o.from - c.to; best < 0 && d >= 0 && d <= 3 && o.sentence == r.sentence[c.from] {
				best, gap = k, 13 // 'very bad, it throbs'
			}
		}
		if !taken && best >= 0 {
			r.m.Mentions[best].strength(Severe)
			r.m.Mentions[best].because("strength: ", r.words(c.from, c.to))
		}
	}
}

// softened tells whether a mild word follows at once: 'very slight'.
func (r *reader) softened(c cue) bool {
	for _, o := range r.cues {
		if o.section == "strength mild" && o.from == c.to {
			return true
		}
	}
	return false
}

// wished tells whether a strength is that of a wish: 'i want so badly to touch it'.
func (r *reader) wished(c cue) bool {
	for k := c.from - 1; k >= 0 && k >= c.from-2; k-- {
		switch r.text(k) {
		case "want", "wanted", "wanna", "need", "needed", "wish", "hoping", "hope":
			return true
		}
	}
	return r.text(c.to) == "to" && r.text(c.to-1) == "badly"
}

// imagined tells whether a cue stands in the scope of an 'if'.
func (r *reader) imagined(c cue) bool {
	for _, h := range r.cues {
		if h.section == "hypothetical pre" && r.sentence[h.from] == r.sentence[c.from] && h.to <= c.from && r.clear(h.to, c.from) {
			return true
		}
	}
	return false
}

func (r *reader) sameClause(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tokens[i].Kind == Comma || r.tokens[i].Kind == Stop {
			return false
		}
	}
	for _, c := range r.cues {
		if c.section == "terminator" && c.from >= from && c.to <= to && !softTerminator[r.tokens[c.from].Text] {
			return false
		}
	}
	return true
}

// nearerSign tells whether another sign stands nearer to the cue.
func (r *reader) nearerSign(m *Mention, c cue, gap int) bool {
	for k := range r.m.Mentions {
		o := &r.m.Mentions[k]
		if o.Sign == m.Sign || o.sentence != m.sentence {
			continue
		}
		d := -1
		switch {
		case c.to <= o.from:
			d = o.from - c.to
		case c.from >= o.to:
			d = c.from - o.to
		}
		if d >= 0 && d < gap {
			return true
		}
	}
	return false
}

var trends = map[string]Trend{
	"trend better": Better, "trend same": Same, "trend worse": Worse,
	"trend spreading": Spreading, "trend returned": Returned,
}

// trends gives each trend to the nearest present sign of its sentence; where the sentence has no
// sign, to the signs of the sentence before it, because 'it is getting worse' speaks of them.
func (r *reader) trends() {
	for _, c := range r.cues {
		t, ok := trends[c.section]
		if !ok || r.covered(c) {
			continue
		}
		if t >= Worse && (r.imagined(c) || r.denied(c) || r.past(c)) {
			if r.denied(c) && t == Worse {
				t = Same
			} else {
				continue
			}
		}
		if t == Better && (r.imagined(c) || r.denied(c)) {
			continue
		}
		sentence := r.sentence[c.from]
		best, gap := -1, 99
		for k := range r.m.Mentions {
			o := &r.m.Mentions[k]
			if o.sentence != sentence || o.Status != Present && o.Status != Gone {
				continue
			}
			d := 0
			if c.to <= o.from {
				d = o.from - c.to
			} else if c.from >= o.to {
				d = c.from - o.to
			}
			if d < gap {
				best, gap = k, d
			}
		}
		if t == Returned && r.text(c.from) == "again" && (best < 0 || !r.sameClause(min(c.to, r.m.Mentions[best].to), max(c.from, r.m.Mentions[best].from))) {
			continue // 'I am just checking again'
		}
		if best < 0 {
			r.m.Trend = max(r.m.Trend, t)
			for k := range r.m.Mentions {
				o := &r.m.Mentions[k]
				if o.sentence == sentence-1 && (o.Status == Present || o.Status == Gone) && r.m.Mentions[k].Trend < Worse && (t != Returned || gap > 0) {
					r.giveTrend(o, t, c)
				}
			}
			continue
		}
		r.giveTrend(&r.m.Mentions[best], t, c)
	}
}

func (r *reader) giveTrend(m *Mention, t Trend, c cue) {
	if t == Returned && m.Status == Gone {
		m.Status = Present
	}
	m.trend(t)
	m.because("trend: ", r.words(c.from, c.to))
}

func (r *reader) persist(c cue) {
	for k := range r.m.Mentions {
		o := &r.m.Mentions[k]
		if o.sentence == r.sentence[c.from] && o.Status == Present {
			o.Persisting = true
		}
	}
}

// covered tells whether a longer cue of another kind of trend covers this one ('not getting
// worse' covers 'worse').
func (r *reader) covered(c cue) bool {
	for _, o := range r.cues {
		if _, ok := trends[o.section]; ok && o.size() > c.size() && c.within(o.match) {
			return true
		}
	}
	return false
}

// past tells whether a cue stands in the scope of an earlier time.
func (r *reader) past(c cue) bool {
	for _, h := range r.cues {
		if h.section == "historical pre" && r.sentence[h.from] == r.sentence[c.from] && h.to <= c.from && r.clear(h.to, c.from) && !r.compared(h) {
			return true
		}
	}
	return false
}
