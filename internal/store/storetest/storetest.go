package storetest

import (
	"context"
	"io"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/language"
	"afterglow/reminders"
)

// Place is where one store keeps its people. It begins empty.
type Place struct {
	// Open opens the store. The suite closes what it gave before, if that is an io.Closer, and then
	// finds in the next one what the one before was told to keep.
	Open func(t *testing.T) bot.People
	// Raw gives every byte that is kept outside the process, while the store is open too. It is nil
	// for a store that keeps nothing there.
	Raw func(t *testing.T) []byte
}

// Run runs the suite. Each test gets a place of its own.
func Run(t *testing.T, place func(t *testing.T) Place) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s *store)
	}{
		{"a stranger is not stored", strangerIsNotStored},
		{"consent stores", consentStores},
		{"every field comes back", everyFieldComesBack},
		{"lists grow, shrink and change", listsChange},
		{"a repeated update runs once", repeatedUpdateRunsOnce},
		{"a stranger's repeated update runs once", strangersUpdateRunsOnce},
		{"an update without an id always runs", noIDAlwaysRuns},
		{"one id in two chats is two updates", oneIDTwoChats},
		{"an error changes nothing", errorChangesNothing},
		{"a panic changes nothing", panicChangesNothing},
		{"a cancelled turn changes nothing", cancelledTurnChangesNothing},
		{"erase removes every trace", eraseRemovesEveryTrace},
		{"erase leaves the others", eraseLeavesOthers},
		{"who was erased may begin again", erasedMayBeginAgain},
		{"withdrawn consent removes every trace", withdrawnConsent},
		{"a stranger may erase", strangerErases},
		{"two chats do not mix", chatsDoNotMix},
		{"chats in parallel", chatsInParallel},
		{"big texts", bigTexts},
		{"odd characters", oddCharacters},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &store{t: t, place: place(t)}
			s.people = s.place.Open(t)
			t.Cleanup(func() { s.close() })
			c.test(t, s)
		})
	}
}

// store is one opened store and how a test speaks to it.
type store struct {
	t      *testing.T
	place  Place
	people bot.People
}

func (s *store) close() {
	if c, ok := s.people.(io.Closer); ok {
		if err := c.Close(); err != nil {
			s.t.Errorf("close: %v", err)
		}
	}
}

func (s *store) reopen() {
	s.t.Helper()
	s.close()
	s.people = s.place.Open(s.t)
}

// turn runs a turn that has to succeed.
func (s *store) turn(chat bot.ChatID, update string, f func(*bot.Person) []bot.Message) []bot.Message {
	s.t.Helper()
	replies, err := s.people.Turn(s.t.Context(), chat, update, func(p *bot.Person) ([]bot.Message, error) { return f(p), nil })
	if err != nil {
		s.t.Fatalf("turn %q of %q: %v", update, chat, err)
	}
	return replies
}

// fails runs a turn and gives the error that it has to end with.
func (s *store) fails(ctx context.Context, chat bot.ChatID, update string, f func(*bot.Person) ([]bot.Message, error)) error {
	s.t.Helper()
	replies, err := s.people.Turn(ctx, chat, update, f)
	if err == nil {
		s.t.Fatalf("turn %q of %q: no error", update, chat)
	}
	if replies != nil {
		s.t.Errorf("turn %q of %q: replies beside an error: %v", update, chat, replies)
	}
	return err
}

// load gives the person of a chat as a turn finds them. The turn itself fails, so that it leaves
// nothing.
func (s *store) load(chat bot.ChatID) (found bot.Person) {
	s.t.Helper()
	ran := false
	_ = s.fails(s.t.Context(), chat, "", func(p *bot.Person) ([]bot.Message, error) {
		ran, found = true, *p
		return nil, errOnlyLooking
	})
	if !ran {
		s.t.Fatalf("the turn of %q did not run", chat)
	}
	return found
}

// someone is a person with a value in every field. The mark stands in each of their texts.
func someone(chat bot.ChatID, mark string) bot.Person {
	// Whole milliseconds: a store may drop what is finer.
	at := time.Date(2026, 3, 1, 15, 4, 5, 678e6, time.UTC)
	return bot.Person{
		Chat:    chat,
		Consent: at,
		Treatments: []bot.Treatment{
			{At: at.AddDate(0, -2, 0), Setting: content.Home, Logged: at.AddDate(0, -2, 1)},
			{At: at.Add(-3 * time.Hour), Exact: true, Setting: content.Clinic, Logged: at},
		},
		Setting: content.Clinic,
		Zone:    "Zone/" + mark,
		Clinic:  "clinic " + mark,
		Checkins: []bot.Checkin{
			{At: at.Add(time.Hour), Redness: 6, Swelling: 3, Pain: 1, Level: content.SelfCare},
			{At: at.Add(25 * time.Hour), Redness: 10, Swelling: 0, Pain: 2, Level: content.Contact},
		},
		Talk: bot.Talk{
			Topic: "redness", Topics: []string{"redness", mark}, Level: content.SelfCare, Asked: "strength",
			Signs: []bot.RememberedSign{{Sign: language.Redness, Strength: language.Severe, Trend: language.Worse, Status: language.Negated}},
			More:  "more " + mark, Guesses: []string{"makeup"}, Misses: 2, At: at, Draft: []int{4, 0}, Pending: "treated",
		},
		Wishes: bot.Wishes{
			Quiet: &reminders.Quiet{From: 60, To: 0}, Level: reminders.Light, Off: []reminders.Kind{"spf", reminders.Kind(mark)},
			Times: map[reminders.Kind]int{"spf": 540}, HoursOf: "Asia/Tokyo",
			Pause:     reminders.Pause{From: at, Until: at.Add(time.Hour)},
			Sensitive: []time.Time{at}, Held: at, Heard: at.Add(time.Minute),
		},
	}
}

// replies are messages with a value in every field.
func replies(mark string) []bot.Message {
	day := 2
	return []bot.Message{
		{
			Text: "**Expected** <&> é 🙂 " + mark, More: "more " + mark,
			Buttons: []bot.Button{{Label: "Why?", Data: "why?"}},
			File:    &bot.File{Name: mark + ".json", MIME: "application/json", Data: []byte(mark + "\x00\xff")},
			Answer: &bot.Answer{Topic: "redness", Topics: []string{"redness"}, Level: content.SelfCare, Day: &day,
				Sources: []string{"bhskin"}, Asks: "strength", Rules: []string{"rule " + mark}},
		},
		{Text: "And the second one.", WantsNumber: true},
	}
}

// become makes the person of a turn somebody else.
func become(somebody bot.Person, out []bot.Message) func(*bot.Person) []bot.Message {
	return func(p *bot.Person) []bot.Message { *p = somebody; return out }
}
