// Package terminal carries the conversation to and from a terminal, or a pipe in its place. It is
// line-oriented: what was printed stays, new text appears below.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"afterglow/bot"
)

// Terminal is one conversation window. Make it with New.
type Terminal struct {
	out     io.Writer
	in      io.Reader
	screen  *term.Terminal // nil when the input is not a terminal
	restore func()
	style   bool
	width   int

	mu       sync.Mutex
	numbered []bot.Button // what can be pressed by number
	lettered []bot.Button // what can be pressed by letter, because a number is expected, or by a reminder
}

// maxLine is the longest line that is read; the core reads the two ends of what is longer still.
const maxLine = 1 << 20

// New opens a window. When both in and out are terminals the line can be edited and has a history,
// and emphasis is shown in bold; otherwise everything is plain text.
func New(in io.Reader, out io.Writer) (*Terminal, error) {
	t := &Terminal{in: in, out: out}
	inFile, ok1 := in.(*os.File)
	outFile, ok2 := out.(*os.File)
	if !ok1 || !ok2 || !term.IsTerminal(int(inFile.Fd())) || !term.IsTerminal(int(outFile.Fd())) {
		return t, nil
	}
	state, err := term.MakeRaw(int(inFile.Fd()))
	if err != nil {
		return nil, fmt.Errorf("prepare the terminal: %w", err)
	}
	t.restore = func() { _ = term.Restore(int(inFile.Fd()), state) }
	t.screen = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, "> ")
	t.style = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if w, h, err := term.GetSize(int(outFile.Fd())); err == nil && w > 0 {
		t.width = w
		_ = t.screen.SetSize(w, h)
	}
	return t, nil
}

// Close gives the terminal back as it was.
func (t *Terminal) Close() {
	if t.restore != nil {
		t.restore()
		t.restore = nil
	}
}

// Run reads lines until the input ends, Ctrl-C or Ctrl-D is typed, or ctx ends, and hands each to
// say. Its error is one of the input; the end of it is none.
func (t *Terminal) Run(ctx context.Context, say func(context.Context, string)) error {
	lines := make(chan string)
	failed := make(chan error, 1)
	go func() {
		defer close(lines)
		for {
			line, err := t.readLine()
			if line != "" || err == nil {
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					failed <- err
				}
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok {
				select {
				case err := <-failed:
					return fmt.Errorf("read from the terminal: %w", err)
				default:
					return nil
				}
			}
			if strings.TrimSpace(line) == "" {
				continue
			}
			say(ctx, t.pressed(line))
		}
	}
}

func (t *Terminal) readLine() (string, error) {
	if t.screen != nil {
		return t.screen.ReadLine()
	}
	r, ok := t.in.(*bufio.Reader)
	if !ok {
		r = bufio.NewReader(t.in)
		t.in = r
	}
	var line []byte
	for {
		chunk, err := r.ReadSlice('\n')
		if len(line) < maxLine {
			line = append(line, chunk...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return strings.TrimRight(string(line), "\r\n"), err
		}
	}
}

// pressed turns the number (or letter) of a button that is shown into what the button says.
func (t *Terminal) pressed(line string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := strings.ToLower(strings.TrimSpace(line))
	for i, b := range t.numbered {
		if key == number(i) {
			return b.Data
		}
	}
	for i, b := range t.lettered {
		if key == letter(i) {
			return b.Data
		}
	}
	return line
}

func number(i int) string { return fmt.Sprint(i + 1) }

func letter(i int) string { return string(rune('a' + i)) }

// Show prints messages below what stands there. It may be called while a line is being typed.
func (t *Terminal) Show(messages ...bot.Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(t.dress(m.Text))
		b.WriteByte('\n')
		if m.File != nil {
			b.WriteString(t.keep(m.File))
		}
		switch {
		case len(m.Buttons) == 0:
		case m.WantsNumber:
			t.numbered, t.lettered = nil, m.Buttons
			b.WriteString(row(m.Buttons, letter))
		default:
			t.numbered, t.lettered = m.Buttons, nil
			b.WriteString(row(m.Buttons, number))
		}
		b.WriteByte('\n')
	}
	t.print(b.String())
}

// Remind prints a message that nobody asked for. A question that stands above it can still be
// answered: its numbers stay, and the reminder's buttons have letters.
func (t *Terminal) Remind(m bot.Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := t.dress(m.Text) + "\n"
	if len(m.Buttons) > 0 {
		t.lettered = m.Buttons
		text += row(m.Buttons, letter)
	}
	t.print(text + "\n")
}

// row writes the buttons of a message in a line.
func row(buttons []bot.Button, label func(int) string) string {
	var b strings.Builder
	for i, button := range buttons {
		if i > 0 {
			b.WriteString("  ")
		}
		fmt.Fprintf(&b, "[%s] %s", label(i), button.Label)
	}
	b.WriteByte('\n')
	return b.String()
}

// Note prints a line that is not part of the conversation.
func (t *Terminal) Note(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.print(t.dress(text) + "\n")
}

func (t *Terminal) print(s string) {
	if t.screen != nil {
		_, _ = t.screen.Write([]byte(strings.ReplaceAll(s, "\n", "\r\n")))
		return
	}
	_, _ = io.WriteString(t.out, s)
}

// keep writes a document that goes with a message beside the person, and says where.
func (t *Terminal) keep(f *bot.File) string {
	if t.screen == nil {
		return string(f.Data)
	}
	if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
		return string(f.Data)
	}
	return "Saved as " + f.Name + "\n"
}

// dress wraps a text to the window and shows emphasis as the window can.
func (t *Terminal) dress(s string) string {
	if t.width > 20 {
		s = wrap(s, min(t.width-1, 100))
	}
	if !t.style {
		return strings.ReplaceAll(s, "**", "")
	}
	var b strings.Builder
	bold := false
	for {
		i := strings.Index(s, "**")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		if bold = !bold; bold {
			b.WriteString("\x1b[1m")
		} else {
			b.WriteString("\x1b[0m")
		}
		s = s[i+2:]
	}
	b.WriteString(s)
	if bold {
		b.WriteString("\x1b[0m")
	}
	return b.String()
}

// wrap breaks lines between words.
func wrap(s string, width int) string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		n, indent := 0, ""
		if strings.HasPrefix(line, "• ") {
			indent = "  "
		}
		var b strings.Builder
		for i, word := range strings.Split(line, " ") {
			w := len([]rune(strings.ReplaceAll(word, "**", "")))
			switch {
			case i == 0:
			case n+1+w > width:
				b.WriteString("\n" + indent)
				n = len(indent)
			default:
				b.WriteByte(' ')
				n++
			}
			b.WriteString(word)
			n += w
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}
