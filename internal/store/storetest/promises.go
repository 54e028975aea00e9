package storetest

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"afterglow/bot"
	"afterglow/reminders"
)

// promisesAreKept plays random lives of a chat's reminders, with failures, crashes and changes of
// mind in any order, against an oracle that knows only what a person could know: what was promised,
// what was taken back, and what arrived.
func promisesAreKept(t *testing.T, q *queue) {
	life, now := 0, noon
	rapid.Check(t, func(t *rapid.T) {
		life++
		o := &oracle{t: t, q: q, now: now, chat: reminders.Chat(fmt.Sprint("life ", life)), owner: fmt.Sprint("owner ", life), made: map[string]*promise{}}
		t.Repeat(map[string]func(*rapid.T){
			"plan": o.plan,
			"pass": func(t *rapid.T) {
				o.now = o.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "minutes")) * time.Minute)
			},
			"attempt": o.attempt,
			"tap":     o.tap,
			"write":   func(*rapid.T) { o.turn(reminders.Orders{}) },
			"":        o.agree,
		})
		o.settle()
		now = o.now
	})
}

// oracle is a person with a good memory.
type oracle struct {
	t     *rapid.T
	q     *queue
	now   time.Time
	chat  reminders.Chat
	owner string
	lives int
	sent  int // names messages
	made  map[string]*promise
}

// promise is what the person knows of one.
type promise struct {
	kind     reminders.Kind
	due      time.Time
	wanted   bool
	kept     bool // the bot knows that it arrived, refused to double it, or was told that it is done
	unsure   bool // the bot does not know whether it arrived
	snoozed  bool // the person chose due themselves, which no plan changes
	arrived  int
	delivery reminders.DeliveryKey
	told     reminders.DeliveryKey // the message that last arrived for sure: its buttons still work
}

func (o *oracle) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *oracle) turn(orders reminders.Orders) {
	o.t.Helper()
	_, err := o.q.Turn(o.q.ctx(), bot.ChatID(o.chat), "", func(p *bot.Person) ([]bot.Message, error) {
		p.Consent, p.Orders = noon, orders
		return nil, nil
	})
	o.must(err)
}

// plan drops, keeps, moves or adds each of a few promises.
func (o *oracle) plan(t *rapid.T) {
	s := &reminders.Schedule{Made: o.now}
	for n := range 5 {
		key := fmt.Sprint("k", n)
		p := o.made[key]
		what := rapid.SampledFrom([]string{"drop", "keep", "move"}).Draw(t, key)
		if what == "drop" || what == "keep" && (p == nil || !p.wanted) {
			if p != nil && p.wanted {
				p.wanted = false
				if !p.kept {
					delete(o.made, key) // forgotten, with whatever was in doubt
				}
			}
			continue
		}
		if p == nil {
			p = &promise{kind: []reminders.Kind{"hydration", "check-in", reminders.MakeupOK}[n%3]}
			o.made[key] = p
		}
		if what == "move" {
			if due := o.now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "due")) * time.Minute); !due.Equal(p.due) && !p.kept && !p.snoozed {
				p.due, p.delivery = due, ""
			}
		}
		p.wanted = true
		s.Rows = append(s.Rows, reminders.Row{Key: reminders.RowKey(key), Kind: p.kind, Text: key, Due: p.due})
	}
	o.turn(reminders.Orders{Plan: s})
}

// tap presses a button of a message.
func (o *oracle) tap(t *rapid.T) {
	if o.sent == 0 {
		return
	}
	d := o.name(rapid.IntRange(1, o.sent).Draw(t, "message"))
	done := rapid.Bool().Draw(t, "done")
	until := o.now.Add(time.Duration(rapid.IntRange(1, 180).Draw(t, "snooze")) * time.Minute)
	for _, p := range o.made {
		switch {
		case p.delivery != d && p.told != d:
		case done:
			p.kept = true
		default:
			*p = promise{kind: p.kind, due: until, wanted: true, snoozed: true, told: p.told}
		}
	}
	if done {
		o.turn(reminders.Orders{At: o.now, Done: []reminders.DeliveryKey{d}})
	} else {
		o.turn(reminders.Orders{Snooze: []reminders.Snooze{{Delivery: d, Until: until}}})
	}
}

func (o *oracle) name(n int) reminders.DeliveryKey {
	return reminders.DeliveryKey(fmt.Sprint(o.chat, " message ", n))
}

// attempt claims what is due and lets it end in any way, a crash at any point among them.
func (o *oracle) attempt(t *rapid.T) {
	kind := rapid.SampledFrom([]string{"delivered", "retry", "wait", "unreachable", "uncertain", "crash before", "crash after"}).Draw(t, "outcome")
	o.try(t, kind, rapid.Bool().Draw(t, "arrives"))
}

func (o *oracle) try(t *rapid.T, kind string, arrives bool) {
	rows, err := o.q.Claim(o.q.ctx(), reminders.Claim{Now: o.now, Along: o.now.Add(30 * time.Minute), Owner: o.owner, Lease: o.now, Chats: 5})
	o.must(err)
	if len(rows) == 0 {
		return
	}
	if kind == "crash before" {
		o.crash(t)
		return
	}
	o.sent++
	a := reminders.Attempt{Delivery: o.name(o.sent)}
	for _, r := range rows {
		a.Rows = append(a.Rows, r.ID)
		p := o.made[string(r.Key)]
		switch {
		case p == nil || !p.wanted:
			t.Fatalf("%s was taken back", r.Key)
		case p.kept:
			t.Fatalf("%s is sent again", r.Key)
		case p.unsure && !reminders.MayRepeat(r.Kind):
			t.Fatalf("%s, a %s, may be doubled", r.Key, r.Kind)
		case r.Kind == reminders.MakeupOK && o.now.Before(p.due), o.now.Add(30 * time.Minute).Before(p.due):
			t.Fatalf("%s comes early", r.Key)
		}
		p.delivery = a.Delivery
	}
	left, err := o.q.Begin(o.q.ctx(), o.owner, []reminders.Attempt{a})
	o.must(err)
	if len(left) != len(rows) {
		t.Fatalf("%d of %d attempts began", len(left), len(rows))
	}
	outcome := reminders.Outcome{Kind: reminders.OutcomeKind(kind), After: 5 * time.Minute}
	arrives = kind == "delivered" || arrives && (kind == "uncertain" || kind == "crash after")
	for _, r := range rows {
		p := o.made[string(r.Key)]
		if arrives {
			p.arrived++
		}
		switch kind {
		case "delivered":
			p.kept, p.told = true, a.Delivery
		case "uncertain", "crash after":
			p.unsure = true
			p.kept = !reminders.MayRepeat(r.Kind)
		}
	}
	if kind == "crash after" {
		o.crash(t)
		return
	}
	if kind == "unreachable" {
		o.must(o.q.Park(o.q.ctx(), o.chat, "blocked", o.now))
	}
	o.decide(rows, outcome)
}

func (o *oracle) decide(rows []reminders.Row, outcome reminders.Outcome) {
	o.t.Helper()
	var steps []reminders.Step
	for _, r := range rows {
		steps = append(steps, reminders.Decide(r, outcome, o.now, 0))
	}
	o.must(o.q.Record(o.q.ctx(), o.owner, steps))
}

// crash lets somebody else find what was in hand.
func (o *oracle) crash(*rapid.T) {
	o.lives++
	o.owner = fmt.Sprint(o.chat, " owner ", o.lives)
	rows, err := o.q.Recover(o.q.ctx(), o.owner, o.now.Add(time.Minute), o.now.Add(time.Hour))
	o.must(err)
	o.decide(rows, reminders.Outcome{Kind: reminders.Uncertain, Reason: "crashed"})
}

// agree compares what the store says with what the person knows.
func (o *oracle) agree(t *rapid.T) {
	rows, err := o.q.Rows(o.q.ctx(), o.chat)
	o.must(err)
	seen := map[string]bool{}
	for _, r := range rows {
		seen[string(r.Key)] = true
		p := o.made[string(r.Key)]
		switch {
		case p == nil:
			t.Fatalf("%s is still there: %s", r.Key, r.State)
		case r.State.Open() == p.kept:
			t.Fatalf("%s is %s, kept: %t", r.Key, r.State, p.kept)
		case r.State.Open() && !p.wanted:
			t.Fatalf("%s was taken back and is %s", r.Key, r.State)
		case r.State == reminders.Claimed || r.State == reminders.Sending:
			t.Fatalf("%s is in nobody's hand and %s", r.Key, r.State)
		}
	}
	for key := range o.made {
		if !seen[key] {
			t.Fatalf("%s is gone", key)
		}
	}
}

// settle lets everything work from here on, and then every promise has to have been kept.
func (o *oracle) settle() {
	o.turn(reminders.Orders{})
	for range 20 {
		o.now = o.now.Add(31 * time.Minute)
		o.try(o.t, "delivered", true)
	}
	for key, p := range o.made {
		switch {
		case p.wanted && !p.kept:
			o.t.Fatalf("%s was never sent", key)
		case p.arrived > 1 && !(p.unsure && reminders.MayRepeat(p.kind)):
			o.t.Fatalf("%s arrived %d times", key, p.arrived)
		}
	}
	o.turn(reminders.Orders{Plan: &reminders.Schedule{Made: o.now}})
}
