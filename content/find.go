package content

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"afterglow/internal/classify"
	"afterglow/internal/language"
)

// NotCovered is the topic of subjects on which no guide speaks.
const (
	NotCovered = "not-covered"
	OutOfScope = "out-of-scope"
	SmallTalk  = "small-talk"
)

// Finder finds the topic of a message with two models trained on the phrasings: one that knows
// topics (and the subjects that no guide covers), one that knows whether somebody asks, denies or
// reports, and how grave a report sounds.
type Finder struct {
	topics *classify.Model
	acts   *classify.Model
}

// Guess is a topic with its probability.
type Guess struct {
	Topic   string
	Subject string // of not-covered: the most probable subject
	P       float64
}

// Found is what the finder makes of a message.
type Found struct {
	Guesses []Guess // best first, at most five
	// Calm, Bad, Grave and Urgent are the probabilities of a report: of ordinary healing; of ordinary
	// healing in words that call for the clinic; of a sign that always does; of an emergency.
	Calm, Bad, Grave, Urgent float64
	// Denies is the probability that the message has a sign's words without reporting it.
	Denies float64
}

// Reports is the probability that the message reports a sign, whatever its gravity.
func (f *Found) Reports() float64 { return f.Calm + f.Bad + f.Grave + f.Urgent }

// Best is the most probable topic; the zero Guess when there is none.
func (f *Found) Best() Guess {
	if len(f.Guesses) == 0 {
		return Guess{}
	}
	return f.Guesses[0]
}

// P is the probability of a topic among the best guesses.
func (f *Found) P(topic string) float64 {
	for _, g := range f.Guesses {
		if g.Topic == topic {
			return g.P
		}
	}
	return 0
}

// Input turns a message into what the classifier sees: its words as corrected, and the signs with
// their status, the shape of the question and whether a time is told as marks.
func Input(m *language.Message) classify.Input {
	in := classify.Input{Words: make([]string, 0, len(m.Tokens))}
	for i := range m.Tokens {
		switch t := &m.Tokens[i]; t.Kind {
		case language.Word, language.Emoji:
			in.Words = append(in.Words, t.Text)
		case language.Number:
			in.Words = append(in.Words, "0")
		case language.Stop:
			if t.Text == "?" {
				in.Words = append(in.Words, "?")
			}
		}
	}
	for i := range m.Mentions {
		mention := &m.Mentions[i]
		in.Marks = append(in.Marks, string(mention.Sign)+statusMark[mention.Status])
		if mention.Strength >= language.Severe {
			in.Marks = append(in.Marks, "severe")
		}
		if mention.Trend >= language.Worse {
			in.Marks = append(in.Marks, "worse")
		}
	}
	if m.Shape != language.Statement {
		in.Marks = append(in.Marks, "?"+string(m.Shape))
	}
	if m.Elapsed != nil {
		in.Marks = append(in.Marks, "elapsed")
	}
	return in
}

var statusMark = [...]string{language.Present: "+", language.Asked: "?", language.Negated: "-", language.Gone: "~", language.Past: "<"}

// Find gives the topics of a message. It is deterministic and safe for concurrent use.
func (f *Finder) Find(m *language.Message) Found {
	in := Input(m)
	var out Found
	p := f.topics.Probabilities(in)
	sums := map[string]*Guess{}
	best := map[string]float64{}
	for i, class := range f.topics.Classes {
		v := float64(p[i])
		if v < 0.002 {
			continue
		}
		topic, subject, _ := strings.Cut(class, "/")
		g := sums[topic]
		if g == nil {
			g = &Guess{Topic: topic}
			sums[topic] = g
		}
		if subject == "" {
			g.P += v
			continue
		}
		// Dozens of subjects share a topic: added up, their small chances would beat any topic that
		// stands alone. The best one speaks for all.
		if v > best[topic] {
			best[topic], g.Subject, g.P = v, subject, v
		}
	}
	for _, topic := range slices.Sorted(maps.Keys(sums)) {
		out.Guesses = append(out.Guesses, *sums[topic])
	}
	slices.SortStableFunc(out.Guesses, func(a, b Guess) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return 0
	})
	out.Guesses = out.Guesses[:min(5, len(out.Guesses))]
	a := f.acts.Probabilities(in)
	for i, class := range f.acts.Classes {
		switch class {
		case actCalm:
			out.Calm = float64(a[i])
		case actBad:
			out.Bad = float64(a[i])
		case actGrave:
			out.Grave = float64(a[i])
		case actUrgent:
			out.Urgent = float64(a[i])
		case actDenies:
			out.Denies = float64(a[i])
		}
	}
	return out
}

// The classes of the second model.
const (
	actAsks   = "asks"
	actDenies = "denies"
	actCalm   = "calm"
	actBad    = "bad"
	actGrave  = "grave"
	actUrgent = "urgent"
)

// alwaysGrave are the symptom topics of which every report is a reason to call (see the triage policy).
var alwaysGrave = map[string]bool{"breakout": true, "bumps": true, "rash": true, "infection": true,
	"allergic-reaction": true, "worsening-condition": true, "warning-signs": true}

// actOf is what a phrasing teaches the second model.
func actOf(topic string, s Section) string {
	switch {
	case s == Asks:
		return actAsks
	case s == Denies:
		return actDenies
	case topic == "breathing-emergency":
		return actUrgent
	case alwaysGrave[topic]:
		return actGrave
	case s == Bad:
		return actBad
	}
	return actCalm
}

// trainingMoment is the instant at which phrasings are taken to be written, so that training is
// the same on every day.
var trainingMoment = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

// Train trains a finder on phrasings, the same to the byte every time. What the guides and the
// answers say of a topic is learned from too: people ask with the words of what they want to hear.
func Train(phrasings map[string][]Phrasing, l *Library) *Finder {
	var topics, acts []classify.Example
	learn := func(text, topic string) {
		topics = append(topics, classify.Example{Input: Input(language.Read(text, trainingMoment)), Class: topic})
	}
	for _, g := range l.Guides {
		for i := range g.Claims {
			if c := &g.Claims[i]; len(c.Topics) > 0 {
				learn(c.Says, c.Topics[0])
			}
		}
	}
	for _, t := range l.Topics {
		if t.Group == "none" {
			continue
		}
		for _, a := range t.Answers {
			learn(a.Text, t.ID)
		}
	}
	for _, topic := range slices.Sorted(maps.Keys(phrasings)) {
		for _, p := range phrasings[topic] {
			m := language.Read(p.Text, trainingMoment)
			in := Input(m)
			// What is bad only because of the time that it tells is judged by the day, and would teach the
			// model that 'still' is alarming.
			if act := actOf(topic, p.Section); act != actBad || m.Elapsed == nil {
				acts = append(acts, classify.Example{Input: in, Class: act})
			}
			if p.Section == Denies {
				continue
			}
			class := topic
			if p.Subject != "" {
				class += "/" + p.Subject
			}
			topics = append(topics, classify.Example{Input: in, Class: class})
		}
	}
	return &Finder{
		topics: classify.Train(topics, classify.Options{MinCount: 2, Epochs: 10, Rate: 3, Balance: 0.3}),
		acts:   classify.Train(acts, classify.Options{MinCount: 2, Epochs: 10, Rate: 3}),
	}
}

const (
	topicModelFile = "models/topics.bin"
	actModelFile   = "models/acts.bin"
)

// Save writes the two models with write, by their file names in the content folder.
func (f *Finder) Save(create func(name string) (io.WriteCloser, error)) error {
	for name, m := range map[string]*classify.Model{topicModelFile: f.topics, actModelFile: f.acts} {
		w, err := create(name)
		if err != nil {
			return err
		}
		if err := m.Encode(w); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return fmt.Errorf("close %s: %w", name, err)
		}
	}
	return nil
}

// The models are embedded as plain bytes, which the decoder refers to without copying them.
var (
	//go:embed library/models/topics.bin
	topicModel []byte
	//go:embed library/models/acts.bin
	actModel []byte
)

// BuiltinFinder decodes the models of the binary once.
var BuiltinFinder = sync.OnceValues(func() (*Finder, error) {
	topics, err := classify.Decode(topicModel)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", topicModelFile, err)
	}
	acts, err := classify.Decode(actModel)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", actModelFile, err)
	}
	return &Finder{topics: topics, acts: acts}, nil
})
