package classify

// OutOfScope is the class that Topic gives when the model would rather not say.
const OutOfScope = "out-of-scope"

// abstainBelow is the probability under which the best class is not trusted, when the model has no
// out-of-scope examples of its own. Set by cross-validation on CLINC150's training set.
const abstainBelow = 0.10

// Topic is the most probable class, or OutOfScope when no class is probable enough.
func (m *Model) Topic(in Input) string {
	best := m.Best(in, 1)[0]
	if best.P < abstainBelow && len(m.Classes) > 10 {
		return OutOfScope
	}
	return best.Class
}
