package content

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"afterglow/internal/language"
)

func readAt(text string) *language.Message { return language.Read(text, trainingMoment) }

// overlay loads the built-in content with some files laid over it.
func overlay(files map[string]string) (*Library, error) {
	root, err := fs.Sub(embedded, "library")
	if err != nil {
		return nil, err
	}
	layer := fstest.MapFS{}
	for name, text := range files {
		layer[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Load(root, layer)
}

// TestFaultsNameFileAndLine: what is wrong, where it stands.
func TestFaultsNameFileAndLine(t *testing.T) {
	const makeup = "topics/activity/makeup.yaml"
	for name, c := range map[string]struct {
		file, text string
		line       int
		says       string
	}{
		"unknown key":       {makeup, "id: makeup\ngroup: activity\ncolour: pink\n", 3, "colour"},
		"broken YAML":       {makeup, "id: makeup\n  - x\n", 2, ""},
		"bad span":          {"windows.yaml", "- id: makeup\n  clinic:\n    red_until: soon\n", 3, "6h"},
		"bad days":          {makeup, "id: makeup\ntitle: x\nanswers:\n  - for: {day: \"never\"}\n    text: x\n", 4, "0-3"},
		"unexpected file":   {"notes.docx", "x", 1, "unexpected"},
		"dead claim":        {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Wait a day.\n    rests: [nobody/said]\n", 6, "no claim"},
		"no claim":          {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Wait a day.\n", 5, "rests on no claim"},
		"too long":          {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: " + strings.Repeat("Wait a day. ", 20) + "\n    rests: [medspa/makeup-24h]\n", 5, "words"},
		"too hard":          {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Discontinue cosmetic applications immediately following procedural intervention.\n    rests: [medspa/makeup-24h]\n", 5, "reading grade"},
		"exclamation":       {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Wait a day!\n    rests: [medspa/makeup-24h]\n", 5, "exclamation"},
		"dead placeholder":  {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Wait until {never}.\n    rests: [medspa/makeup-24h]\n", 5, "placeholder"},
		"undated":           {makeup, "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - for: {dated: false}\n    text: Wait until {green_from}.\n    rests: [medspa/makeup-24h]\n", 6, "treatment date"},
		"window and claims": {"windows.yaml", "- id: makeup\n  topic: makeup\n  clinic:\n    red_until: 30h\n    green_from: 48h\n    says: x\n    rests: [medspa/makeup-24h]\n", 1, "none of its claims"},
		"dead topic":        {"guides/x.yaml", "id: x\nname: X\ntitle: X\nauthor: \"\"\npublished: \"\"\nabout: x\nsettings: [clinic]\nclaims:\n  - id: a\n    place: p\n    says: A thing.\n    topics: [cows]\n    about: [what]\n", 9, "cows"},
		"claim twice":       {"guides/x.yaml", "id: x\nname: X\ntitle: X\nauthor: \"\"\npublished: \"\"\nabout: x\nsettings: [clinic]\nclaims:\n  - {id: a, place: p, says: A thing., topics: [makeup], about: [what]}\n  - {id: a, place: p, says: A thing., topics: [makeup], about: [what]}\n", 9, "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := overlay(map[string]string{c.file: c.text})
			var faults FaultError
			if err == nil {
				faults = l.Check()
			} else if !errors.As(err, &faults) {
				t.Fatal(err)
			}
			for _, f := range faults {
				if f.File == c.file && (f.Line == c.line || name == "window and claims" || name == "broken YAML") && strings.Contains(f.Problem, c.says) {
					return
				}
			}
			t.Errorf("want %s:%d: … %s …, got %v", c.file, c.line, c.says, faults)
		})
	}
}

func TestOverlayKeepsWhatItLeavesOut(t *testing.T) {
	l, err := overlay(map[string]string{
		"clinic.yaml":                    "name: Rosewater\nphone: \"1\"\ncontact: ask\npayload: rose\n",
		"topics/activity/makeup.yaml":    "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - for: {setting: clinic}\n    text: Ours.\n    rests: [medspa/makeup-24h]\n",
		"windows.yaml":                   "- id: makeup\n  topic: makeup\n  clinic:\n    red_until: 48h\n    green_from: 72h\n    says: Three days.\n    rests: [bhskin/makeup-two-days]\n",
		"phrases.yaml":                   "guides: \"Sources:\"\n",
		"reminders.yaml":                 "- kind: spf\n  topic: sunscreen\n  on_days: [1]\n  at: \"09:00\"\n  texts: [\"Sun cream.\"]\n  rests: [glownetics/spf-a-must]\n",
		"not-covered.yaml":               "- id: crystals\n  title: crystals\n  nearest: Keep it clean.\n  topics: [touching-face]\n  rests: [glownetics/hands-off]\n  ask: us\n",
		"topics/background/parking.yaml": "id: parking\ngroup: background\ntitle: Parking\nanswers:\n  - text: Behind the house.\n    rests: [medspa/makeup-24h]\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	before := builtin(t)
	if got := l.Topic("makeup").Choose(Situation{Setting: Clinic}).Text; got != "Ours." {
		t.Errorf("the clinic's own answer comes first, got %q", got)
	}
	if got := l.Topic("makeup").Choose(Situation{Setting: Home}); got == nil || got.Text == "Ours." {
		t.Errorf("home keeps its built-in answer, got %v", got)
	}
	if l.Window("makeup").Home.Green != before.Window("makeup").Home.Green || len(l.Window("makeup").Home.Rests) == 0 {
		t.Error("the home side of the window was lost")
	}
	if got := l.Window("makeup").Clinic.Green.Duration(); got != 72*time.Hour {
		t.Errorf("the clinic's window is green from %v", got)
	}
	if l.Phrase("guides") != "Sources:" || l.Phrase("start") != before.Phrase("start") {
		t.Error("phrases are replaced by key")
	}
	if l.Subject("crystals") == nil || l.Subject("flying") == nil || l.Topic("parking") == nil || l.Clinic.Name != "Rosewater" {
		t.Error("what is new was not added")
	}
	if l.Revision == before.Revision {
		t.Error("other content has another revision")
	}
	if before.Topic("makeup").Choose(Situation{Setting: Clinic}).Text == "Ours." {
		t.Error("the overlay changed the built-in content")
	}
}

func TestLights(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	l := builtin(t)
	treated := time.Date(2026, 3, 28, 15, 0, 0, 0, berlin)
	for _, c := range []struct {
		window  string
		setting Setting
		after   time.Duration
		want    Light
	}{
		{"makeup", Clinic, 23 * time.Hour, Red}, {"makeup", Clinic, 24 * time.Hour, Amber}, {"makeup", Clinic, 48 * time.Hour, Green},
		{"makeup", Home, 7 * time.Hour, Red}, {"makeup", Home, 8 * time.Hour, Amber}, {"makeup", Home, 24 * time.Hour, Green},
		{"makeup", AnySetting, 8 * time.Hour, Amber}, {"makeup", AnySetting, 47 * time.Hour, Amber},
		{"exercise", Clinic, 25 * time.Hour, Amber}, {"exercise", Clinic, 7 * 24 * time.Hour, Green}, {"exercise", Home, 48 * time.Hour, Green},
		{"washing-face", Clinic, time.Hour, Red}, {"washing-face", Home, 7 * time.Hour, Amber}, {"washing-face", AnySetting, time.Hour, Red},
		{"washing-face", Clinic, 17 * time.Hour, Green}, {"over-serum", Clinic, time.Hour, Amber}, {"over-serum", Home, time.Hour, Red},
		{"alcohol", Home, 13 * 24 * time.Hour, Red}, {"alcohol", Home, 14 * 24 * time.Hour, Green},
		{"sleeping-position", Home, 48 * time.Hour, Amber},
	} {
		if got := l.Window(c.window).At(c.setting, treated, berlin).Light(treated.Add(c.after)); got != c.want {
			t.Errorf("%s, %q, after %v: %s, want %s", c.window, c.setting, c.after, got, c.want)
		}
	}
	// The next morning is eight on the wall, over a clock change too.
	if got := l.Window("washing-face").At(Clinic, treated, berlin).GreenFrom; got.Hour() != 8 || got.Day() != 29 {
		t.Errorf("the first morning is %v", got)
	}
}

func TestGrade(t *testing.T) {
	easy, hard := Grade("Wait a day. Then you may go."), Grade("Discontinue cosmetic applications following procedural intervention.")
	if easy > 3 || hard < 12 || Grade("") != 0 {
		t.Errorf("easy %.1f, hard %.1f, empty %.1f", easy, hard, Grade(""))
	}
	if n := WordCount("**Wait** until {green_from}, 2 days."); n != 5 {
		t.Errorf("%d words", n)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("topics/activity/makeup.yaml", "id: makeup\ngroup: activity\ntitle: Makeup\nanswers:\n  - text: Wait.\n    rests: [medspa/makeup-24h]\n")
	f.Add("windows.yaml", "- id: x\n  clinic: {red_until: 24h}\n")
	f.Add("guides/x.yaml", "id: x\nclaims: [{id: a}]\n")
	f.Add("phrases.yaml", "a: &a [*a]\n")
	f.Add("reminders.yaml", "- kind: x\n  on_days: [-1, 99999999999]\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) || name == "." || strings.HasSuffix(name, "/") {
			return
		}
		l, err := Load(fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}})
		if err == nil {
			l.Check()
		}
	})
}
