package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"afterglow/bot"
	"afterglow/internal/store"
)

func TestBackup(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, copied := filepath.Join(folder, "people.db"), filepath.Join(folder, "it's a copy?.db")
	d := open(t, file)
	remember(t, d, "before")
	must(t, d.Backup(t.Context(), copied))
	remember(t, d, "after")

	if info, err := os.Stat(copied); err != nil {
		t.Error(err)
	} else if got := info.Mode().Perm(); got != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("rights %o", got)
	}
	if left := names(t, folder); strings.Contains(left, "partial") {
		t.Errorf("left behind: %s", left)
	}
	b := open(t, copied)
	if !remembers(t, b, "before") || remembers(t, b, "after") {
		t.Error("the copy is not what stood there at that moment")
	}
	must(t, b.Check(t.Context()))
}

func TestBackupNeverOverwrites(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, copied := filepath.Join(folder, "people.db"), filepath.Join(folder, "copy.db")
	d := open(t, file)
	for _, there := range [][]byte{nil, []byte("precious")} {
		write(t, copied, there)
		err := d.Backup(t.Context(), copied)
		wantReason(t, err, store.BackupExists, copied, "name for the backup")
		if data, _ := os.ReadFile(copied); !bytes.Equal(data, there) {
			t.Error("the file was changed")
		}
	}
	wantReason(t, d.Backup(t.Context(), file), store.BackupExists, file, "name for the backup")
	wantReason(t, d.Backup(t.Context(), folder), store.BackupExists, folder, "name for the backup")
	if err := d.Backup(t.Context(), filepath.Join(folder, "nowhere", "copy.db")); err == nil {
		t.Error("made a folder")
	}
	if left := names(t, folder); strings.Contains(left, "partial") {
		t.Errorf("left behind: %s", left)
	}
}

func TestBackupBesideTurns(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := open(t, filepath.Join(folder, "people.db"))
	var all sync.WaitGroup
	all.Go(func() {
		for n := range 50 {
			remember(t, d, bot.ChatID(fmt.Sprint(n)))
		}
	})
	for n := range 5 {
		copied := filepath.Join(folder, fmt.Sprint(n, ".db"))
		if err := d.Backup(t.Context(), copied); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	for n := range 5 {
		b := open(t, filepath.Join(folder, fmt.Sprint(n, ".db")))
		must(t, b.Check(t.Context()))
	}
}

func TestInspectBesideOwner(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "people.db")
	d := open(t, file)
	remember(t, d, "before")
	i, err := store.Inspect(t.Context(), file)
	must(t, err)
	must(t, i.Check(t.Context()))
	remember(t, d, "after")
	must(t, i.Backup(t.Context(), filepath.Join(folder, "copy.db")))
	must(t, i.Close())
	if !remembers(t, open(t, filepath.Join(folder, "copy.db")), "after") {
		t.Error("the copy lacks the last turn")
	}
	remember(t, d, "c")
}

func TestInspectRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	_, err := store.Inspect(t.Context(), filepath.Join(folder, "nowhere.db"))
	wantReason(t, err, store.Missing, "nowhere.db", "check --db")
	_, err = store.Inspect(t.Context(), folder)
	wantReason(t, err, store.Folder, folder, "name a file")
	file := filepath.Join(folder, "empty.db")
	write(t, file, nil)
	_, err = store.Inspect(t.Context(), file)
	wantReason(t, err, store.NotDatabase, file, "another file")
	if left := names(t, folder); left != "empty.db" {
		t.Errorf("left behind: %s", left)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	fill(t, file)
	data, err := os.ReadFile(file)
	must(t, err)
	// The page that holds the people, so that the schema is still readable.
	page := bytes.Index(data, []byte("clinic of a")) / 4096 * 4096
	copy(data[page+8:page+100], bytes.Repeat([]byte{0xff}, 92))
	write(t, file, data)

	i, err := store.Inspect(t.Context(), file)
	must(t, err)
	defer i.Close()
	wantReason(t, i.Check(t.Context()), store.Damaged, file, "put a backup")
	err = i.Backup(t.Context(), file+".copy")
	wantReason(t, err, store.Damaged, file+" is damaged", "put a backup")
	if left := names(t, filepath.Dir(file)); strings.Contains(left, "copy") {
		t.Errorf("left behind: %s", left)
	}
}

func TestCheckFindsOrphans(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	fill(t, file)
	run(t, file, `INSERT INTO treatments (chat, n, at, exact, setting) VALUES ('nobody', 0, 0, 0, '')`)
	d := open(t, file)
	wantReason(t, d.Check(t.Context()), store.Damaged, "treatments has a row of nobody", "put a backup")
}
