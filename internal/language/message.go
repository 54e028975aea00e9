package language

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// SignID names a sign of healing or of trouble, as in the sections of lexicon/signs.txt.
type SignID string

// The signs that a message can name.
const (
	Redness         SignID = "redness"
	Swelling        SignID = "swelling"
	Warmth          SignID = "warmth"
	Tightness       SignID = "tightness"
	Dryness         SignID = "dryness"
	Peeling         SignID = "peeling"
	Tingling        SignID = "tingling"
	Sensitivity     SignID = "sensitivity"
	Pain            SignID = "pain"
	Itching         SignID = "itching"
	Burning         SignID = "burning"
	Bruising        SignID = "bruising"
	Bleeding        SignID = "bleeding"
	Pimples         SignID = "pimples"
	Pustules        SignID = "pustules"
	Bumps           SignID = "bumps"
	Rash            SignID = "rash"
	Hives           SignID = "hives"
	Pus             SignID = "pus"
	Oozing          SignID = "oozing"
	Crust           SignID = "crust"
	Smell           SignID = "smell"
	Blisters        SignID = "blisters"
	Fever           SignID = "fever"
	Streaks         SignID = "streaks"
	SpreadingFast   SignID = "spreading-fast"
	DarkMarks       SignID = "dark-marks"
	WorseCondition  SignID = "worse-condition"
	ColdSore        SignID = "cold-sore"
	Numbness        SignID = "numbness"
	Scabs           SignID = "scabs"
	Allergic        SignID = "allergic"
	Infected        SignID = "infected"
	Unwell          SignID = "unwell"
	Breathing       SignID = "breathing"
	Throat          SignID = "throat"
	Swallowing      SignID = "swallowing"
	MouthSwelling   SignID = "mouth-swelling"
	Fainting        SignID = "fainting"
	Sight           SignID = "sight"
	LifeThreatening SignID = "chest"
)

// condition stands for what was treated until it is known whether it got worse.
const condition SignID = "condition"

// Status tells whether a sign is there.
type Status uint8

// The states of a sign in a message.
const (
	Present Status = iota // reported as being there now
	Asked                 // asked about, feared, imagined or prevented
	Negated               // said not to be there
	Gone                  // was there, is over
	Past                  // belongs to an earlier session or another time of life
)

// Strength is how strong a sign is said to be. The zero value means that nothing was said.
type Strength uint8

// The strengths, weakest first.
const (
	Unstated Strength = iota
	Mild
	Moderate
	Strong // 'very', 'really', 'so'
	Severe
)

// Trend is where a sign is going. The zero value means that nothing was said.
type Trend uint8

// The trends, best first.
const (
	NoTrend Trend = iota
	Better
	Same
	Worse
	Spreading
	Returned
)

// Mention is one sign in a message, with what is said of it.
type Mention struct {
	Sign     SignID
	Status   Status
	Strength Strength
	Trend    Trend
	// Persisting is set when the message says that the sign stays ('still', 'won't go').
	Persisting bool
	// Weak is set when only a word of many meanings named the sign and nothing else in the
	// message speaks of skin or treatment. Somebody has to confirm it.
	Weak bool
	// Soft is set on an Asked mention that was taken for a question only from the shape of its
	// sentence. A trained model may find that it is a report after all.
	Soft bool
	// Learned is set when the sign was not read from words but proposed by the trained model.
	Learned bool
	// Words is the wording that named the sign, for explanations only.
	Words string
	// Because lists the modifiers that were applied, for explanations only.
	Because []string

	from, to, sentence int
	hurts              bool // pain in a word that is more than tenderness
}

// Message is what was read from one text.
type Message struct {
	Clean    string
	Tokens   []Token
	Mentions []Mention
	// Anchored is set when the text speaks of skin, of a body part or of the treatment.
	Anchored bool
	// AirwayFine is set when the text says that breathing, throat, lips or tongue are well.
	AirwayFine bool
	// Foreign is set when the text speaks of animals, things or other parts of the body, and of no
	// skin and no treatment.
	Foreign bool
	// Reports is set when the text has words that report ('my', 'still', 'now', …).
	Reports bool
	// Elapsed is how long ago the text says that the treatment was; nil when it does not say.
	Elapsed *time.Duration
	// ElapsedLoose is set when Elapsed was read from how long a sign has lasted, not from the
	// treatment itself; a known treatment date is then the better source.
	ElapsedLoose bool
	// ElapsedWords is the wording behind Elapsed.
	ElapsedWords string
	// Ahead is how far ahead the time lies that a question asks for ('gym tomorrow?'); 0 when it asks
	// for now.
	Ahead time.Duration
	// Correction is set when the text takes something back ('I meant', 'typo', 'scratch that').
	Correction bool
	// Other is set when the text speaks of somebody else.
	Other bool
	// Strength and Trend are what the message says without naming a sign ('unbearably', 'gone down
	// loads'): they speak of a sign that was named before.
	Strength   Strength
	Trend      Trend
	Persisting bool
	// Over is set when a message that names no sign says that something is over ('all gone').
	Over bool
	// TakenBack is set when the text says that what was reported is not so ('just asking', 'it was only
	// the lamp').
	TakenBack bool
	// Setting is "clinic", "home" or empty.
	Setting string
	// Question is set when the text asks something.
	Question bool
	// Shape is the shape of the question.
	Shape Shape
}

// Unread tells whether the text is most likely in a language that the reader does not know: of its
// words hardly any is an everyday English word or a word of the lexicon.
func (m *Message) Unread() bool {
	lx := defaultLexicon()
	words, known := 0, 0
	for i := range m.Tokens {
		t := &m.Tokens[i]
		if t.Kind != Word {
			continue
		}
		words++
		if lx.words[t.Text] || lx.vocabulary[t.Text] || len(t.Text) < 4 && isPlainASCII(t.Text) && shortEnglish[t.Text] {
			known++
		}
	}
	return words >= 3 && known*3 < words
}

var shortEnglish = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("a i an am as at be by do go he if in is it me my no of on or so to up us we all and any are bit but can day did for get got had has her him his how its let may new not now off old one our out put red say see she the too two use was way who why yes yet you hi ok") {
		out[w] = true
	}
	return out
}()

// Has tells whether a sign is reported as present, weak mentions included.
func (m *Message) Has(s SignID) bool {
	for i := range m.Mentions {
		if m.Mentions[i].Sign == s && m.Mentions[i].Status == Present {
			return true
		}
	}
	return false
}

// The names under which statuses, strengths and trends are stored. They are a format on disk: names
// are never changed, only added.
var (
	statusNames   = []string{Present: "present", Asked: "asked", Negated: "negated", Gone: "gone", Past: "past"}
	strengthNames = []string{Unstated: "", Mild: "mild", Moderate: "moderate", Strong: "strong", Severe: "severe"}
	trendNames    = []string{NoTrend: "", Better: "better", Same: "same", Worse: "worse", Spreading: "spreading", Returned: "returned"}
)

func (s Status) String() string   { return statusNames[s] }
func (s Strength) String() string { return strengthNames[s] }
func (t Trend) String() string    { return trendNames[t] }

// MarshalText writes the stored name.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalText writes the stored name.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalText writes the stored name.
func (t Trend) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a stored name.
func (s *Status) UnmarshalText(b []byte) error { return named(s, statusNames, b) }

// UnmarshalText reads a stored name.
func (s *Strength) UnmarshalText(b []byte) error { return named(s, strengthNames, b) }

// UnmarshalText reads a stored name.
func (t *Trend) UnmarshalText(b []byte) error { return named(t, trendNames, b) }

func named[T ~uint8](into *T, names []string, b []byte) error {
	i := slices.Index(names, string(b))
	if i < 0 {
		return fmt.Errorf("%q is none of %q", b, names)
	}
	*into = T(i)
	return nil
}
