package storetest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"afterglow/bot"
	"afterglow/content"
)

func strangerIsNotStored(t *testing.T, s *store) {
	const mark = "mark-of-a-stranger"
	p := someone("chat "+mark, mark)
	p.Consent = bot.Person{}.Consent
	got := s.turn(p.Chat, "update "+mark, become(p, replies(mark)))
	same(t, "replies", got, replies(mark))
	for range 2 {
		same(t, "the person", s.load(p.Chat), bot.Person{Chat: p.Chat})
		s.absent(mark)
		s.reopen()
	}
}

func consentStores(t *testing.T, s *store) {
	s.turn("c", "1", func(p *bot.Person) []bot.Message {
		same(t, "the stranger", *p, bot.Person{Chat: "c"})
		p.Consent = someone("c", "").Consent
		return nil
	})
	want := bot.Person{Chat: "c", Consent: someone("c", "").Consent}
	for range 2 {
		same(t, "the person", s.load("c"), want)
		s.reopen()
	}
}

func everyFieldComesBack(t *testing.T, s *store) {
	want := someone("c", "mark")
	s.turn("c", "1", become(want, replies("mark")))
	for range 2 {
		same(t, "the person", s.load("c"), want)
		s.reopen()
	}
	// A person who has no name for a chat, or that of another, is still the one of this chat.
	other := want
	other.Chat = "somebody else"
	s.turn("c", "2", become(other, nil))
	same(t, "the person", s.load("c"), want)
	same(t, "somebody else", s.load("somebody else"), bot.Person{Chat: "somebody else"})
}

func listsChange(t *testing.T, s *store) {
	want := someone("c", "mark")
	s.turn("c", "", become(want, nil))
	step := func(name string, f func(*bot.Person)) {
		t.Helper()
		f(&want)
		// The same on what was loaded, in place.
		s.turn("c", "", func(p *bot.Person) []bot.Message { f(p); return nil })
		same(t, name, s.load("c"), want)
	}
	at := want.Consent
	step("nothing changed", func(*bot.Person) {})
	step("appended", func(p *bot.Person) {
		p.Treatments = append(p.Treatments[:len(p.Treatments):len(p.Treatments)], bot.Treatment{At: at, Logged: at})
		p.Checkins = append(p.Checkins[:len(p.Checkins):len(p.Checkins)], bot.Checkin{At: at, Level: content.Info})
	})
	step("changed in place", func(p *bot.Person) {
		p.Treatments[0].Setting, p.Treatments[2].Exact = content.Clinic, true
		p.Checkins[1].Pain = 9
	})
	step("the last replaced", func(p *bot.Person) {
		p.Treatments = append(p.Treatments[:2:2], bot.Treatment{At: at.AddDate(0, 0, -1), Logged: at, Setting: content.Home})
	})
	step("the first removed", func(p *bot.Person) { p.Treatments, p.Checkins = p.Treatments[1:], p.Checkins[1:] })
	step("a time never told", func(p *bot.Person) { p.Treatments[0].Logged = bot.Treatment{}.Logged })
	step("all removed", func(p *bot.Person) { p.Treatments, p.Checkins, p.Talk = nil, nil, bot.Talk{} })
}

func chatsDoNotMix(t *testing.T, s *store) {
	// Names of which one begins the other, or differs in case only, are different chats.
	chats := []bot.ChatID{"telegram:1", "telegram:11", "telegram:1 ", "Telegram:1", ""}
	for _, c := range chats {
		s.turn(c, "1", become(someone(c, "mark of <"+string(c)+">"), replies(string(c))))
	}
	s.reopen()
	for _, c := range chats {
		same(t, "the person of <"+string(c)+">", s.load(c), someone(c, "mark of <"+string(c)+">"))
		got := s.turn(c, "1", mustNotRun(t))
		same(t, "the replies of <"+string(c)+">", got, replies(string(c)))
	}
}

func bigTexts(t *testing.T, s *store) {
	big := strings.Repeat("a long text, ", 10_000)
	want := someone("c", big)
	out := replies(big)
	out[0].File.Data = []byte(strings.Repeat("\x00\x01\xfe\xff", 250_000))
	s.turn("c", big, become(want, out))
	s.reopen()
	same(t, "the person", s.load("c"), want)
	same(t, "the replies", s.turn("c", big, mustNotRun(t)), out)
}

func oddCharacters(t *testing.T, s *store) {
	for _, odd := range []string{"it's; DROP TABLE people;--", `"quoted" \ % _ ?1 :x`, "emoji 🧴 and é and \u202e", "line\nbreak\ttab", "a\x00b"} {
		c := bot.ChatID(odd)
		s.turn(c, odd, become(someone(c, odd), replies(odd)))
		same(t, "the person", s.load(c), someone(c, odd))
		same(t, "the replies", s.turn(c, odd, mustNotRun(t)), replies(odd))
	}
}

// mustNotRun answers a turn that must not be run.
func mustNotRun(t *testing.T) func(*bot.Person) []bot.Message {
	return func(*bot.Person) []bot.Message { t.Error("an update was run a second time"); return nil }
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if reflect.DeepEqual(got, want) {
		return // a megabyte is soon compared this way
	}
	if diff := cmp.Diff(want, got); diff != "" {
		if len(diff) > 4000 {
			diff = diff[:4000] + " …"
		}
		t.Errorf("%s, - wanted + got:\n%s", what, diff)
	}
}
