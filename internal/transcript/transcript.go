// Package transcript runs golden conversations: text files that read like a chat and that anybody
// can extend. A file holds steps, a line each:
//
//	# a comment
//	at 2026-03-01 18:00 Europe/Berlin   the clock from here on, in a zone
//	wait 26h                            the clock moves on
//	blocked                             the person blocks the bot
//	unblocked                           and lets it in again
//	> text                              the person writes
//	< [level topic] asks=day            what the answer is, in the terms of the outer interface
//	| text                              what the person reads, a line a line
//	+ [label] …                         the buttons
//	* text                              what came unasked while the clock moved: when, then its lines
//
// The lines that begin with '<', '|', '+' and '*' are the expectation; -update writes them anew, and
// the diff is the review.
package transcript

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
)

// Chat is one conversation under test.
type Chat interface {
	// Say answers a text written at a moment.
	Say(at time.Time, text string) []bot.Message
}

// Reminding is a chat that also speaks unasked.
type Reminding interface {
	// Wait lets time pass up to a moment and gives what came until then, that moment included.
	Wait(until time.Time) []Reminded
}

// Blocking is a chat that a person can block.
type Blocking interface {
	Block(blocked bool)
}

// Reminded is a message that came unasked.
type Reminded struct {
	At      time.Time // on the person's wall
	Message bot.Message
}

// Run runs every transcript that matches the pattern against chats that start makes. With update
// the files are written anew.
func Run(t *testing.T, pattern string, update bool, start func(t *testing.T, zone *time.Location) Chat) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts match %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := play(string(data), func(zone *time.Location) Chat { return start(t, zone) })
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if got == string(data) {
				return
			}
			if update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s differs; run the test with -update and review the diff:\n%s", file, firstDifference(string(data), got))
		})
	}
}

// play runs the steps of one transcript and writes it as it should be.
func play(script string, start func(zone *time.Location) Chat) (string, error) {
	var out strings.Builder
	var chat Chat
	var now time.Time
	lines := bufio.NewScanner(strings.NewReader(script))
	lines.Buffer(nil, 4<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "<", "|", "+", "*":
			continue
		case "at":
			var err error
			if now, err = moment(rest); err != nil {
				return "", fmt.Errorf("line %d: %w", n, err)
			}
		case "wait":
			d, err := time.ParseDuration(rest)
			if err != nil {
				return "", fmt.Errorf("line %d: %w", n, err)
			}
			now = now.Add(d)
		case "blocked", "unblocked":
			blocking, ok := chat.(Blocking)
			if !ok {
				return "", fmt.Errorf("line %d: this chat cannot be blocked, or has not begun", n)
			}
			blocking.Block(kind == "blocked")
		case ">":
			if now.IsZero() {
				return "", fmt.Errorf("line %d: say first when it is: at 2026-03-01 18:00 Europe/Berlin", n)
			}
			if chat == nil {
				chat = start(now.Location())
			}
			out.WriteString(line + "\n")
			for _, m := range chat.Say(now, expand(rest)) {
				out.WriteString(Format(m))
			}
			out.WriteString(came(chat, now))
			continue
		default:
			if line != "" && kind != "#" {
				return "", fmt.Errorf("line %d: unknown step %q: known are at, wait, blocked, unblocked, > and #", n, kind)
			}
		}
		out.WriteString(line + "\n")
		if kind == "at" || kind == "wait" {
			out.WriteString(came(chat, now))
		}
	}
	return out.String(), lines.Err()
}

// came lets time pass for a chat that has begun and writes what it brought.
func came(chat Chat, now time.Time) string {
	reminding, ok := chat.(Reminding)
	if !ok {
		return ""
	}
	var b strings.Builder
	for _, r := range reminding.Wait(now) {
		b.WriteString("* " + r.At.Format("Mon 2 Jan 15:04 -0700") + "\n")
		for _, line := range strings.Split(r.Message.Text, "\n") {
			if line != "" {
				b.WriteString("*   " + line + "\n")
			}
		}
	}
	return b.String()
}

// expand lets a line of a transcript hold what an editor cannot: \n, \u200b and the like.
func expand(s string) string {
	return strings.NewReplacer(`\n`, "\n", `\u200b`, "\u200b", `\u202e`, "\u202e").Replace(s)
}

func moment(s string) (time.Time, error) {
	fields := strings.Fields(s)
	zone := time.UTC
	if len(fields) == 3 {
		var err error
		if zone, err = time.LoadLocation(fields[2]); err != nil {
			return time.Time{}, fmt.Errorf("read the zone: %w", err)
		}
		fields = fields[:2]
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(fields, " "), zone)
	if err != nil {
		return t, fmt.Errorf("read the moment: %w", err)
	}
	return t, nil
}

// Format writes a message as a transcript holds it.
func Format(m bot.Message) string {
	var b strings.Builder
	if a := m.Answer; a != nil {
		fmt.Fprintf(&b, "< [%s", a.Level)
		if a.Topic != "" {
			b.WriteString(" " + strings.Join(a.Topics, "+"))
		}
		b.WriteString("]")
		if a.Asks != "" {
			b.WriteString(" asks=" + a.Asks)
		}
		b.WriteByte('\n')
	}
	for _, line := range strings.Split(m.Text, "\n") {
		b.WriteString(strings.TrimRight("| "+line, " ") + "\n")
	}
	if m.File != nil {
		fmt.Fprintf(&b, "| (file %s)\n", m.File.Name)
	}
	if len(m.Buttons) > 0 {
		b.WriteString("+")
		for _, button := range m.Buttons {
			b.WriteString(" [" + button.Label + "]")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "", ""
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n  want %s\n  got  %s", i+1, a, b)
		}
	}
	return ""
}
