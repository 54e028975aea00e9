package classify

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// Example is one labelled text.
type Example struct {
	Input Input
	Class string
}

// Options steer the training. The zero value takes the defaults.
type Options struct {
	Epochs   int     // default 40
	Rate     float64 // default 6
	Decay    float64 // L2 pull per step, default 2e-6
	MinCount int     // a feature is kept when at least so many examples have it; default 1
	Smooth   float64 // label smoothing, default 0.05
	// Balance evens out classes of different size: 0 takes every example alike, 1 every class alike.
	Balance float64
}

// Train fits a model. The same examples in the same order give the same model to the byte:
// the order of steps comes from a fixed seed, and sums are kept from being fused.
func Train(examples []Example, o Options) *Model {
	if o.Epochs == 0 {
		o.Epochs = 40
	}
	if o.Rate == 0 {
		o.Rate = 6
	}
	if o.Decay == 0 {
		o.Decay = 2e-6
	}
	if o.Smooth == 0 {
		o.Smooth = 0.05
	}
	m := &Model{}
	m.learnVocabulary(examples, max(o.MinCount, 1))
	classes := map[string]bool{}
	for _, e := range examples {
		classes[e.Class] = true
	}
	m.Classes = slices.Sorted(maps.Keys(classes))
	index := map[string]int{}
	for i, c := range m.Classes {
		index[c] = i
	}
	k := len(m.Classes)
	var s scratch
	vectors := make([][]entry, len(examples))
	target := make([]int, len(examples))
	for i, e := range examples {
		vectors[i] = slices.Clone(m.vector(e.Input, &s))
		target[i] = index[e.Class]
	}
	share := shares(target, k, o.Balance)
	weights := make([]float32, len(m.idf)*k)
	bias := make([]float32, k)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, k)
	steps, total := 0, o.Epochs*len(examples)
	floor := float32(o.Smooth / float64(k))
	for range o.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			rate := float32(o.Rate * share[target[i]] * (1 - 0.98*float64(steps)/float64(total)))
			shrink := float32(1 - float64(rate)*o.Decay*20)
			steps++
			copy(p, bias)
			for _, e := range vectors[i] {
				row := weights[int(e.feature)*k : int(e.feature)*k+k]
				v := e.value
				for c := range row {
					p[c] += float32(row[c] * v)
				}
			}
			softmax(p)
			for c := range p {
				p[c] -= floor
			}
			p[target[i]] -= float32(1 - o.Smooth)
			for c := range p {
				p[c] = float32(p[c] * rate)
				bias[c] -= float32(p[c] * 0.02)
			}
			for _, e := range vectors[i] {
				row := weights[int(e.feature)*k : int(e.feature)*k+k]
				v := e.value
				for c := range row {
					row[c] = float32(row[c]*shrink) - float32(p[c]*v)
				}
			}
		}
	}
	m.quantise(weights, bias)
	return m
}

// shares gives how much an example of each class counts, one on average.
func shares(target []int, classes int, balance float64) []float64 {
	count := make([]float64, classes)
	for _, t := range target {
		count[t]++
	}
	out := make([]float64, classes)
	mean := float64(len(target)) / float64(classes)
	sum := 0.0
	for c := range out {
		out[c] = math.Pow(mean/count[c], balance)
		sum += out[c] * count[c]
	}
	for c := range out {
		out[c] *= float64(len(target)) / sum
	}
	return out
}

// learnVocabulary keeps the features that enough examples have, in sorted order, with their
// inverse document frequency.
func (m *Model) learnVocabulary(examples []Example, least int) {
	count := map[string]int{}
	var buf []byte
	for _, e := range examples {
		seen := map[string]bool{}
		buf = eachFeature(e.Input, buf, func(key []byte, _ float32) {
			if !seen[string(key)] {
				seen[string(key)] = true
				count[string(key)]++
			}
		})
	}
	for f, n := range count {
		if n < least {
			delete(count, f)
		}
	}
	features := slices.Sorted(maps.Keys(count))
	m.vocabulary = make(map[uint64]int32, len(features))
	m.hashes = make([]uint64, len(features))
	m.idf = make([]float32, len(features))
	for i, f := range features {
		h := hash([]byte(f))
		if _, taken := m.vocabulary[h]; taken {
			panic("classify: two features share a hash: " + f)
		}
		m.hashes[i], m.vocabulary[h] = h, int32(i)
		m.idf[i] = float32(1 + math.Log(float64(len(examples)+1)/float64(count[f]+1)))
	}
}

// softmax turns scores into probabilities in place.
func softmax(p []float32) {
	most := p[0]
	for _, v := range p {
		most = max(most, v)
	}
	sum := 0.0
	for i, v := range p {
		e := math.Exp(float64(v - most))
		p[i] = float32(e)
		sum += e
	}
	scale := float32(1 / sum)
	for i := range p {
		p[i] = float32(p[i] * scale)
	}
}
