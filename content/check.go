package content

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
)

// The limits of a text that is read at once, from the voice of the product: at most 60 words with
// the verdict and the guides' line, reading grade 6 or below (Flesch-Kincaid).
const (
	MaxWords = 45
	MaxGrade = 6.0
	// maxChars bounds a text for the chat platform with the shortest messages (Discord, 2,000).
	maxChars = 1000
)

// FirstAid stands among an answer's rests for general first aid, which no guide covers.
const FirstAid = "first-aid"

// Placeholders that a text may hold.
var placeholder = regexp.MustCompile(`\{[^}]*\}`)

var placeholders = map[string]bool{"{elapsed}": true, "{red_until}": true, "{green_from}": true, "{to_go}": true, "{call_day}": true}

// Shapes of questions that claims and answers may name.
var shapes = map[string]bool{"when": true, "why": true, "which": true, "how": true, "how-long": true, "how-many": true,
	"what": true, "what-if": true, "signs": true, "done": true, "whom": true}

// Groups of topics.
var groups = map[string]bool{"symptom": true, "timeline": true, "results": true, "activity": true, "product": true,
	"medicine": true, "background": true, "eligibility": true, "none": true}

// ClaimCount is the number of claims of all guides.
func (l *Library) ClaimCount() int { return len(l.claims) }

// Check finds everything that is wrong with the content beyond its form: claims without a guide,
// answers without a claim, windows against their claims, dead references, texts that are too long
// or too hard to read, placeholders that nothing fills.
func (l *Library) Check() []Fault {
	c := checker{l: l}
	for _, g := range l.Guides {
		c.guide(g)
	}
	for _, t := range l.Topics {
		c.topic(t)
	}
	for _, w := range l.Windows {
		c.window(w)
	}
	for _, s := range l.Subjects {
		c.subject(s)
	}
	for _, r := range l.Reminders {
		c.reminder(r)
	}
	for _, key := range requiredPhrases {
		if _, ok := l.Phrases[key]; !ok {
			c.fault("phrases.yaml", "", "the phrase %q is missing", key)
		}
	}
	slices.SortStableFunc(c.faults, func(a, b Fault) int {
		if n := strings.Compare(a.File, b.File); n != 0 {
			return n
		}
		return a.Line - b.Line
	})
	return c.faults
}

// requiredPhrases are those without which the bot could not speak.
var requiredPhrases = []string{"verdict.self-care", "verdict.self-care.undated", "verdict.contact", "verdict.emergency",
	"light.red", "light.amber", "light.green", "guides", "start", "help", "about", "privacy", "sources", "not-covered",
	"out-of-scope", "small-talk", "trouble", "lost.1", "lost.2", "forget.ask", "forget.done", "ask.day", "ask.consent"}

type checker struct {
	l      *Library
	faults []Fault
}

// fault notes a fault at the first line of the file that holds near.
func (c *checker) fault(file, near, problem string, args ...any) {
	line := 1
	if near != "" {
		for i, text := range c.l.lines[file] {
			if strings.Contains(text, near) {
				line = i + 1
				break
			}
		}
	}
	c.faults = append(c.faults, Fault{file, line, fmt.Sprintf(problem, args...)})
}

func (c *checker) guide(g *Guide) {
	file := "guides/" + g.ID + ".yaml"
	if _, ok := c.l.lines[file]; !ok {
		c.fault(file, "", "a guide's file must be named after its id %q", g.ID)
	}
	if g.Name == "" || len(g.Settings) == 0 {
		c.fault(file, "id:", "guide %q needs a name and its settings", g.ID)
	}
	seen := map[string]bool{}
	for i := range g.Claims {
		claim := &g.Claims[i]
		near := "id: " + claim.ID
		if seen[claim.ID] {
			c.fault(file, near, "claim %q stands twice", claim.ID)
		}
		seen[claim.ID] = true
		switch {
		case claim.ID == "":
			c.fault(file, claim.Says, "a claim without an id")
		case claim.Says == "":
			c.fault(file, near, "claim %q says nothing", claim.ID)
		case claim.Place == "":
			c.fault(file, near, "claim %q has no place in the guide", claim.ID)
		case len(claim.Topics) == 0:
			c.fault(file, near, "claim %q belongs to no topic", claim.ID)
		}
		for _, t := range claim.Topics {
			if c.l.topics[t] == nil {
				c.fault(file, near, "claim %q names the topic %q, which does not exist", claim.ID, t)
			}
		}
		for _, a := range claim.About {
			if !shapes[a] {
				c.fault(file, near, "claim %q is about %q, which is no shape of question", claim.ID, a)
			}
		}
		for _, d := range claim.Disagrees {
			if c.l.claims[d] == nil {
				c.fault(file, near, "claim %q disagrees with %q, which does not exist", claim.ID, d)
			}
		}
		if len(claim.Wait) > 2 || len(claim.Lasts) > 2 {
			c.fault(file, near, "claim %q has more than two figures in one span", claim.ID)
		}
	}
}

func (c *checker) topic(t *Topic) {
	if t.ID == "" || t.Title == "" || len(t.Answers) == 0 {
		c.fault(t.File, "id:", "a topic needs an id, a title and answers")
		return
	}
	if !groups[t.Group] {
		c.fault(t.File, "group:", "topic %q is in the unknown group %q", t.ID, t.Group)
	}
	if t.Window != "" && c.l.windows[t.Window] == nil {
		c.fault(t.File, "window:", "topic %q names the window %q, which does not exist", t.ID, t.Window)
	}
	c.rests(t.File, t.ID, t.Rests)
	if t.Differ != "" {
		c.text(t.File, t.Differ, false)
	}
	for i := range t.Answers {
		a := &t.Answers[i]
		near := firstWords(a.Text)
		if a.Text == "" {
			c.fault(t.File, "answers:", "answer %d of topic %q is empty", i+1, t.ID)
			continue
		}
		if len(a.Rests) == 0 && t.Group != "none" {
			c.fault(t.File, near, "an answer of topic %q rests on no claim", t.ID)
		}
		c.rests(t.File, a.Text, a.Rests)
		if a.For.Asked != "" && !shapes[string(a.For.Asked)] {
			c.fault(t.File, near, "%q is no shape of question", a.For.Asked)
		}
		undated := a.For.Dated != nil && !*a.For.Dated
		c.text(t.File, a.Text, !undated)
	}
}

func firstWords(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(3, len(words))], " ")
}

func (c *checker) rests(file, near string, refs []string) {
	for _, r := range refs {
		if r != FirstAid && c.l.claims[r] == nil {
			c.fault(file, r, "%q is no claim of any guide", r)
		}
	}
	_ = near
}

// text checks a text that a person reads at once.
func (c *checker) text(file, text string, dated bool) {
	near := firstWords(text)
	if n := WordCount(text); n > MaxWords {
		c.fault(file, near, "the text has %d words, at most %d are read at once", n, MaxWords)
	}
	if g := Grade(text); g > MaxGrade+0.05 {
		c.fault(file, near, "the text has reading grade %.1f (Flesch-Kincaid), want %.0f or below", g, MaxGrade)
	}
	if len(text) > maxChars {
		c.fault(file, near, "the text has %d characters, at most %d fit a chat", len(text), maxChars)
	}
	for _, p := range placeholder.FindAllString(text, -1) {
		switch {
		case !placeholders[p]:
			c.fault(file, near, "nothing fills the placeholder %s", p)
		case !dated:
			c.fault(file, near, "the placeholder %s needs a treatment date, which this answer is without", p)
		}
	}
	if strings.Contains(text, "!") {
		c.fault(file, near, "no exclamation marks: frightened people read this")
	}
}

// window holds the figures of each side against those of the claims that it rests on.
func (c *checker) window(w *Window) {
	const file = "windows.yaml"
	near := "id: " + w.ID
	if c.l.topics[w.Topic] == nil {
		c.fault(file, near, "window %q is of the topic %q, which does not exist", w.ID, w.Topic)
	}
	for name, side := range map[Setting]*WindowSide{Clinic: &w.Clinic, Home: &w.Home} {
		if side.Says == "" || len(side.Rests) == 0 {
			c.fault(file, near, "window %q says nothing for the setting %q, or rests on no claim", w.ID, name)
			continue
		}
		c.rests(file, w.ID, side.Rests)
		if side.Open {
			continue
		}
		if !side.GreenMorning && side.Green < side.Red {
			c.fault(file, near, "window %q (%s) is green before it stops being red", w.ID, name)
		}
		if !side.RedMorning && side.Red > 0 && !c.claimed(side.Rests, side.Red) {
			c.fault(file, near, "window %q (%s) is red until %v, which none of its claims says", w.ID, name, side.Red.Duration())
		}
	}
}

// claimed tells whether one of the claims states the figure as a wait.
func (c *checker) claimed(refs []string, want Span) bool {
	for _, r := range refs {
		claim := c.l.claims[r]
		if claim == nil {
			continue
		}
		if slices.Contains(claim.Wait, want) || slices.Contains(claim.Lasts, want) {
			return true
		}
	}
	return false
}

func (c *checker) subject(s *Subject) {
	const file = "not-covered.yaml"
	near := "id: " + s.ID
	if s.ID == "" || s.Title == "" || s.Nearest == "" || s.Ask == "" {
		c.fault(file, near, "subject %q needs a title, the nearest that the guides say, and whom to ask", s.ID)
		return
	}
	c.rests(file, s.ID, s.Rests)
	if len(s.Rests) == 0 {
		c.fault(file, near, "subject %q rests on no claim", s.ID)
	}
	c.text(file, s.Nearest, false)
	for _, t := range s.Topics {
		if c.l.topics[t] == nil {
			c.fault(file, near, "subject %q names the topic %q, which does not exist", s.ID, t)
		}
	}
}

func (c *checker) reminder(r *Reminder) {
	const file = "reminders.yaml"
	near := "kind: " + r.Kind
	if len(r.Texts) == 0 {
		c.fault(file, near, "reminder %q has no texts", r.Kind)
	}
	c.rests(file, r.Kind, r.Rests)
	for _, t := range r.Texts {
		c.text(file, t, true)
	}
	if r.AskFirst != "" {
		c.text(file, r.AskFirst, true)
	}
}

// CheckPhrasings finds faults in the phrasing files of a content folder: topics that do not exist,
// and the same phrasing under two topics or twice under one.
func (l *Library) CheckPhrasings(root fs.FS) []Fault {
	phrasings, faults := ReadPhrasings(root)
	type place struct{ topic, text string }
	seen := map[string]place{}
	names := make([]string, 0, len(phrasings))
	for topic := range phrasings {
		names = append(names, topic)
	}
	slices.Sort(names)
	for _, topic := range names {
		file := "phrasings/" + topic + ".txt"
		if l.topics[topic] == nil {
			faults = append(faults, Fault{file, 1, fmt.Sprintf("there is no topic %q", topic)})
		}
		data, err := fs.ReadFile(root, file)
		if err != nil {
			faults = append(faults, Fault{file, 1, err.Error()})
			continue
		}
		for n, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "# ") {
				continue
			}
			key := strings.Join(strings.Fields(strings.ToLower(line)), " ")
			if p, ok := seen[key]; ok {
				faults = append(faults, Fault{file, n + 1, fmt.Sprintf("the phrasing %q stands under %q already", line, p.topic)})
			}
			seen[key] = place{topic, line}
		}
	}
	return faults
}

// BuiltinPhrasings is the folder of the built-in content, for training and checking phrasings.
func BuiltinPhrasings() fs.FS {
	root, err := fs.Sub(embedded, "library")
	if err != nil {
		return os.DirFS(".")
	}
	return root
}

// String says a condition in words, for people who browse the content.
func (c Condition) String() string {
	var out []string
	add := func(name string, value any, set bool) {
		if set {
			out = append(out, fmt.Sprintf("%s %v", name, value))
		}
	}
	add("level", c.Level, c.Level != AnyLevel)
	add("setting", c.Setting, c.Setting != AnySetting)
	add("light", c.Light, c.Light != AnyLight)
	add("asked", c.Asked, c.Asked != "")
	if c.Dated != nil {
		add("dated", *c.Dated, true)
	}
	if c.Day.Set {
		if c.Day.To < 0 {
			add("day", fmt.Sprintf("%d or later", c.Day.From), true)
		} else {
			add("days", fmt.Sprintf("%d to %d", c.Day.From, c.Day.To), true)
		}
	}
	if len(out) == 0 {
		return "always:"
	}
	return strings.Join(out, ", ") + ":"
}
