package bot_test

import (
	"strings"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/reminders"
)

// deliver lets time pass up to a moment and takes everything that falls due as delivered on time.
func (c *planned) deliver(until time.Time) (got []reminders.Row) {
	c.t.Helper()
	for {
		next, ok, err := c.db.NextDue(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		if !ok || next.After(until) {
			c.now = until
			return got
		}
		if next.After(c.now) {
			c.now = next
		}
		rows, err := c.db.Claim(c.t.Context(), reminders.Claim{Now: c.now, Along: c.now, Owner: "test", Lease: c.now.Add(time.Hour), Chats: 9})
		if err != nil {
			c.t.Fatal(err)
		}
		ids, steps := []int64{}, []reminders.Step{}
		for _, r := range rows {
			ids = append(ids, r.ID)
			steps = append(steps, reminders.Step{ID: r.ID, State: reminders.Sent, At: c.now})
		}
		m := reminders.Compose(c.library(), rows, c.now)
		if _, err := c.db.Begin(c.t.Context(), "test", []reminders.Attempt{{Delivery: m.Key, Rows: ids}}); err != nil {
			c.t.Fatal(err)
		}
		if err := c.db.Record(c.t.Context(), "test", steps); err != nil {
			c.t.Fatal(err)
		}
		got = append(got, rows...)
	}
}

func (c *planned) library() *content.Library {
	l, err := content.Builtin()
	if err != nil {
		c.t.Fatal(err)
	}
	return l
}

func (c *planned) wantSaid(want string, texts ...string) {
	c.t.Helper()
	var got []string
	for _, m := range c.say(texts...) {
		got = append(got, m.Text)
	}
	if all := strings.Join(got, "\n"); !strings.Contains(all, want) {
		c.t.Errorf("after %q: %q is not in:\n%s", texts, want, all)
	}
}

func begun(t *testing.T) *planned {
	c := newPlanned(t)
	c.say("/start", "yes", "/treated 2026-03-02 15:00 clinic")
	return c
}

func TestKindsAreSwitched(t *testing.T) {
	c := begun(t)
	c.wantSaid("spf off", "/reminders off spf")
	if at := c.due("spf", "UTC"); len(at) > 0 {
		t.Errorf("SPF is off and due at %v", at)
	}
	c.wantSaid("spf: off, 08:00", "/reminders")
	c.wantSaid("no-sweat off", "/reminders off gym")
	c.wantSaid("sleep-position off", "/reminders off sleep")
	c.wantSaid("do not know", "/reminders off nonsense")
	c.wantSaid("spf on", "/reminders on spf")
	if at := first(c.due("spf", "Europe/Berlin")); at != "03.03. 08:00" {
		t.Errorf("SPF is on again, first at %q", at)
	}
	c.wantSaid("only what harms", "/reminders safety")
	for _, r := range c.rows() {
		if r.Kind == "hydration" || r.Kind == reminders.MakeupOK {
			t.Errorf("%s at level safety", r.Kind)
		}
	}
	c.wantSaid("call your clinic", "/reminders off spf there is pus")
}

func TestKindsAreMoved(t *testing.T) {
	c := begun(t)
	for text, want := range map[string]string{
		"spf 9:15":                  "spf at 09:15",
		"move the check-in to 8 pm": "check-in at 20:00",
		"Water at 3.30pm":           "hydration at 15:30",
		"no-actives 23:00":          "it comes when they end",
		"makeup-ok 9":               "no hour of its own",
		"spf 25:00":                 "could not read",
		"nonsense at 9":             "no hour of its own",
		"9":                         "could not read",
		"first-night at 20:00":      "no hour of its own",
	} {
		c.wantSaid(want, "/reminders "+text)
	}
	c.wantSaid("spf: on, 09:15", "/reminders")
	for kind, want := range map[reminders.Kind]string{"spf": "03.03. 09:15", "check-in": "03.03. 20:00"} {
		if at := first(c.due(kind, "Europe/Berlin")); at != want {
			t.Errorf("%s first at %q, want %s", kind, at, want)
		}
	}
}

func TestTravellersChooseTheirClock(t *testing.T) {
	c := begun(t)
	for _, m := range c.say("/zone Berlin") { // what was guessed before was nobody's clock
		if strings.Contains(m.Text, "by the clock") {
			t.Errorf("asked: %s", m.Text)
		}
	}
	c.wantSaid("by the clock of Berlin?", "/zone New York")
	if at := first(c.due("spf", "America/New_York")); at != "03.03. 08:00" {
		t.Errorf("SPF by the clock of here at %q", at)
	}
	c.wantSaid("by the clock of Berlin.", "/zone hours Europe/Berlin")
	if at := first(c.due("check-in", "America/New_York")); at != "03.03. 12:00" {
		t.Errorf("the check-in by Berlin's clock at %q", at)
	}
	c.wantSaid("These hours go by the clock of Berlin", "/reminders")
	c.wantSaid("by the clock of here", "/zone hours here")
	if at := first(c.due("check-in", "America/New_York")); at != "03.03. 18:00" {
		t.Errorf("the check-in by the clock of here again at %q", at)
	}
	c.wantSaid("do not know that place", "/zone hours Nowhere at all")
}

// What was told already today does not come again because its hour moves.
func TestMovedIsNotToldTwice(t *testing.T) {
	c := begun(t)
	c.deliver(time.Date(2026, 3, 3, 8, 30, 0, 0, c.now.Location()))
	c.say("/reminders spf 10:00")
	for _, r := range c.deliver(time.Date(2026, 3, 3, 23, 0, 0, 0, c.now.Location())) {
		if r.Kind == "spf" {
			t.Errorf("SPF came again at %s", r.Due)
		}
	}
}

func TestActivesWaitForACalmCheckin(t *testing.T) {
	retinol := func(c *planned) (text string) {
		for _, r := range c.rows() {
			if r.Kind == reminders.RetinolOK {
				text = r.Text
			}
		}
		return text
	}
	const asks = "only on calm skin"
	c := begun(t)
	if text := retinol(c); !strings.Contains(text, asks) {
		t.Errorf("without a check-in: %q", text)
	}
	c.deliver(time.Date(2026, 3, 4, 20, 0, 0, 0, c.now.Location()))
	c.say("/checkin", "5", "1", "1")
	if text := retinol(c); !strings.Contains(text, asks) {
		t.Errorf("after an uneasy check-in: %q", text)
	}
	c.deliver(time.Date(2026, 3, 30, 20, 0, 0, 0, c.now.Location()))
	c.wantSaid("Retinol may come back", "/checkin", "0", "0", "0")
	for _, m := range c.say("/checkin", "0", "0", "0") {
		if strings.Contains(m.Text, "Retinol may come back") {
			t.Errorf("offered twice: %s", m.Text)
		}
	}
}

func TestPauseAndReturn(t *testing.T) {
	c := begun(t)
	c.wantSaid("Paused until Thu at 16:00", "/pause 3 days")
	if got := c.deliver(time.Date(2026, 3, 5, 15, 59, 0, 0, c.now.Location())); len(got) > 0 {
		t.Errorf("%d reminders in the pause, first %s", len(got), got[0].Kind)
	}
	got := c.deliver(time.Date(2026, 3, 5, 17, 0, 0, 0, c.now.Location()))
	if len(got) != 1 || got[0].Kind != reminders.MakeupOK {
		t.Errorf("at the end of the pause: %v", got)
	}

	c = begun(t)
	c.wantSaid("until you say /resume", "/pause")
	if n := len(c.deliver(c.now.AddDate(0, 0, 3))); n > 0 {
		t.Errorf("%d reminders in the pause", n)
	}
	c.wantSaid("go on", "/resume")
	if got := c.deliver(c.now.Add(time.Minute)); len(got) != 1 || got[0].Kind != reminders.MakeupOK {
		t.Errorf("after /resume: %v", got)
	}
}

func TestPauseUntil(t *testing.T) {
	c := begun(t) // Monday
	for text, want := range map[string]string{
		"until friday": "Fri at 08:00", "3d": "Thu at 16:00", "a week": "Mon 9 Mar at 16:00", "tomorrow": "tomorrow at 08:00",
		"2026-03-20": "Fri 20 Mar at 08:00", "till 5 April": "Sun 5 Apr at 08:00", "for 5 hours": "today at 21:00", "monday": "Mon 9 Mar at 08:00",
	} {
		c.wantSaid("Paused until "+want, "/pause "+text)
	}
	for _, text := range []string{"banana", "2026-03-01", "0 days", "until 2039-01-01"} {
		c.wantSaid("could not read", "/pause "+text)
	}
}

func TestDoneAndSnooze(t *testing.T) {
	c := begun(t)
	c.wantSaid("no reminder", "/done")
	c.wantSaid("no reminder", "/snooze 1h")
	c.deliver(time.Date(2026, 3, 3, 9, 0, 0, 0, c.now.Location()))
	c.wantSaid("again today at 12:00", "/snooze 3h")
	c.wantSaid("again today at 20:00", "/snooze tonight")
	c.wantSaid("For how long", "/snooze")
	again := c.due("spf", "Europe/Berlin")
	if first(again) != "03.03. 20:00" {
		t.Errorf("snoozed to %v", again)
	}
	// The plan is made again; what the person chose stays.
	c.say("/quiet 19:00-07:00")
	if got := first(c.due("spf", "Europe/Berlin")); got != "03.03. 20:00" {
		t.Errorf("after a new plan at %q", got)
	}
	c.deliver(time.Date(2026, 3, 3, 20, 30, 0, 0, c.now.Location()))
	c.wantSaid("Good, noted", "/done")
	for _, r := range c.rows() {
		if r.Kind == "spf" && r.Due.Before(c.now) && r.State != reminders.Done {
			t.Errorf("SPF is %s", r.State)
		}
	}
}

func TestButtonsOfAReminder(t *testing.T) {
	c := begun(t)
	c.deliver(time.Date(2026, 3, 3, 9, 0, 0, 0, c.now.Location()))
	buttons := bot.Reminder(reminders.Compose(c.library(), c.rows(), c.now)).Buttons
	if len(buttons) != 6 {
		t.Fatalf("%d buttons", len(buttons))
	}
	for _, b := range buttons {
		if len(b.Data) > 64 {
			t.Errorf("%s: %d bytes are too many for Telegram", b.Label, len(b.Data))
		}
		for _, m := range c.say(b.Data) {
			if m.Answer != nil && (m.Answer.Level == content.Contact || m.Answer.Level == content.Emergency) {
				t.Errorf("%q is taken for a red flag: %s", b.Data, m.Text)
			}
		}
	}
}

func TestQuietHours(t *testing.T) {
	c := begun(t)
	for text, want := range map[string]string{"22:00-07:00": "22:00-07:00", "22-7": "22:00-07:00", "10pm to 6:30 am": "22:00-06:30", "off": "none", "08:00 - 16:00": "08:00-16:00"} {
		c.wantSaid("quiet hours "+want, "/quiet "+text)
	}
	for _, text := range []string{"banana", "25:00-07:00", "7-7", "13pm-7am"} {
		c.wantSaid("could not read", "/quiet "+text)
	}
	c.say("/quiet 08:00-16:00")
	if got := first(c.due("spf", "Europe/Berlin")); got != "03.03. 16:00" {
		t.Errorf("a night worker's SPF at %q", got)
	}
}

func TestPhrasesAreEasyToRead(t *testing.T) {
	l := begun(t).library()
	for key, text := range l.Phrases {
		area, _, _ := strings.Cut(key, ".")
		switch area {
		case "reminders", "pause", "paused", "resume", "quiet", "done", "snooze", "held", "shift", "why", "checkin":
			if g := content.Grade(text); g > content.MaxGrade+0.05 {
				t.Errorf("%s: reading grade %.1f", key, g)
			}
		}
	}
}
