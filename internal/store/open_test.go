package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"afterglow/bot"
	"afterglow/internal/store"
)

func TestOpenMakesFolderAndFile(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a", "b")
	file := filepath.Join(folder, "people.db")
	d := open(t, file)
	remember(t, d, "c")
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{folder: 0o700, file: 0o600, file + "-wal": 0o600, file + ".lock": 0o600} {
			info, err := os.Stat(name)
			if err != nil {
				t.Error(err)
			} else if got := info.Mode().Perm(); got != want {
				t.Errorf("%s: rights %o, want %o", name, got, want)
			}
		}
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
	if left := names(t, folder); left != "people.db people.db.lock" {
		t.Errorf("left behind: %s", left)
	}
}

func TestOpenOddNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"with space.db", "q?mode=memory.db", "hash#1.db", "50%20.db", "ümlaut&_pragma=x.db", ":memory:", "file:x"} {
		if runtime.GOOS == "windows" && strings.ContainsAny(name, "?:") {
			continue
		}
		file := filepath.Join(t.TempDir(), name)
		d := open(t, file)
		remember(t, d, "c")
		d.Close()
		if info, err := os.Stat(file); err != nil || info.Size() == 0 {
			t.Errorf("%s: nothing was kept under this name (%v)", name, err)
		}
		if !remembers(t, open(t, file), "c") {
			t.Errorf("%s: not found again", name)
		}
	}
}

func TestOpenRelativeName(t *testing.T) {
	t.Chdir(t.TempDir())
	remember(t, open(t, "people.db"), "c")
	if got := names(t, "."); !strings.HasPrefix(got, "people.db ") {
		t.Errorf("made %s", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	garbage := bytes.Repeat([]byte("garbage "), 4096)
	for _, c := range []struct {
		name string
		make func(t *testing.T, file string) // makes the file unfit
		want store.Reason
		says string
	}{
		{"folder", func(t *testing.T, file string) { must(t, os.Mkdir(file, 0o700)) }, store.Folder, "name a file"},
		{"text", func(t *testing.T, file string) { write(t, file, []byte("dear diary, today I")) }, store.NotDatabase, "another file"},
		{"short text", func(t *testing.T, file string) { write(t, file, []byte("x")) }, store.NotDatabase, "another file"},
		{"only a header", func(t *testing.T, file string) { write(t, file, []byte("SQLite format 3\x00")) }, store.NotDatabase, "another file"},
		{"header and garbage", func(t *testing.T, file string) {
			write(t, file, append([]byte("SQLite format 3\x00"), garbage...))
		}, store.NotDatabase, "another file"},
		{"somebody else's", func(t *testing.T, file string) { run(t, file, `CREATE TABLE bookmarks (url TEXT)`) }, store.Foreign, "another program"},
		{"somebody else's, marked", func(t *testing.T, file string) { run(t, file, `PRAGMA application_id = 7`) }, store.Foreign, "another program"},
		{"newer schema", func(t *testing.T, file string) {
			fill(t, file)
			run(t, file, `INSERT INTO migrations (version_id, is_applied) VALUES (99, 1)`)
		}, store.Newer, "schema 99, this one knows"},
		{"cut short", func(t *testing.T, file string) {
			fill(t, file)
			info, err := os.Stat(file)
			must(t, err)
			must(t, os.Truncate(file, info.Size()/2))
		}, store.Damaged, "put a backup"},
		{"damaged schema", func(t *testing.T, file string) {
			fill(t, file)
			data, err := os.ReadFile(file)
			must(t, err)
			copy(data[100:], garbage[:3000])
			write(t, file, data)
		}, store.Damaged, "put a backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "people.db")
			c.make(t, file)
			before, _ := os.ReadFile(file)
			d, err := store.Open(t.Context(), file)
			if err == nil {
				d.Close()
				t.Fatal("opened")
			}
			wantReason(t, err, c.want, file, c.says)
			if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenBelowAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	_, err := store.Open(t.Context(), filepath.Join(file, "people.db"))
	wantReason(t, err, store.NotWritable, file, "its folder")
}

func TestOpenNoName(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "")
	wantReason(t, err, store.Missing, "", "AFTERGLOW_DB")
}

func TestOpenNotWritable(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("rights mean nothing to this user")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "people.db")
	fill(t, file)

	must(t, os.Chmod(file, 0o400))
	_, err := store.Open(t.Context(), file)
	wantReason(t, err, store.NotWritable, file, "its folder")

	must(t, os.Chmod(file, 0o600))
	must(t, os.Remove(file+".lock"))
	must(t, os.Chmod(folder, 0o500))
	t.Cleanup(func() { os.Chmod(folder, 0o700) })
	_, err = store.Open(t.Context(), file)
	wantReason(t, err, store.NotWritable, file, "its folder")
	_, err = store.Open(t.Context(), filepath.Join(folder, "new.db"))
	wantReason(t, err, store.NotWritable, folder, "its folder")
}

func TestOpenTwice(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "people.db")
	d := open(t, file)
	_, err := store.Open(t.Context(), file)
	wantReason(t, err, store.InUse, file, "another afterglow")

	other := filepath.Join(folder, "link.db")
	if err := os.Symlink(file, other); err == nil {
		_, err := store.Open(t.Context(), other)
		wantReason(t, err, store.InUse, "people.db", "another afterglow")
	}
	remember(t, d, "c") // the first one goes on
	must(t, d.Close())
	if !remembers(t, open(t, file), "c") {
		t.Error("not found again")
	}
}

func TestOpenEmptyDatabase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	write(t, file, nil)
	remember(t, open(t, file), "c")
}

// wantReason fails unless err is of that reason, names the file and the cure, and fits on one line.
func wantReason(t *testing.T, err error, want store.Reason, names, says string) {
	t.Helper()
	var e *store.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is not a store.Error", err)
	}
	t.Log(err)
	if e.Reason != want || !errors.Is(err, want) {
		t.Errorf("reason %s, want %s", e.Reason, want)
	}
	if s := err.Error(); !strings.Contains(s, names) || !strings.Contains(s, says) || strings.Contains(s, "\n") {
		t.Errorf("%q does not name %q and say %q on one line", s, names, says)
	}
}

// remember keeps a person.
func remember(t testing.TB, d *store.DB, chat bot.ChatID) {
	t.Helper()
	_, err := d.Turn(t.Context(), chat, "", func(p *bot.Person) ([]bot.Message, error) {
		p.Consent = someTime
		p.Clinic = "clinic of " + string(chat)
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// remembers tells whether a person was kept.
func remembers(t testing.TB, d *store.DB, chat bot.ChatID) (known bool) {
	t.Helper()
	_, err := d.Turn(t.Context(), chat, "", func(p *bot.Person) ([]bot.Message, error) {
		known = p.Consent.Equal(someTime) && p.Clinic == "clinic of "+string(chat)
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// fill makes a database with a few people in it.
func fill(t testing.TB, file string) {
	t.Helper()
	d := open(t, file)
	for _, c := range []bot.ChatID{"a", "b", "c"} {
		remember(t, d, c)
	}
	must(t, d.Close())
}

// run runs a statement on a file that nobody has open.
func run(t testing.TB, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	must(t, err)
	_, err = db.Exec(statement)
	must(t, err)
	must(t, db.Close())
}

func write(t testing.TB, file string, data []byte) {
	t.Helper()
	must(t, os.WriteFile(file, data, 0o600))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// names lists a folder.
func names(t testing.TB, folder string) string {
	t.Helper()
	files, err := os.ReadDir(folder)
	must(t, err)
	var all []string
	for _, f := range files {
		all = append(all, f.Name())
	}
	return strings.Join(all, " ")
}
