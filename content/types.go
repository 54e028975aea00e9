package content

import (
	"time"

	"afterglow/internal/language"
)

// Setting is where the treatment was done.
type Setting string

// The settings. The zero value means that it is not known.
const (
	AnySetting Setting = ""
	Clinic     Setting = "clinic"
	Home       Setting = "home"
)

// Level is the level of triage that an answer is written for (contract: info, self-care,
// contact, emergency). The zero value means any.
type Level string

// The levels, lowest first.
const (
	AnyLevel  Level = ""
	Info      Level = "info"
	SelfCare  Level = "self-care"
	Contact   Level = "contact"
	Emergency Level = "emergency"
)

// Light is the colour of a window at a moment. The zero value means any.
type Light string

// The lights.
const (
	AnyLight Light = ""
	Red      Light = "red"   // every guide that speaks of it still says no
	Amber    Light = "amber" // some say no, some say yes
	Green    Light = "green" // no guide objects any more
)

// Guide is one published source, with everything that it says.
type Guide struct {
	ID        string    `yaml:"id"`
	Name      string    `yaml:"name"`
	Title     string    `yaml:"title"`
	Author    string    `yaml:"author"`
	Published string    `yaml:"published"` // YYYY-MM-DD, or empty where the guide does not say
	About     string    `yaml:"about"`
	Settings  []Setting `yaml:"settings"` // whose word it is
	Claims    []Claim   `yaml:"claims"`
}

// Claim is one statement of one guide, in our words.
type Claim struct {
	ID        string   `yaml:"id"`    // unique within the guide
	Place     string   `yaml:"place"` // where in the guide it stands
	Says      string   `yaml:"says"`
	Topics    []string `yaml:"topics"`
	About     []string `yaml:"about"` // the shapes of question that it answers
	Setting   Setting  `yaml:"setting"`
	Wait      []Span   `yaml:"wait"`   // the guide says no until then: [min] or [min, max]
	Lasts     []Span   `yaml:"lasts"`  // how long a sign or state lasts
	Call      []string `yaml:"call"`   // from when on the guide wants it reported, or "any"
	Number    string   `yaml:"number"` // any other figure
	Disagrees []string `yaml:"disagrees"`

	Guide string `yaml:"-"` // set by the loader
}

// Ref is the claim's name everywhere else: guide/claim.
func (c *Claim) Ref() string { return c.Guide + "/" + c.ID }

// Topic is everything that the bot can say about one subject.
type Topic struct {
	ID      string   `yaml:"id"`
	Group   string   `yaml:"group"`
	Title   string   `yaml:"title"`
	Names   []string `yaml:"names"`  // everyday names, for /can and completion
	Window  string   `yaml:"window"` // id of its window, if it has a traffic light
	Rests   []string `yaml:"rests"`  // claims behind the entry, best first
	Differ  string   `yaml:"differ"` // how the guides differ
	Answers []Answer `yaml:"answers"`

	Phrasings []Phrasing `yaml:"-"` // from library/phrasings
	File      string     `yaml:"-"` // where the entry stands
}

// Answer is one text of a topic with the situation that it is for.
type Answer struct {
	For   Condition `yaml:"for"`
	Text  string    `yaml:"text"`
	Rests []string  `yaml:"rests"`
}

// Condition is the situation that an answer is for. What is left out does not matter.
type Condition struct {
	Level   Level          `yaml:"level"`
	Day     Days           `yaml:"day"`
	Dated   *bool          `yaml:"dated"`
	Setting Setting        `yaml:"setting"`
	Light   Light          `yaml:"light"`
	Asked   language.Shape `yaml:"asked"`
}

// Situation is what is known when an answer is chosen.
type Situation struct {
	Level   Level
	Day     *int // full days since the treatment; nil when not known
	Setting Setting
	Light   Light
	Asked   language.Shape
}

// Section says what kind of message a phrasing is.
type Section string

// The sections of a phrasing file.
const (
	Asks   Section = "asks"  // asks about the topic
	Tells  Section = "tells" // reports the sign, in an ordinary way
	Bad    Section = "bad"   // reports it in words that call for the clinic
	Denies Section = "not"   // has words of the sign, but does not report it
)

// Phrasing is one way in which people say something.
type Phrasing struct {
	Text    string
	Section Section
	Subject string // of not-covered only: the subject's id
}

// Window is the traffic light of one activity or product for both settings.
type Window struct {
	ID     string     `yaml:"id"`
	Topic  string     `yaml:"topic"`
	Label  string     `yaml:"label"` // what has to wait, as it stands in a list
	Clinic WindowSide `yaml:"clinic"`
	Home   WindowSide `yaml:"home"`
}

// WindowSide is one setting's half of a window. Times count from the treatment's instant.
type WindowSide struct {
	Red   Span `yaml:"red_until"`  // 0: never red
	Green Span `yaml:"green_from"` // 0 with Open: the guides leave it open
	Open  bool `yaml:"open"`
	// NextMorning moves the light to the first morning (08:00 local) after Green or Red when set.
	RedMorning   bool     `yaml:"red_until_morning"`
	GreenMorning bool     `yaml:"green_from_morning"`
	Says         string   `yaml:"says"` // one sentence for plans and reminders
	Then         string   `yaml:"then"` // how to begin again once it is green
	Rests        []string `yaml:"rests"`
}

// Span is a length of elapsed time, written 6h, 24h, 2d, 3w or 3mo (30 days a month) in files.
type Span time.Duration

// Duration is the span as Go's own type.
func (s Span) Duration() time.Duration { return time.Duration(s) }

// Days is an inclusive range of full days since the treatment, written "0", "0-3" or "5-". The
// zero value means any day.
type Days struct {
	Set      bool
	From, To int // To is -1 for an open end
}

// Contains tells whether a day lies in the range; a range that is not set contains every day.
func (d Days) Contains(day int) bool {
	return !d.Set || day >= d.From && (d.To < 0 || day <= d.To)
}

// Subject is something in the field on which no guide speaks.
type Subject struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`   // fits after "The five guides do not say anything about …"
	Nearest string   `yaml:"nearest"` // the nearest that the guides do say, in one or two sentences
	Topics  []string `yaml:"topics"`  // the topics that Nearest rests on
	Rests   []string `yaml:"rests"`
	Ask     string   `yaml:"ask"` // whom to ask, e.g. "your clinic or pharmacist"
	Names   []string `yaml:"names"`
}
