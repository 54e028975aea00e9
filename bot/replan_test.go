package bot_test

import (
	"context"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/store"
	"afterglow/reminders"
)

// planned is a chat on a real database whose clock stands where the test puts it.
type planned struct {
	t    *testing.T
	db   *store.DB
	core *bot.Core
	now  time.Time
}

func newPlanned(t *testing.T) *planned {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), t.TempDir()+"/afterglow.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	c := &planned{t: t, db: db, now: time.Date(2026, 3, 2, 16, 0, 0, 0, zone)}
	l, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	f, err := content.BuiltinFinder()
	if err != nil {
		t.Fatal(err)
	}
	c.core = bot.New(bot.Options{Library: l, Finder: f, People: db, Local: zone, Now: func() time.Time { return c.now }})
	return c
}

// say says lines one after the other and gives the last replies.
func (c *planned) say(texts ...string) (replies []bot.Message) {
	c.t.Helper()
	var err error
	for _, text := range texts {
		if replies, err = c.core.Handle(context.Background(), bot.Update{Chat: "test:1", Text: text}); err != nil {
			c.t.Fatalf("%q: %v", text, err)
		}
	}
	return replies
}

func (c *planned) rows() []reminders.Row {
	c.t.Helper()
	rows, err := c.db.Rows(c.t.Context(), "test:1")
	if err != nil {
		c.t.Fatal(err)
	}
	return rows
}

// due gives when the open reminders of a kind are due, on the wall of a zone.
func (c *planned) due(kind reminders.Kind, zone string) (at []string) {
	c.t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range c.rows() {
		if r.Kind == kind && r.State.Open() {
			at = append(at, r.Due.In(loc).Format("02.01. 15:04"))
		}
	}
	return at
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

func TestNothingIsPlannedWithoutConsent(t *testing.T) {
	c := newPlanned(t)
	c.say("/treated today 15:00 clinic")
	if n := len(c.rows()); n > 0 {
		t.Errorf("%d reminders for a stranger", n)
	}
	c.say("yes")
	if n := len(c.rows()); n == 0 {
		t.Error("no reminders after agreeing")
	}
	if got := first(c.due("spf", "Europe/Berlin")); got != "03.03. 08:00" {
		t.Errorf("first SPF at %q", got)
	}
}

func TestWhatIsPlannedFollowsWhatIsTold(t *testing.T) {
	c := newPlanned(t)
	c.say("/start", "yes", "/treated 2026-03-02 15:00")
	want := func(step string, kind reminders.Kind, zone, at string) {
		t.Helper()
		if got := first(c.due(kind, zone)); got != at {
			t.Errorf("%s: first %s at %q, want %q", step, kind, got, at)
		}
	}
	want("setting not known", reminders.MakeupOK, "Europe/Berlin", "04.03. 15:00")
	c.say("/setting home")
	want("at home", reminders.MakeupOK, "Europe/Berlin", "03.03. 15:00")
	c.say("/treated 2026-03-02 13:00 home")
	want("corrected", reminders.MakeupOK, "Europe/Berlin", "03.03. 13:00")
	c.say("/zone New York")
	want("in New York", "spf", "America/New_York", "03.03. 08:00")
	c.now = c.now.AddDate(0, 0, 3)
	c.say("/treated now clinic")
	want("a second treatment", reminders.MakeupOK, "America/New_York", "07.03. 10:00")

	seen := map[reminders.RowKey]bool{}
	type at struct {
		kind reminders.Kind
		due  time.Time
	}
	instants := map[at]bool{}
	for _, r := range c.rows() {
		if r.Treatment != "1" {
			t.Errorf("a reminder of the first treatment is left: %s at %s", r.Kind, r.Due)
		}
		if seen[r.Key] || instants[at{r.Kind, r.Due}] {
			t.Errorf("doubled: %s at %s", r.Kind, r.Due)
		}
		seen[r.Key], instants[at{r.Kind, r.Due}] = true, true
	}
	c.say("/forget", "yes")
	if n := len(c.rows()); n > 0 {
		t.Errorf("%d reminders of somebody who was forgotten", n)
	}
}

func TestWhatWasKeptIsNotRevived(t *testing.T) {
	c := newPlanned(t)
	c.say("/start", "yes", "/treated 2026-03-02 15:00 clinic")
	before := c.rows()
	c.now = c.now.AddDate(0, 0, 1)
	ctx := t.Context()
	claimed, err := c.db.Claim(ctx, reminders.Claim{Now: c.now, Along: c.now, Owner: "test", Lease: c.now.Add(time.Hour), Chats: 9})
	if err != nil {
		t.Fatal(err)
	}
	var steps []reminders.Step
	for _, r := range claimed {
		steps = append(steps, reminders.Step{ID: r.ID, State: reminders.Sent, At: c.now})
	}
	if err := c.db.Record(ctx, "test", steps); err != nil || len(steps) == 0 {
		t.Fatal(len(steps), err)
	}
	c.say("/setting home", "/setting clinic", "/zone London", "/zone Berlin", "/treated 2026-03-02 14:00 clinic")
	sent, all := 0, c.rows()
	for _, r := range all {
		if r.State == reminders.Sent {
			sent++
		} else if !r.Due.After(c.now) {
			t.Errorf("open and past: %s at %s", r.Kind, r.Due)
		}
	}
	if sent != len(steps) || len(all) != len(before) {
		t.Errorf("%d of %d rows are sent, want %d of %d", sent, len(all), len(steps), len(before))
	}
}
