package classify

import (
	"bytes"
	"fmt"
	"testing"
)

func examples() []Example {
	var out []Example
	// A fixed order: the model depends on it.
	for _, e := range [][2]string{
		{"when can i wear makeup", "makeup"}, {"foundation tomorrow", "makeup"}, {"is concealer ok", "makeup"}, {"may i put on lipstick", "makeup"},
		{"can i go to the gym", "gym"}, {"running tonight", "gym"}, {"is a workout ok", "gym"}, {"spin class tomorrow", "gym"},
		{"a glass of wine", "wine"}, {"may i drink beer", "wine"}, {"is alcohol allowed", "wine"}, {"can i have a cocktail", "wine"},
	} {
		out = append(out, Example{Input{Words: Words(e[0])}, e[1]})
	}
	return out
}

func TestLearns(t *testing.T) {
	m := Train(examples(), Options{})
	for text, want := range map[string]string{"makeup ok?": "makeup", "gyms tonight": "gym", "some wines": "wine", "lipsticks": "makeup"} {
		if got := m.Best(Input{Words: Words(text)}, 1)[0]; got.Class != want {
			t.Errorf("%q: %s (%.2f), want %s", text, got.Class, got.P, want)
		}
	}
	sum := float32(0)
	for _, p := range m.Probabilities(Input{Words: Words("nothing that was ever seen")}) {
		sum += p
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("probabilities add up to %v", sum)
	}
}

func TestMarksCount(t *testing.T) {
	var out []Example
	for i := range 8 {
		class, mark := "calm", "redness?"
		if i%2 == 0 {
			class, mark = "report", "redness+"
		}
		out = append(out, Example{Input{Words: []string{"red"}, Marks: []string{mark}}, class})
	}
	m := Train(out, Options{})
	if got := m.Best(Input{Words: []string{"red"}, Marks: []string{"redness+"}}, 1)[0].Class; got != "report" {
		t.Errorf("a mark was not learned: %s", got)
	}
}

func TestTrainingIsTheSameToTheByte(t *testing.T) {
	var a, b bytes.Buffer
	if err := Train(examples(), Options{}).Encode(&a); err != nil {
		t.Fatal(err)
	}
	if err := Train(examples(), Options{}).Encode(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two trainings on the same examples differ")
	}
}

func TestDecodeGivesTheSameModel(t *testing.T) {
	m := Train(examples(), Options{})
	var file bytes.Buffer
	if err := m.Encode(&file); err != nil {
		t.Fatal(err)
	}
	d, err := Decode(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Words: Words("foundation at the gym")}
	if a, b := fmt.Sprint(m.Probabilities(in)), fmt.Sprint(d.Probabilities(in)); a != b {
		t.Errorf("probabilities %s became %s", a, b)
	}
}

func TestLongTextsAreBounded(t *testing.T) {
	m := Train(examples(), Options{})
	long := make([]string, 100_000)
	for i := range long {
		long[i] = "word"
	}
	long[0] = "makeup"
	if got := m.Best(Input{Words: long}, 1); len(got) != 1 {
		t.Errorf("no answer for a long text: %v", got)
	}
}

func FuzzDecode(f *testing.F) {
	var file bytes.Buffer
	if err := Train(examples(), Options{}).Encode(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte("afterglow-classify-2\n\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data)
		if err == nil {
			m.Best(Input{Words: []string{"makeup"}}, 1)
		}
	})
}

func BenchmarkProbabilities(b *testing.B) {
	m := Train(examples(), Options{})
	in := Input{Words: Words("can i wear makeup to the gym tomorrow or should i rather wait a bit longer")}
	for b.Loop() {
		m.Probabilities(in)
	}
}
