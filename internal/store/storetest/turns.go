package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"afterglow/bot"
)

// errOnlyLooking ends a turn that is to change nothing.
var errOnlyLooking = errors.New("only looking")

func repeatedUpdateRunsOnce(t *testing.T, s *store) {
	s.turn("c", "1", become(someone("c", "mark"), replies("one")))
	s.turn("c", "2", func(p *bot.Person) []bot.Message { p.Talk.Misses = 7; return nil })
	want := s.load("c")
	for range 2 {
		same(t, "the replies", s.turn("c", "1", mustNotRun(t)), replies("one"))
		same(t, "no replies", s.turn("c", "2", mustNotRun(t)), nil)
		same(t, "the person", s.load("c"), want)
		s.reopen()
	}
	// What the caller does to the replies is not said the next time.
	s.turn("c", "1", mustNotRun(t))[0].Text = "changed"
	same(t, "the replies", s.turn("c", "1", mustNotRun(t)), replies("one"))
}

func strangersUpdateRunsOnce(t *testing.T, s *store) {
	out := replies("one")
	s.turn("c", "1", func(*bot.Person) []bot.Message { return out })
	out[0].Text = "changed"
	same(t, "the replies", s.turn("c", "1", mustNotRun(t)), replies("one"))
	// Agreeing later makes no difference to what was said before.
	s.turn("c", "2", become(someone("c", "mark"), replies("two")))
	same(t, "the replies", s.turn("c", "1", mustNotRun(t)), replies("one"))
	same(t, "the replies", s.turn("c", "2", mustNotRun(t)), replies("two"))
}

func noIDAlwaysRuns(t *testing.T, s *store) {
	for _, c := range []bot.ChatID{"stranger", "known"} {
		n := 0
		for range 3 {
			s.turn(c, "", func(p *bot.Person) []bot.Message {
				if n++; c == "known" {
					p.Consent = someone(c, "").Consent
				}
				return nil
			})
		}
		if n != 3 {
			t.Errorf("%s: %d of 3 turns were run", c, n)
		}
	}
}

func oneIDTwoChats(t *testing.T, s *store) {
	for _, c := range []bot.ChatID{"a", "b"} {
		s.turn(c, "1", become(someone(c, "mark"), replies(string(c))))
		s.turn("stranger "+c, "1", func(*bot.Person) []bot.Message { return replies("stranger " + string(c)) })
	}
	for _, c := range []bot.ChatID{"a", "b"} {
		same(t, "the replies", s.turn(c, "1", mustNotRun(t)), replies(string(c)))
		same(t, "the replies", s.turn("stranger "+c, "1", mustNotRun(t)), replies("stranger "+string(c)))
	}
}

func errorChangesNothing(t *testing.T, s *store) {
	s.turn("c", "1", become(someone("c", "before"), replies("one")))
	oops := errors.New("oops")
	for _, c := range []bot.ChatID{"c", "stranger"} {
		want := s.load(c)
		for _, erase := range []bool{false, true} {
			err := s.fails(t.Context(), c, "2", func(p *bot.Person) ([]bot.Message, error) {
				*p = someone(c, "after")
				p.Erase = erase
				return replies("two"), oops
			})
			if !errors.Is(err, oops) {
				t.Errorf("the error %v does not wrap that of the turn", err)
			}
			same(t, "the person", s.load(c), want)
		}
		// The update was not handled, so it is run when it comes again.
		ran := false
		s.turn(c, "2", func(*bot.Person) []bot.Message { ran = true; return nil })
		if !ran {
			t.Errorf("%s: an update that failed was not run again", c)
		}
	}
}

func panicChangesNothing(t *testing.T, s *store) {
	s.turn("c", "1", become(someone("c", "before"), replies("one")))
	for _, c := range []bot.ChatID{"c", "stranger"} {
		want := s.load(c)
		func() {
			defer func() {
				if recover() != "oops" {
					t.Error("the panic did not come through")
				}
			}()
			s.turn(c, "2", func(p *bot.Person) []bot.Message {
				*p = someone(c, "after")
				panic("oops")
			})
		}()
		same(t, "the person", s.load(c), want)
		ran := false
		s.turn(c, "2", func(*bot.Person) []bot.Message { ran = true; return nil })
		if !ran {
			t.Errorf("%s: an update that panicked was not run again", c)
		}
	}
}

func cancelledTurnChangesNothing(t *testing.T, s *store) {
	s.turn("c", "1", become(someone("c", "before"), replies("one")))
	ctx, cancel := context.WithCancel(t.Context())
	err := s.fails(ctx, "c", "2", func(p *bot.Person) ([]bot.Message, error) {
		*p = someone("c", "after")
		cancel()
		return replies("two"), nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error %v does not say that the turn was cancelled", err)
	}
	same(t, "the person", s.load("c"), someone("c", "before"))
	if err := s.fails(ctx, "c", "3", func(*bot.Person) ([]bot.Message, error) { return nil, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("the error %v does not say that the turn was cancelled", err)
	}
}

func chatsInParallel(t *testing.T, s *store) {
	const chats, turns = 8, 25
	var all sync.WaitGroup
	for n := range chats {
		all.Go(func() {
			c := bot.ChatID(strconv.Itoa(n))
			for i := range turns {
				_, err := s.people.Turn(t.Context(), c, strconv.Itoa(i), func(p *bot.Person) ([]bot.Message, error) {
					if p.Chat != c || p.Talk.Misses != i {
						return nil, fmt.Errorf("turn %d finds chat %q after %d turns", i, p.Chat, p.Talk.Misses)
					}
					p.Consent = someone(c, "").Consent
					p.Talk.Misses++
					return []bot.Message{{Text: fmt.Sprint(n, i)}}, nil
				})
				if err != nil {
					t.Errorf("chat %d: %v", n, err)
					return
				}
			}
		})
	}
	all.Wait()
	s.reopen()
	for n := range chats {
		c := bot.ChatID(strconv.Itoa(n))
		if got := s.load(c).Talk.Misses; got != turns {
			t.Errorf("chat %d: %d of %d turns were kept", n, got, turns)
		}
		same(t, "the last replies", s.turn(c, strconv.Itoa(turns-1), mustNotRun(t)), []bot.Message{{Text: fmt.Sprint(n, turns-1)}})
	}
}
