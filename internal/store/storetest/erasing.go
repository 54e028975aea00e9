package storetest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"afterglow/bot"
)

// eraseTurn is a turn in which the person asked to be forgotten.
func eraseTurn(out []bot.Message) func(*bot.Person) []bot.Message {
	return func(p *bot.Person) []bot.Message {
		*p = bot.Person{Chat: p.Chat, Erase: true}
		return out
	}
}

// absent fails if a text stands anywhere outside the process.
func (s *store) absent(text string) { s.t.Helper(); s.kept(map[string]bool{text: false}) }

// present fails if a text stands nowhere: its absence would prove nothing.
func (s *store) present(text string) { s.t.Helper(); s.kept(map[string]bool{text: true}) }

// kept fails for each text that is or is not kept outside the process as it should be.
func (s *store) kept(want map[string]bool) {
	s.t.Helper()
	if s.place.Raw == nil {
		return
	}
	raw := s.place.Raw(s.t)
	for text, want := range want {
		if got := bytes.Contains(raw, []byte(text)); got != want {
			s.t.Errorf("%q is kept: %t, want %t", text, got, want)
		}
	}
}

func eraseRemovesEveryTrace(t *testing.T, s *store) {
	const mark = "mark-of-the-erased"
	p := someone("chat "+mark, mark)
	before := "before consent"
	s.turn(p.Chat, before, func(*bot.Person) []bot.Message { return replies(mark) })
	// More than once, with texts of different lengths, so that there is something to leave behind.
	for n := range 20 {
		p.Talk.More = strings.Repeat(mark+" ", n*n)
		s.turn(p.Chat, fmt.Sprint("update ", mark, n), become(p, replies(p.Talk.More)))
	}
	s.present(mark)

	got := s.turn(p.Chat, "erase "+mark, eraseTurn(replies(mark)))
	same(t, "the replies of the erasing turn", got, replies(mark))
	// Not even that an update was handled is known.
	for _, update := range []string{before, fmt.Sprint("update ", mark, 1)} {
		ran := false
		s.turn(p.Chat, update, func(*bot.Person) []bot.Message { ran = true; return nil })
		if !ran {
			t.Errorf("%q, from before, is still known", update)
		}
	}
	for range 2 {
		same(t, "the person", s.load(p.Chat), bot.Person{Chat: p.Chat})
		s.absent(mark)
		s.reopen()
	}
}

func eraseLeavesOthers(t *testing.T, s *store) {
	const people, turns = 30, 8
	length := func(n, i int) int { return 1 + (n*7+i*i*3)%60 }
	for n := range people {
		c := bot.ChatID(fmt.Sprintf("chat mark-%02d", n))
		for i := range turns {
			mark := strings.Repeat(fmt.Sprintf("mark-%02d ", n), length(n, i))
			s.turn(c, fmt.Sprintf("%d mark-%02d", i, n), become(someone(c, mark), replies(mark)))
		}
	}
	for n := 0; n < people; n += 2 {
		s.turn(bot.ChatID(fmt.Sprintf("chat mark-%02d", n)), "erase", eraseTurn(nil))
		kept := map[string]bool{}
		for m := range people {
			kept[fmt.Sprintf("mark-%02d", m)] = m > n || m%2 == 1
		}
		s.kept(kept)
	}
	s.reopen()
	for n := 1; n < people; n += 2 {
		c := bot.ChatID(fmt.Sprintf("chat mark-%02d", n))
		mark := strings.Repeat(fmt.Sprintf("mark-%02d ", n), length(n, turns-1))
		same(t, "a neighbour", s.load(c), someone(c, mark))
		same(t, "a neighbour's replies", s.turn(c, fmt.Sprintf("%d mark-%02d", turns-1, n), mustNotRun(t)), replies(mark))
	}
}

func erasedMayBeginAgain(t *testing.T, s *store) {
	s.turn("c", "1", become(someone("c", "before"), replies("one")))
	s.turn("c", "2", eraseTurn(nil))
	s.turn("c", "3", become(someone("c", "after"), replies("three")))
	s.reopen()
	same(t, "the person", s.load("c"), someone("c", "after"))
	s.absent("before")
}

func withdrawnConsent(t *testing.T, s *store) {
	const mark = "mark-of-the-withdrawn"
	s.turn("chat "+mark, "1 "+mark, become(someone("chat "+mark, mark), replies(mark)))
	s.present(mark)
	s.turn("chat "+mark, "2 "+mark, func(p *bot.Person) []bot.Message {
		p.Consent = bot.Person{}.Consent
		return replies(mark)
	})
	s.absent(mark)
	same(t, "the person", s.load("chat "+mark), bot.Person{Chat: "chat " + mark})
}

func strangerErases(t *testing.T, s *store) {
	const mark = "mark-of-a-stranger"
	got := s.turn("chat "+mark, "1 "+mark, eraseTurn(replies(mark)))
	same(t, "the replies", got, replies(mark))
	s.absent(mark)
	// Agreeing and asking to be forgotten in one turn is to be forgotten.
	s.turn("chat "+mark, "2 "+mark, func(p *bot.Person) []bot.Message {
		*p = someone(p.Chat, mark)
		p.Erase = true
		return replies(mark)
	})
	s.absent(mark)
	same(t, "the person", s.load("chat "+mark), bot.Person{Chat: "chat " + mark})
}
