package content

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden lists anew")

func builtin(t testing.TB) *Library {
	t.Helper()
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestBuiltinContentIsSound(t *testing.T) {
	l := builtin(t)
	for _, f := range append(l.Check(), l.CheckPhrasings(BuiltinPhrasings())...) {
		t.Error(f)
	}
}

// topics are the ids of the outer interface.
const topics = `redness swelling warmth tightness dryness peeling itching burning tingling pain bruising bleeding
breakout bumps rash infection allergic-reaction worsening-condition sensitivity breathing-emergency normal-healing
warning-signs first-night day-by-day aftercare-duration downtime resume-routine skipping-aftercare why-aftercare
results-timeline results-duration number-of-sessions session-interval makeup sun-exposure exercise heat-sauna swimming
alcohol smoking touching-face washing-face sleeping-position hydration diet sunscreen actives retinol vitamin-c
exfoliating-acids benzoyl-peroxide treatment-serum hyaluronic-acid niacinamide peptides moisturizer emollients cleanser
toner-spot-treatment cooling product-overview prescribed-creams painkillers blood-thinners herbal-supplements
what-is-microneedling how-it-works procedure-steps procedure-pain risks conditions-treated benefits combined-treatments
home-vs-clinic choosing-a-provider active-acne pregnancy keloids health-conditions hair-loss not-covered out-of-scope small-talk`

func TestEveryTopicHasAnEntryAnAnswerAndPhrasings(t *testing.T) {
	l := builtin(t)
	phrasings, faults := ReadPhrasings(BuiltinPhrasings())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	ids := strings.Fields(topics)
	if len(ids) != len(l.Topics) {
		t.Errorf("%d topics in the store, want %d", len(l.Topics), len(ids))
	}
	for _, id := range ids {
		topic := l.Topic(id)
		if topic == nil {
			t.Errorf("no entry for %s", id)
			continue
		}
		if topic.Choose(Situation{Level: Info}) == nil {
			t.Errorf("%s has no answer for somebody of whom nothing is known", id)
		}
		least := 25
		if topic.Group == "symptom" {
			least = 120
		}
		if n := len(phrasings[id]); n < least {
			t.Errorf("%s has %d phrasings, want %d", id, n, least)
		}
	}
}

// TestSymptomsHaveAnAnswerForEveryLevel: whatever triage decides, there are words for it.
func TestSymptomsHaveAnAnswerForEveryLevel(t *testing.T) {
	for _, topic := range builtin(t).Topics {
		if topic.Group != "symptom" {
			continue
		}
		levels := []Level{SelfCare, Contact}
		if topic.ID == "breathing-emergency" {
			levels = []Level{Emergency}
		}
		for _, level := range levels {
			for _, setting := range []Setting{AnySetting, Clinic, Home} {
				for day := -1; day <= 30; day++ {
					s := Situation{Level: level, Setting: setting}
					if day >= 0 {
						s.Day = &day
					}
					if topic.Choose(s) == nil {
						t.Errorf("%s has no answer for %s, day %d, %q", topic.ID, level, day, setting)
					}
				}
			}
		}
	}
}

// TestWindowsHaveAnAnswerForEveryLight likewise.
func TestWindowsHaveAnAnswerForEveryLight(t *testing.T) {
	l := builtin(t)
	day := 1
	for _, topic := range l.Topics {
		if topic.Window == "" {
			continue
		}
		for _, setting := range []Setting{AnySetting, Clinic, Home} {
			if topic.Choose(Situation{Level: Info, Setting: setting}) == nil {
				t.Errorf("%s has no answer without a date for %q", topic.ID, setting)
			}
			for _, light := range []Light{Red, Amber, Green} {
				if topic.Choose(Situation{Level: Info, Setting: setting, Light: light, Day: &day}) == nil {
					t.Errorf("%s has no answer for %s at %q", topic.ID, light, setting)
				}
			}
		}
	}
}

// TestClaims holds the list of what each guide says, and of what each topic rests on, so that a claim
// that goes missing is seen.
func TestClaims(t *testing.T) {
	l := builtin(t)
	var b strings.Builder
	for _, g := range l.Guides {
		fmt.Fprintf(&b, "%s: %d claims\n", g.ID, len(g.Claims))
		for i := range g.Claims {
			fmt.Fprintf(&b, "  %s: %s\n", g.Claims[i].ID, strings.Join(g.Claims[i].Topics, " "))
		}
	}
	b.WriteString("\nclaims a topic\n")
	for _, topic := range l.Topics {
		n := len(l.ClaimsOf(topic))
		fmt.Fprintf(&b, "  %s: %d\n", topic.ID, n)
		if n == 0 && topic.Group != "none" {
			t.Errorf("%s rests on no claim", topic.ID)
		}
	}
	const golden = "testdata/claims.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the claims differ from %s; run with -update and review the diff", golden)
	}
	for _, g := range []string{"pmu", "medspa", "glownetics", "bhskin", "banish"} {
		if l.Guide(g) == nil {
			t.Errorf("the guide %s is missing", g)
		}
	}
}

// TestEveryClaimIsConveyed: somebody who asks about a claim's first topic and reads on sees the claim.
func TestEveryClaimIsConveyed(t *testing.T) {
	l := builtin(t)
	for _, g := range l.Guides {
		for i := range g.Claims {
			c := &g.Claims[i]
			for _, id := range c.Topics {
				if !slices.Contains(l.ClaimsOf(l.Topic(id)), c) {
					t.Errorf("%s is not among the claims of %s", c.Ref(), id)
				}
			}
		}
	}
}

func TestModelsAreThoseOfThePhrasings(t *testing.T) {
	if testing.Short() {
		t.Skip("training takes seconds")
	}
	phrasings, _ := ReadPhrasings(BuiltinPhrasings())
	trained := map[string]*bytes.Buffer{}
	err := Train(phrasings, builtin(t)).Save(func(name string) (io.WriteCloser, error) {
		trained[name] = &bytes.Buffer{}
		return nopCloser{trained[name]}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{topicModelFile: topicModel, actModelFile: actModel} {
		if !bytes.Equal(trained[name].Bytes(), want) {
			t.Errorf("%s is not what the phrasings give: run go generate ./content", name)
		}
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func TestFinder(t *testing.T) {
	f, err := BuiltinFinder()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"when may i put my foundation back on": "makeup",
		"is it ok to go for a swim":            "swimming",
		"who won the football last night":      OutOfScope,
		"thank you so much":                    SmallTalk,
		"can i get botox the same week":        NotCovered,
	} {
		found := f.Find(readAt(text))
		if got := found.Best(); got.Topic != want {
			t.Errorf("%q: %s (%.2f), want %s", text, got.Topic, got.P, want)
		}
	}
}
