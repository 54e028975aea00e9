package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"afterglow/bot"
)

// talk feeds lines through a window that is a pipe and gives what was said to the core.
func talk(t *testing.T, in string, reply func(text string) bot.Message) (said []string, screen string) {
	t.Helper()
	var out bytes.Buffer
	w, err := New(strings.NewReader(in), &out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	err = w.Run(context.Background(), func(_ context.Context, text string) {
		said = append(said, text)
		w.Show(reply(text))
	})
	if err != nil {
		t.Fatal(err)
	}
	return said, out.String()
}

func TestPipeIsPlainText(t *testing.T) {
	said, screen := talk(t, "hello\n\n  \nlast line without an end", func(string) bot.Message {
		return bot.Message{Text: "**Expected.** Fine."}
	})
	if strings.Join(said, "|") != "hello|last line without an end" {
		t.Errorf("said %q", said)
	}
	if strings.Contains(screen, "*") || strings.Contains(screen, "\x1b") || !strings.Contains(screen, "Expected. Fine.") {
		t.Errorf("a pipe must get plain text: %q", screen)
	}
}

func TestButtonsAreNumbers(t *testing.T) {
	said, screen := talk(t, "a\n2\n7\n", func(text string) bot.Message {
		if text != "a" {
			return bot.Message{Text: "ok"}
		}
		return bot.Message{Text: "Which?", Buttons: []bot.Button{{Label: "Gym", Data: "/can gym"}, {Label: "Makeup", Data: "/can makeup"}}}
	})
	if strings.Join(said, "|") != "a|/can makeup|7" {
		t.Errorf("said %q", said)
	}
	if !strings.Contains(screen, "[1] Gym  [2] Makeup") {
		t.Errorf("the buttons are not shown: %q", screen)
	}
}

func TestButtonsAreLettersWhereANumberIsExpected(t *testing.T) {
	said, screen := talk(t, "x\n2\nb\n", func(text string) bot.Message {
		return bot.Message{Text: "How many days ago?", WantsNumber: true, Buttons: []bot.Button{{Label: "Today", Data: "today"}, {Label: "Yesterday", Data: "yesterday"}}}
	})
	if strings.Join(said, "|") != "x|2|yesterday" {
		t.Errorf("said %q", said)
	}
	if !strings.Contains(screen, "[a] Today") {
		t.Errorf("the buttons are not lettered: %q", screen)
	}
}

func TestFileIsPrintedIntoAPipe(t *testing.T) {
	_, screen := talk(t, "/export\n", func(string) bot.Message {
		return bot.Message{Text: "Here.", File: &bot.File{Name: "x.json", Data: []byte("{\"a\":1}\n")}}
	})
	if !strings.Contains(screen, `{"a":1}`) {
		t.Errorf("the document is missing: %q", screen)
	}
}

func TestVeryLongLine(t *testing.T) {
	said, _ := talk(t, strings.Repeat("x", 3*maxLine)+"\nnext\n", func(string) bot.Message { return bot.Message{Text: "ok"} })
	if len(said) != 2 || said[1] != "next" || len(said[0]) > maxLine+8192 {
		t.Errorf("%d lines were said", len(said))
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the cable was pulled") }

func TestBrokenInputIsAnError(t *testing.T) {
	w, err := New(brokenReader{}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Run(context.Background(), func(context.Context, string) {}); err == nil || !strings.Contains(err.Error(), "cable") {
		t.Errorf("got %v", err)
	}
}

func TestContextEndsTheTalk(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	defer w.Close()
	window, err := New(r, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- window.Run(ctx, func(context.Context, string) {}) }()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("got %v", err)
	}
}

func TestWrap(t *testing.T) {
	if got, want := wrap("one two three\n• four five six", 10), "one two\nthree\n• four\n  five six"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStyle(t *testing.T) {
	w := &Terminal{style: true}
	if got := w.dress("a **b** c"); got != "a \x1b[1mb\x1b[0m c" {
		t.Errorf("got %q", got)
	}
}

// TestReminderLeavesTheQuestion answers by number what was asked before a reminder came, and the
// reminder by letter.
func TestReminderLeavesTheQuestion(t *testing.T) {
	var out bytes.Buffer
	w, err := New(strings.NewReader("a\n2\nb\n"), &out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var said []string
	err = w.Run(context.Background(), func(_ context.Context, text string) {
		if said = append(said, text); text == "a" {
			w.Show(bot.Message{Text: "Which?", Buttons: []bot.Button{{Label: "Gym", Data: "/can gym"}, {Label: "Makeup", Data: "/can makeup"}}})
			w.Remind(bot.Message{Text: "SPF.", Buttons: []bot.Button{{Label: "Done", Data: "/done k"}, {Label: "Why?", Data: "/why spf"}}})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(said, "|") != "a|/can makeup|/why spf" {
		t.Errorf("said %q", said)
	}
	if !strings.Contains(out.String(), "SPF.\n[a] Done  [b] Why?") {
		t.Errorf("screen %q", out.String())
	}
}
