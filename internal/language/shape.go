package language

// Shape is the shape of a question: what kind of answer it wants.
type Shape string

// The shapes. Statement is the zero value: nothing is asked.
const (
	Statement Shape = ""
	When      Shape = "when" // when, may I, can I
	Why       Shape = "why"
	Which     Shape = "which"
	How       Shape = "how"
	HowLong   Shape = "how-long"
	HowMany   Shape = "how-many"
	What      Shape = "what"
	WhatIf    Shape = "what-if"
	Signs     Shape = "signs" // how do I know, what does it look like
	Done      Shape = "done"  // it was done already: what now
	Whom      Shape = "whom"
)

// shape reads the shape of the question from its words. The last question of a message decides,
// because people tell first and ask then.
func (r *reader) shape() Shape {
	out := Statement
	for i := range r.tokens {
		t, next, third := r.text(i), r.text(i+1), r.text(i+2)
		switch t {
		case "why", "reason", "purpose", "whys", "point":
			out = Why
		case "how":
			switch next {
			case "long", "soon", "quickly", "fast":
				out = HowLong
			case "many", "often", "much", "frequently":
				out = HowMany
			case "do", "can", "will", "would", "to":
				if third == "i" && isKnow(r.text(i+3)) || third == "you" && isKnow(r.text(i+3)) || isKnow(third) {
					out = Signs
				} else {
					out = How
				}
			case "come":
				out = Why
			default:
				out = How
			}
		case "which", "what":
			switch {
			case t == "what" && (next == "if" || next == "happens" && third == "if"):
				out = WhatIf
			case t == "what" && next == "for":
				out = Why
			case t == "what" && (next == "kind" || next == "type" || next == "sort" || next == "brand" || next == "spf" || next == "strength" || next == "products" || next == "product"):
				out = Which
			case t == "what" && (next == "now" || next == "do" && third == "i"):
				if out == Statement || out == When {
					out = What
				}
			case t == "which":
				out = Which
			default:
				out = What
			}
		case "recommend", "recommended", "best":
			if out == Statement || out == When {
				out = Which
			}
		case "when", "whens":
			if out == Statement {
				out = When
			}
			if next == "should" && (r.text(i+3) == "worry" || r.text(i+3) == "call") || next == "to" && (third == "worry" || third == "call") {
				out = Signs
			}
		case "can", "may", "could", "should", "am", "is", "are", "do", "does", "must", "shall", "allowed", "ok", "okay", "safe", "will":
			if out == Statement && (r.isQuestion(r.sentence[i]) || i == r.start(r.sentence[i]) || t == "allowed" || t == "safe") {
				out = When
			}
		case "who", "whom":
			if next == "do" || next == "should" || next == "to" || next == "can" {
				out = Whom
			}
		}
	}
	if r.doneAlready() {
		return Done
	}
	return out
}

func isKnow(w string) bool {
	switch w {
	case "know", "tell", "recognise", "recognize", "spot", "see":
		return true
	}
	return false
}

// doneAlready tells whether the writer says that they did a thing, and no more than that: 'i already put
// vitamin c on', 'accidentally went for a run'.
func (r *reader) doneAlready() bool {
	for i := range r.tokens {
		switch r.text(i) {
		case "accidentally", "accidently", "mistakenly", "stupidly", "oops", "whoops", "forgot", "slipped", "unthinkingly", "messed":
			return true
		case "already", "just", "have", "ive", "i":
			switch r.text(i + 1) {
			case "used", "put", "applied", "went", "drank", "smoked", "wore", "rolled", "slapped", "swam", "ran", "exercised", "washed", "touched", "picked", "peeled", "took", "slept", "popped", "rubbed", "ate", "squeezed", "scrubbed", "dipped", "sweated":
				if r.text(i) == "already" || r.text(i-1) == "i" && r.text(i) != "have" || r.text(i) == "ive" || r.text(i) == "i" {
					return !r.treatmentVerb(i + 1)
				}
			}
		}
	}
	return false
}

// treatmentVerb tells whether the thing done is the treatment itself, which is no mishap.
func (r *reader) treatmentVerb(i int) bool {
	if r.text(i) == "rolled" || r.text(i) == "used" || r.text(i) == "went" {
		for k := i + 1; k < i+5; k++ {
			switch r.text(k) {
			case "roller", "dermaroller", "derma", "pen", "clinic", "dermapen", "home":
				return true
			}
		}
		return r.text(i) == "rolled" && r.text(i+1) != "again"
	}
	return false
}
