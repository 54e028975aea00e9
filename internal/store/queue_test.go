package store_test

import (
	"path/filepath"
	"testing"

	"afterglow/internal/store/storetest"
)

func TestQueue(t *testing.T) {
	storetest.RunQueue(t, func(t *testing.T) storetest.QueuePlace {
		file := filepath.Join(t.TempDir(), "people.db")
		return storetest.QueuePlace{
			Open: func(t *testing.T) storetest.Both { return open(t, file) },
			Raw:  func(t *testing.T) []byte { return everything(t, filepath.Dir(file)) },
		}
	})
}
