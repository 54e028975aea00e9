package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"afterglow/internal/store"
)

// chatAt runs one chat through a pipe, with the clock where the test puts it.
func chatAt(t *testing.T, file string, at time.Time, lines ...string) string {
	t.Helper()
	db, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SetMeta(t.Context(), clockKey, at.Format(time.RFC3339Nano)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	in := strings.NewReader(strings.Join(lines, "\n") + "\n")
	if code := run(t.Context(), []string{"chat", "--db", file}, in, &out, &errOut); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut.String())
	}
	return out.String()
}

// inOrder fails unless the texts stand in this order.
func inOrder(t *testing.T, screen string, texts ...string) {
	t.Helper()
	rest := screen
	for _, text := range texts {
		_, after, ok := strings.Cut(rest, text)
		if !ok {
			t.Fatalf("%q is missing, or in the wrong place:\n%s", text, screen)
		}
		rest = after
	}
}

func TestForwardShowsWhatComes(t *testing.T) {
	t.Parallel()
	start := time.Date(2035, 5, 7, 12, 0, 0, 0, time.Local)
	screen := chatAt(t, t.TempDir()+"/a.db", start, "yes", "now", "clinic", "/forward 1d", "/about", "/forward 6h")
	inOrder(t, screen, "Today (a moment", "Mon 7 May 12:10\n", "Tonight: leave the serum on", "Tue 8 May 08:00\n", "SPF 30 or more",
		"It is now Tue 8 May 12:00", "not a doctor", "Tue 8 May 18:00\n", "How is your skin today?", "[a] Check in  [b] Done", "It is now Tue 8 May 18:00")
}

func TestWhatFellDueWhileClosedIsOneMessage(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/a.db"
	start := time.Date(2035, 5, 7, 12, 0, 0, 0, time.Local)
	chatAt(t, file, start, "yes", "now", "clinic", "/forward 1h")
	screen := chatAt(t, file, start.AddDate(0, 0, 5), "/about")
	inOrder(t, screen, "Welcome back", "Sat 12 May 12:00\nI could not reach you since Mon 7 May 18:30", "not a doctor")
	if n := strings.Count(screen, "could not reach"); n != 1 {
		t.Errorf("%d messages about what was missed:\n%s", n, screen)
	}
	if screen = chatAt(t, file, start.AddDate(0, 0, 5).Add(time.Hour), "/about"); strings.Contains(screen, "May") {
		t.Errorf("said again:\n%s", screen)
	}
}
