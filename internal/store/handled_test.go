package store

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"afterglow/bot"
)

func TestHandledAreCounted(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	handle(t, d, "another", "1", true)
	const all = keptUpdates + 10
	for n := range all {
		handle(t, d, "c", strconv.Itoa(n), true)
	}
	if n := handledRows(t, d); n != keptUpdates+1 {
		t.Errorf("%d updates are kept, want %d and the other's", n, keptUpdates)
	}
	for n := all - keptUpdates; n < all; n++ {
		handle(t, d, "c", strconv.Itoa(n), false)
	}
	handle(t, d, "c", "0", true) // long ago
	handle(t, d, "another", "1", false)
}

// TestHandledGrowOld runs in a bubble, where two days pass at once; it also shows that a store works
// in one.
func TestHandledGrowOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openScratch(t)
		for n := range 2 * cutAtOnce {
			handle(t, d, bot.ChatID(strconv.Itoa(n)), "1", true)
		}
		time.Sleep(keptFor)
		handle(t, d, "0", "1", false)
		time.Sleep(time.Second)
		handle(t, d, "new", "1", true)
		if n := handledRows(t, d); n != cutAtOnce+1 {
			t.Errorf("%d updates are kept after one turn, want %d", n, cutAtOnce+1)
		}
		handle(t, d, "new", "2", true)
		if n := handledRows(t, d); n != 2 {
			t.Errorf("%d updates are kept after two turns, want those two", n)
		}
	})
}

func TestPassingForgetsTheOldest(t *testing.T) {
	t.Parallel()
	var s passing
	if err := s.keep("c", "", nil); err != nil || len(s.order) > 0 {
		t.Error("an update without an id was kept")
	}
	big := []bot.Message{{Text: string(make([]byte, passingRoom/20))}} // six times as long in JSON
	for n := range 10 {
		if err := s.keep("c", strconv.Itoa(n), big); err != nil {
			t.Fatal(err)
		}
		if s.size > passingRoom || len(s.order) != len(s.known) {
			t.Fatalf("%d bytes, %d in order, %d known", s.size, len(s.order), len(s.known))
		}
	}
	if _, found, _ := s.find("c", "0"); found {
		t.Error("the oldest is still known")
	}
	if _, found, _ := s.find("c", "9"); !found {
		t.Error("the newest is not known")
	}
	s.forget("c")
	if s.size != 0 || len(s.order) != 0 || len(s.known) != 0 {
		t.Errorf("forgotten, but %d bytes, %d in order, %d known", s.size, len(s.order), len(s.known))
	}
	huge := []bot.Message{{Text: string(make([]byte, passingRoom))}}
	if err := s.keep("c", "huge", huge); err != nil || s.size != 0 {
		t.Errorf("%d bytes, %v", s.size, err)
	}
}

// handle runs a turn and fails unless it was run, or not, as expected.
func handle(t testing.TB, d *DB, chat bot.ChatID, update string, runs bool) {
	t.Helper()
	ran := false
	_, err := d.Turn(t.Context(), chat, update, func(p *bot.Person) ([]bot.Message, error) {
		ran, p.Consent = true, time.Now()
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if ran != runs {
		t.Errorf("update %s of %s: run %t, want %t", update, chat, ran, runs)
	}
}

func handledRows(t testing.TB, d *DB) (n int) {
	t.Helper()
	if err := d.sql.QueryRow(`SELECT count(*) FROM handled`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
