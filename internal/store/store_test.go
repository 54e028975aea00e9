package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/internal/store"
	"afterglow/internal/store/storetest"
)

func TestPeople(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place {
		file := filepath.Join(t.TempDir(), "people.db")
		return storetest.Place{
			Open: func(t *testing.T) bot.People { return open(t, file) },
			Raw:  func(t *testing.T) []byte { return everything(t, filepath.Dir(file)) },
		}
	})
}

// open opens a database and closes it when the test ends.
func open(t testing.TB, file string) *store.DB {
	t.Helper()
	d, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// everything is what stands in the files of a folder and their names. It takes SQLite's locks away,
// which matters to nobody in a folder of one test (see makeFile).
func everything(t testing.TB, folder string) (all []byte) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, f.Name()...), data...)
	}
	return all
}

var someTime = time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
