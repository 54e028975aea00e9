package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"afterglow/bot"
	"afterglow/internal/store"
)

// otherProcess, when set, makes this test binary the other process of a test: the name of its job
// and the database, a line each.
const otherProcess = "AFTERGLOW_STORE_TEST"

func TestMain(m *testing.M) {
	job, file, _ := strings.Cut(os.Getenv(otherProcess), "\n")
	switch job {
	case "":
		os.Exit(m.Run())
	case "open":
		d, err := store.Open(context.Background(), file)
		if err != nil {
			fmt.Println(err)
			os.Exit(2)
		}
		d.Close()
	case "talk":
		talkForEver(file)
	}
}

// talkForEver runs turns and says which ones are done, until it is killed. Every tenth chat asks to
// be forgotten.
func talkForEver(file string) {
	d, err := store.Open(context.Background(), file)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	for n := 0; ; n++ {
		chat := bot.ChatID(fmt.Sprint("chat ", n/3))
		_, err := d.Turn(context.Background(), chat, strconv.Itoa(n), func(p *bot.Person) ([]bot.Message, error) {
			p.Consent = someTime
			p.Talk.Misses++
			p.Talk.More = fmt.Sprintf("mark-of-%d.", n/3)
			p.Erase = n%30 == 29
			return []bot.Message{{Text: p.Talk.More}}, nil
		})
		if err != nil {
			fmt.Println(err)
			os.Exit(2)
		}
		fmt.Println(n)
	}
}

func other(t *testing.T, job, file string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	c := exec.Command(program)
	c.Env = append(os.Environ(), otherProcess+"="+job+"\n"+file)
	c.Stderr = os.Stderr
	return c
}

func TestOpenInTwoProcesses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	d := open(t, file)
	out, err := other(t, "open", file).Output()
	if err == nil || !strings.Contains(string(out), "in use") {
		t.Errorf("a second process got %q, %v", out, err)
	}
	remember(t, d, "c")
	must(t, d.Close())
	if out, err := other(t, "open", file).Output(); err != nil {
		t.Errorf("after Close a second process got %q, %v", out, err)
	}
}

func TestKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	// Wherever the kill strikes, what was acknowledged before it is there.
	for _, lines := range []int{1, 10, 31, 100} {
		must(t, os.RemoveAll(filepath.Dir(file)))
		c := other(t, "talk", file)
		pipe, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		done := -1
		read := bufio.NewScanner(pipe)
		for read.Scan() {
			n, err := strconv.Atoi(read.Text())
			if err != nil {
				t.Fatal(read.Text())
			}
			if done = n; n == lines {
				must(t, c.Process.Kill())
			}
		}
		_ = c.Wait() // killed
		if done < lines {
			t.Fatalf("only %d turns were done", done)
		}

		d := open(t, file) // the lock went with the process
		must(t, d.Check(t.Context()))
		for chat := range done / 3 { // the last one may be half way
			want := 3
			if chat%10 == 9 {
				want = 0
			}
			if got := misses(t, d, bot.ChatID(fmt.Sprint("chat ", chat))); got != want {
				t.Errorf("killed after %d: chat %d remembers %d of %d turns", done, chat, got, want)
			}
			mark := fmt.Sprintf("mark-of-%d.", chat)
			if here := strings.Contains(string(everything(t, filepath.Dir(file))), mark); here != (want > 0) {
				t.Errorf("killed after %d: %q stands in the files: %t", done, mark, here)
			}
		}
		must(t, d.Close())
	}
}

func misses(t *testing.T, d *store.DB, chat bot.ChatID) (n int) {
	t.Helper()
	_, err := d.Turn(t.Context(), chat, "", func(p *bot.Person) ([]bot.Message, error) {
		n = p.Talk.Misses
		return nil, nil
	})
	must(t, err)
	return n
}
