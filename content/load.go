package content

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed library/*.yaml library/guides library/topics library/phrasings
var embedded embed.FS

// Library is the content store in memory. It is immutable after loading and safe for concurrent use.
type Library struct {
	Guides   []*Guide
	Topics   []*Topic // in the order of their ids
	Windows  []*Window
	Subjects []*Subject
	// Phrases are the bot's own sentences by key: verdicts, questions, the welcome.
	Phrases map[string]string
	// Reminders are the texts and times of the plan's reminders.
	Reminders []*Reminder
	// Clinic is what an overlay says of the clinic that hands the bot out; zero without one.
	Clinic ClinicInfo
	// Revision identifies the content: the first twelve hex digits of a hash over every file.
	Revision string

	guides   map[string]*Guide
	claims   map[string]*Claim
	topics   map[string]*Topic
	windows  map[string]*Window
	subjects map[string]*Subject
	claimsOf map[string][]*Claim // by topic
	index    claimIndex
	lines    map[string][]string // file -> lines, for faults
}

// ClinicInfo is how patients reach the clinic whose overlay this is.
type ClinicInfo struct {
	Name    string `yaml:"name"`
	Phone   string `yaml:"phone"`
	Contact string `yaml:"contact"` // one line: how and when to reach them
	Payload string `yaml:"payload"` // the /start payload of the clinic's link or QR code
}

// Reminder is one kind of scheduled message: its texts, taken in turn from day to day, and when it
// comes. A milestone's kind has no times of its own: it comes when its window turns green.
type Reminder struct {
	Kind    string   `yaml:"kind"`
	Topic   string   `yaml:"topic"`
	Setting Setting  `yaml:"setting"` // empty: both
	After   Span     `yaml:"after"`   // once, so long after the treatment
	OnDays  []int    `yaml:"on_days"` // calendar days after the treatment's
	At      string   `yaml:"at"`      // on those days, at this wall-clock time: "08:00"
	While   string   `yaml:"while"`   // only until this window turns green
	Texts   []string `yaml:"texts"`
	// AskFirst is said instead, when something comes back that needs calm skin and nobody knows
	// whether it is calm; empty: the texts are for everybody.
	AskFirst string   `yaml:"ask_first"`
	Rests    []string `yaml:"rests"`
}

// Hour and Minute are the parts of At; 08:00 when it is empty.
func (r *Reminder) Hour() int { h, _ := r.clock(); return h }

// Minute is the minute of At.
func (r *Reminder) Minute() int { _, m := r.clock(); return m }

func (r *Reminder) clock() (hour, minute int) {
	if n, err := fmt.Sscanf(r.At, "%d:%d", &hour, &minute); n != 2 || err != nil {
		return morning, 0
	}
	return hour, minute
}

// Fault is one thing that is wrong with the content, with where it stands.
type Fault struct {
	File    string
	Line    int // 1 when the fault belongs to the file as a whole
	Problem string
}

func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Problem) }

// FaultError carries every fault that was found in the content.
type FaultError []Fault

func (e FaultError) Error() string {
	if len(e) == 1 {
		return e[0].String()
	}
	return fmt.Sprintf("%s (and %d more faults)", e[0], len(e)-1)
}

// Builtin loads the content of the binary once.
var Builtin = sync.OnceValues(func() (*Library, error) {
	root, err := fs.Sub(embedded, "library")
	if err != nil {
		return nil, err
	}
	return Load(root)
})

// Open loads the built-in content with the overlay folder laid over it; an empty dir means none.
func Open(dir string) (*Library, error) {
	if dir == "" {
		return Builtin()
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("open content overlay: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("open content overlay: %s is not a folder", dir)
	}
	root, err := fs.Sub(embedded, "library")
	if err != nil {
		return nil, err
	}
	return Load(root, os.DirFS(dir))
}

// Load reads layers of content, each laid over the ones before it. A later layer replaces what it
// states and leaves the rest: a guide or topic with a new id is added; a topic with a known id
// puts its answers before the built-in ones and replaces the other fields that it gives; windows
// replace by id and setting; phrases and reminders by key. Only faults that make the content
// unreadable are errors here; Check finds all others.
func Load(layers ...fs.FS) (*Library, error) {
	l := &Library{Phrases: map[string]string{}, guides: map[string]*Guide{}, claims: map[string]*Claim{},
		topics: map[string]*Topic{}, windows: map[string]*Window{}, subjects: map[string]*Subject{},
		lines: map[string][]string{}}
	hash := sha256.New()
	var faults FaultError
	for n, layer := range layers {
		err := fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if strings.HasPrefix(d.Name(), ".") && name != "." || n == 0 && (name == "models" || name == "phrasings") {
					return fs.SkipDir // not needed to answer: phrasings were trained on, models are embedded by themselves
				}
				return nil
			}
			if strings.HasPrefix(d.Name(), ".") {
				return nil
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if info.Size() > maxFile {
				faults = append(faults, Fault{name, 1, fmt.Sprintf("the file is larger than %d bytes", maxFile)})
				return nil
			}
			data, err := fs.ReadFile(layer, name)
			if err != nil {
				return err
			}
			fmt.Fprintf(hash, "%d %s %d\n", n, name, len(data))
			hash.Write(data)
			l.lines[name] = nil
			faults = append(faults, l.readFile(name, data, n > 0)...)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read content: %w", err)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	l.Revision = hex.EncodeToString(hash.Sum(nil))[:12]
	l.finish()
	return l, nil
}

// maxFile bounds one content file; the largest built-in one has about 60 kB.
const maxFile = 4 << 20

func (l *Library) readFile(name string, data []byte, overlay bool) []Fault {
	dir := strings.SplitN(name, "/", 2)[0]
	switch {
	case dir == "phrasings" && path.Ext(name) == ".txt":
		return nil // read on demand: only training and checks need them
	case path.Ext(name) == ".md":
		return nil
	case path.Ext(name) != ".yaml":
		return []Fault{{name, 1, "unexpected file: content is .yaml, phrasings are phrasings/TOPIC.txt"}}
	}
	l.lines[name] = strings.Split(string(data), "\n")
	switch {
	case dir == "guides":
		return decodeInto(name, data, func(g *Guide) { l.addGuide(g) })
	case dir == "topics":
		return decodeInto(name, data, func(t *Topic) {
			t.File = name
			l.addTopic(t, overlay)
		})
	case name == "windows.yaml":
		return decodeInto(name, data, func(ws *[]*Window) {
			for _, w := range *ws {
				l.addWindow(w, overlay)
			}
		})
	case name == "not-covered.yaml":
		return decodeInto(name, data, func(ss *[]*Subject) {
			for _, s := range *ss {
				if _, ok := l.subjects[s.ID]; !ok {
					l.Subjects = append(l.Subjects, s)
				}
				l.subjects[s.ID] = s
			}
		})
	case name == "phrases.yaml":
		return decodeInto(name, data, func(p *map[string]string) {
			for k, v := range *p {
				l.Phrases[k] = strings.TrimSpace(v)
			}
		})
	case name == "reminders.yaml":
		return decodeInto(name, data, func(rs *[]*Reminder) {
			for _, r := range *rs {
				if i := slices.IndexFunc(l.Reminders, func(o *Reminder) bool { return o.Kind == r.Kind }); i >= 0 {
					l.Reminders[i] = r
				} else {
					l.Reminders = append(l.Reminders, r)
				}
			}
		})
	case name == "clinic.yaml":
		return decodeInto(name, data, func(c *ClinicInfo) { l.Clinic = *c })
	}
	return []Fault{{name, 1, "unexpected file: known are guides/*.yaml, topics/*/*.yaml, windows.yaml, not-covered.yaml, phrases.yaml, reminders.yaml and clinic.yaml"}}
}

// decodeInto decodes one file strictly: unknown keys and wrong types are faults with their line.
func decodeInto[T any](name string, data []byte, use func(*T)) (faults []Fault) {
	// The YAML library panics on some broken files (a tag without a value, for example).
	defer func() {
		if p := recover(); p != nil {
			faults = []Fault{{name, 1, fmt.Sprintf("not readable as YAML (%v)", p)}}
		}
	}()
	var v T
	if err := yaml.UnmarshalWithOptions(data, &v, yaml.Strict(), yaml.DisallowUnknownField()); err != nil {
		line, problem := 1, err.Error()
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
			problem = syntax.GetMessage()
		}
		problem, _, _ = strings.Cut(problem, "\n")
		if line == 1 {
			line = lineOfQuoted(data, problem)
		}
		return []Fault{{name, line, problem}}
	}
	if n := emptyEntry(&v); n >= 0 {
		return []Fault{{name, 1, fmt.Sprintf("entry %d of the list is empty", n+1)}}
	}
	use(&v)
	return nil
}

// emptyEntry finds an entry of a list that holds nothing ('-' alone); -1 when there is none, or v is
// no list.
func emptyEntry(v any) int {
	switch list := v.(type) {
	case *[]*Window:
		return slices.Index(*list, nil)
	case *[]*Subject:
		return slices.Index(*list, nil)
	case *[]*Reminder:
		return slices.Index(*list, nil)
	}
	return -1
}

// lineOfQuoted finds the line of the value that a problem quotes first, for problems that come without
// a place of their own; 1 when there is none.
func lineOfQuoted(data []byte, problem string) int {
	_, rest, found := strings.Cut(problem, `"`)
	value, _, closed := strings.Cut(rest, `"`)
	if !found || !closed || value == "" {
		return 1
	}
	for i, line := range strings.Split(string(data), "\n") {
		if strings.Contains(line, value) {
			return i + 1
		}
	}
	return 1
}

func (l *Library) addGuide(g *Guide) {
	if old, ok := l.guides[g.ID]; ok {
		l.Guides = slices.DeleteFunc(l.Guides, func(o *Guide) bool { return o == old })
	}
	l.guides[g.ID] = g
	l.Guides = append(l.Guides, g)
	for i := range g.Claims {
		c := &g.Claims[i]
		c.Guide = g.ID
		c.Says = strings.TrimSpace(c.Says)
		l.claims[c.Ref()] = c
	}
}

func (l *Library) addTopic(t *Topic, overlay bool) {
	for i := range t.Answers {
		t.Answers[i].Text = strings.Join(strings.Fields(t.Answers[i].Text), " ")
	}
	t.Differ = strings.Join(strings.Fields(t.Differ), " ")
	old, ok := l.topics[t.ID]
	if !ok || !overlay {
		l.topics[t.ID] = t
		l.Topics = append(l.Topics, t)
		return
	}
	merged := *old
	merged.Answers = append(slices.Clone(t.Answers), old.Answers...)
	merged.File = t.File
	merged.Rests = append(slices.Clone(t.Rests), old.Rests...)
	if t.Title != "" {
		merged.Title = t.Title
	}
	if t.Differ != "" {
		merged.Differ = t.Differ
	}
	merged.Names = append(slices.Clone(old.Names), t.Names...)
	*old = merged
}

func (l *Library) addWindow(w *Window, overlay bool) {
	old, ok := l.windows[w.ID]
	if !ok {
		l.windows[w.ID] = w
		l.Windows = append(l.Windows, w)
		return
	}
	if overlay {
		if w.Label != "" {
			old.Label = w.Label
		}
		if w.Clinic.stated() {
			old.Clinic = w.Clinic
		}
		if w.Home.stated() {
			old.Home = w.Home
		}
		return
	}
	*old = *w
}

func (s *WindowSide) stated() bool {
	return s.Says != "" || len(s.Rests) > 0 || s.Red != 0 || s.Green != 0
}

func (l *Library) finish() {
	slices.SortFunc(l.Topics, func(a, b *Topic) int { return strings.Compare(a.ID, b.ID) })
	l.claimsOf = make(map[string][]*Claim, len(l.Topics))
	for _, t := range l.Topics {
		l.claimsOf[t.ID] = l.gatherClaims(t)
	}
	l.indexClaims()
}

// Topic gives a topic by its id, or nil.
func (l *Library) Topic(id string) *Topic { return l.topics[id] }

// Claim gives a claim by guide/claim, or nil.
func (l *Library) Claim(ref string) *Claim { return l.claims[ref] }

// Guide gives a guide by its id, or nil.
func (l *Library) Guide(id string) *Guide { return l.guides[id] }

// Window gives a window by its id, or nil.
func (l *Library) Window(id string) *Window { return l.windows[id] }

// Subject gives a subject that no guide covers by its id, or nil.
func (l *Library) Subject(id string) *Subject { return l.subjects[id] }

// Phrase gives one of the bot's own sentences. A missing one is a fault of the content that Check
// reports; here its key is shown, so that nothing is silently left out.
func (l *Library) Phrase(key string) string {
	if p, ok := l.Phrases[key]; ok {
		return p
	}
	return key
}
