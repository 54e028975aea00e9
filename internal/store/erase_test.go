package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
)

// TestGapsAreWiped also shows that wiping is needed: secure_delete alone leaves gaps unclean.
func TestGapsAreWiped(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	for n := range 800 {
		i := n * 7919 % 150
		chatter(t, d, i, strings.Repeat(fmt.Sprint("mark-", i, " "), n*31%200))
	}
	if n := len(gaps(t, d)); n == 0 {
		t.Fatal("no gap was unclean: this test shows nothing")
	} else {
		t.Logf("%d pages unclean", n)
	}
	for i := range 5 {
		if _, err := d.Turn(t.Context(), chatOf(i), "", func(p *bot.Person) ([]bot.Message, error) { p.Erase = true; return nil, nil }); err != nil {
			t.Fatal(err)
		}
		if n := len(gaps(t, d)); n > 0 {
			t.Fatalf("%d pages unclean after an erasure", n)
		}
		if err := d.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i := 5; i < 150; i++ {
		chatter(t, d, i, "still here")
	}
}

func TestGap(t *testing.T) {
	t.Parallel()
	page := func(start int, kind byte, cells, content uint16) []byte {
		p := bytes.Repeat([]byte{'x'}, 512)
		p[start] = kind
		binary.BigEndian.PutUint16(p[start+3:], cells)
		binary.BigEndian.PutUint16(p[start+5:], content)
		return p
	}
	for _, c := range []struct {
		name     string
		n        int64
		page     []byte
		from, to int // 0, 0: no gap
	}{
		{"table leaf", 2, page(0, 13, 3, 400), 14, 400},
		{"index leaf", 2, page(0, 10, 3, 400), 14, 400},
		{"table interior", 2, page(0, 5, 3, 400), 18, 400},
		{"index interior", 2, page(0, 2, 3, 400), 18, 400},
		{"the first page", 1, page(100, 13, 3, 400), 114, 400},
		{"empty leaf", 2, page(0, 13, 0, 512), 8, 512},
		{"full", 2, page(0, 13, 10, 28), 0, 0},
		{"overflow", 2, page(0, 0, 3, 400), 0, 0},
		{"content before cells", 2, page(0, 13, 200, 100), 0, 0},
		{"content beyond the page", 2, page(0, 13, 3, 513), 0, 0},
		{"content at 65536 of a small page", 2, page(0, 13, 3, 0), 0, 0},
		{"too short", 1, make([]byte, 100), 0, 0},
	} {
		g := gap(c.n, c.page)
		if len(g) != c.to-c.from {
			t.Errorf("%s: %d bytes, want %d", c.name, len(g), c.to-c.from)
			continue
		}
		clear(g)
		for i, b := range c.page {
			if in := i >= c.from && i < c.to; in != (b == 0) && len(c.page) == 512 && in {
				t.Errorf("%s: byte %d was not reached", c.name, i)
			}
		}
	}
}

// TestEraseWhileRead erases somebody while the file is read, when the journal cannot be cut: that
// is made up for in the next turn of anybody.
func TestEraseWhileRead(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	chatter(t, d, 1, "mark-1")
	reader, err := openReading(d.path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	tx, err := reader.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow(`SELECT count(*) FROM people`).Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	out, err := d.Turn(t.Context(), chatOf(1), "", func(p *bot.Person) ([]bot.Message, error) {
		p.Erase = true
		return []bot.Message{{Text: "forgotten"}}, nil
	})
	if err != nil || len(out) != 1 {
		t.Fatalf("replies %v, error %v", out, err)
	}
	if !d.traces.Load() {
		t.Fatal("the journal was cut while it was read")
	}
	if err := tx.QueryRow(`SELECT count(*) FROM people`).Scan(&n); err != nil || n != 1 {
		t.Errorf("the reader's view changed: %d people, %v", n, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	stranger := func(*bot.Person) ([]bot.Message, error) { return nil, nil }
	if _, err := d.Turn(t.Context(), "a stranger", "", stranger); err != nil {
		t.Fatal(err)
	}
	if d.traces.Load() {
		t.Error("the next turn did not make up for it")
	}
	for _, name := range []string{d.path, d.path + "-wal"} {
		if data, err := os.ReadFile(name); err != nil || bytes.Contains(data, []byte("mark-1")) {
			t.Errorf("%s: still holds the erased (%v)", name, err)
		}
	}
}

// TestEraseCutShort takes the files as they are when a crash comes between the erasing transaction
// and the cutting of the journal.
func TestEraseCutShort(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	chatter(t, d, 1, "mark-1")
	chatter(t, d, 2, "mark-2")
	erase := func(p *bot.Person) ([]bot.Message, error) { p.Erase = true; return nil, nil }
	if _, did, err := d.turn(t.Context(), chatOf(1), "", erase); err != nil || !did.erased {
		t.Fatal(did, err)
	}
	crashed := filepath.Join(t.TempDir(), "people.db")
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(d.path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(crashed+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if end == "-wal" && !bytes.Contains(data, []byte("mark-1")) {
			t.Fatal("the journal holds nothing: this test shows nothing")
		}
	}
	again, err := Open(t.Context(), crashed)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for _, end := range []string{"", "-wal"} {
		if data, err := os.ReadFile(crashed + end); err != nil || bytes.Contains(data, []byte("mark-1")) {
			t.Errorf("%q: still holds the erased (%v)", end, err)
		}
	}
	handle(t, again, chatOf(1), "mark-1", true)
	handle(t, again, chatOf(2), "mark-2", false)
}

// TestBusyTimeoutComesBack: cutting the journal borrows the setting.
func TestBusyTimeoutComesBack(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	var got int
	if err := d.sql.QueryRow("PRAGMA busy_timeout").Scan(&got); err != nil || got != 5000 {
		t.Errorf("busy_timeout %d, %v", got, err)
	}
}

func openScratch(t testing.TB) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "people.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func chatOf(i int) bot.ChatID { return bot.ChatID(fmt.Sprint("chat mark-", i, ".")) }

// chatter keeps one message of a person who has consented.
func chatter(t testing.TB, d *DB, i int, text string) {
	t.Helper()
	_, err := d.Turn(t.Context(), chatOf(i), text, func(p *bot.Person) ([]bot.Message, error) {
		p.Consent = time.Now()
		p.Talk.More = text
		if p.Talk.Misses++; p.Talk.Misses%3 == 0 {
			p.Checkins = append(p.Checkins, bot.Checkin{At: p.Consent})
		}
		return []bot.Message{{Text: text}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// gaps are the pages with an unclean gap.
func gaps(t testing.TB, d *DB) []int64 {
	t.Helper()
	tx, err := d.sql.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	n, err := dirtyPages(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
