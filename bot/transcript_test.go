package bot_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/store"
	"afterglow/internal/transcript"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// newCore builds the real thing on the built-in content.
func newCore(t testing.TB, people bot.People, zone *time.Location) *bot.Core {
	t.Helper()
	library, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	finder, err := content.BuiltinFinder()
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(bot.Options{Library: library, Finder: finder, People: people, Local: zone})
}

// storedChat is a chat on a real database file.
type storedChat struct {
	t    *testing.T
	core *bot.Core
}

func (c storedChat) Say(at time.Time, text string) []bot.Message {
	replies, err := c.core.Handle(context.Background(), bot.Update{Chat: "test:1", Text: text, At: at})
	if err != nil {
		c.t.Errorf("%q: %v", text, err)
	}
	return replies
}

func TestTranscripts(t *testing.T) {
	transcript.Run(t, "testdata/transcripts/*.txt", *update, func(t *testing.T, zone *time.Location) transcript.Chat {
		db, err := store.Open(context.Background(), t.TempDir()+"/afterglow.db")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		return storedChat{t, newCore(t, db, zone)}
	})
}
