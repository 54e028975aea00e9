package classify

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

// Model is a trained classifier. It may be used by many goroutines at once.
type Model struct {
	Classes    []string
	vocabulary map[uint64]int32 // by the hash of a feature
	hashes     []uint64         // of the features in their order; needed for encoding only
	idf        []float32
	rows       []byte    // a row of len(Classes) weights per feature, each a signed byte
	scales     []float32 // the step of each row
	bias       []float32
	pool       sync.Pool
}

// Score is the probability of a class.
type Score struct {
	Class string
	P     float64
}

// quantise stores each feature's weights in eight bits with a step of its own; the loss is far
// below what tells classes apart, and the model becomes four times smaller.
func (m *Model) quantise(weights, bias []float32) {
	k := len(m.Classes)
	m.bias = bias
	m.rows = make([]byte, len(weights))
	m.scales = make([]float32, len(m.idf))
	for f := range m.idf {
		row := weights[f*k : f*k+k]
		most := float32(0)
		for _, w := range row {
			most = max(most, w, -w)
		}
		if most == 0 {
			continue
		}
		step := most / 127
		m.scales[f] = step
		for c, w := range row {
			m.rows[f*k+c] = byte(int8(math.Round(float64(w / step))))
		}
	}
}

// Probabilities gives the probability of every class, in the order of Classes.
func (m *Model) Probabilities(in Input) []float32 {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	defer m.pool.Put(s)
	k := len(m.Classes)
	p := make([]float32, k)
	copy(p, m.bias)
	for _, e := range m.vector(in, s) {
		v := float32(e.value * m.scales[e.feature])
		row := m.rows[int(e.feature)*k : int(e.feature)*k+k]
		for c, w := range row {
			p[c] += float32(v * float32(int8(w)))
		}
	}
	softmax(p)
	return p
}

// Best gives the most probable classes, at most n of them, best first.
func (m *Model) Best(in Input, n int) []Score {
	p := m.Probabilities(in)
	out := make([]Score, len(p))
	for i := range p {
		out[i] = Score{m.Classes[i], float64(p[i])}
	}
	slices.SortStableFunc(out, func(a, b Score) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return 0
	})
	return out[:min(n, len(out))]
}

var magic = []byte("afterglow-classify-2\n")

// Encode writes the model in its file format. The format is the same on every machine.
func (m *Model) Encode(w io.Writer) error {
	var b bytes.Buffer
	b.Write(magic)
	text := func(s string) {
		b.Write(binary.AppendUvarint(nil, uint64(len(s))))
		b.WriteString(s)
	}
	b.Write(binary.AppendUvarint(nil, uint64(len(m.Classes))))
	for i, c := range m.Classes {
		text(c)
		b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(m.bias[i])))
	}
	b.Write(binary.AppendUvarint(nil, uint64(len(m.hashes))))
	for i, h := range m.hashes {
		b.Write(binary.LittleEndian.AppendUint64(nil, h))
		b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(m.idf[i])))
		b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(m.scales[i])))
	}
	b.Write(m.rows)
	_, err := w.Write(b.Bytes())
	if err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return nil
}

// ErrFormat is returned for data that is not a model of this version.
var ErrFormat = errors.New("not a model file of this version: train it again")

// Decode reads a model that Encode wrote. The model keeps a reference to data.
func Decode(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, magic)
	if !ok {
		return nil, ErrFormat
	}
	d := decoder{rest: rest}
	m := &Model{}
	k := d.count()
	if d.failed || k == 0 || k > len(d.rest) {
		return nil, ErrFormat
	}
	for range k {
		m.Classes = append(m.Classes, d.text())
		m.bias = append(m.bias, d.float())
	}
	n := d.count()
	if d.failed || n > len(d.rest)/16 || n*(16+k) != len(d.rest) {
		return nil, ErrFormat
	}
	m.vocabulary = make(map[uint64]int32, n)
	m.hashes = make([]uint64, n)
	m.idf = make([]float32, n)
	m.scales = make([]float32, n)
	for i := range n {
		m.hashes[i] = binary.LittleEndian.Uint64(d.bytes(8))
		m.vocabulary[m.hashes[i]] = int32(i)
		m.idf[i], m.scales[i] = d.float(), d.float()
	}
	m.rows = d.bytes(n * k)
	return m, nil
}

type decoder struct {
	rest   []byte
	failed bool
}

func (d *decoder) count() int {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 || v > 1<<28 {
		d.failed = true
		return 0
	}
	d.rest = d.rest[n:]
	return int(v)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.failed = true
		return nil
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

func (d *decoder) text() string { return string(d.bytes(d.count())) }

func (d *decoder) float() float32 {
	b := d.bytes(4)
	if b == nil {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(b))
}
