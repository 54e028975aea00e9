package content

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"afterglow/internal/language"
)

// ReadPhrasings reads the phrasing files of a content folder: phrasings/TOPIC.txt, a phrasing a
// line, under headings that say what kind of message follows:
//
//	# asks         somebody asks about it (the section of every topic)
//	# tells        somebody has the sign, in an ordinary way (symptoms)
//	# bad          somebody has it so that the wording alone calls for the clinic (symptoms)
//	# not          has the words but does not report the sign (symptoms)
//	# asks SUBJECT of not-covered: which subject it is about
//
// The result is ordered by topic and by place in the file.
func ReadPhrasings(root fs.FS) (map[string][]Phrasing, []Fault) {
	out := map[string][]Phrasing{}
	var faults []Fault
	names, _ := fs.Glob(root, "phrasings/*.txt")
	slices.Sort(names)
	for _, name := range names {
		data, err := fs.ReadFile(root, name)
		if err != nil {
			faults = append(faults, Fault{name, 1, err.Error()})
			continue
		}
		topic := strings.TrimSuffix(path.Base(name), ".txt")
		section, subject := Asks, ""
		for n, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			if heading, ok := strings.CutPrefix(line, "# "); ok {
				kind, rest, _ := strings.Cut(heading, " ")
				section, subject = Section(kind), rest
				if section != Asks && section != Tells && section != Bad && section != Denies {
					faults = append(faults, Fault{name, n + 1, fmt.Sprintf("unknown heading %q: known are asks, tells, bad and not", kind)})
				}
				continue
			}
			out[topic] = append(out[topic], Phrasing{Text: line, Section: section, Subject: subject})
		}
	}
	return out, faults
}

// Vocabulary gives the everyday words of the phrasings: those that at least three of them use, in
// order. The reader of messages takes them as spelt on purpose.
func Vocabulary(phrasings map[string][]Phrasing) []string {
	count := map[string]int{}
	for _, ps := range phrasings {
		for _, p := range ps {
			seen := map[string]bool{}
			for _, t := range language.Tokens(language.Clean(p.Text)) {
				if t.Kind == language.Word && len(t.Text) >= 4 && !seen[t.Text] {
					seen[t.Text] = true
					count[t.Text]++
				}
			}
		}
	}
	var out []string
	for w, n := range count {
		if n >= 3 {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
