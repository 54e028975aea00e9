package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"afterglow/bot"
	"afterglow/reminders"
)

func emptyQueue(t *testing.T, q *queue) {
	q.wantNext(-1)
	q.wantRows("nobody", "")
	if rows := q.claim(0); len(rows) > 0 {
		t.Errorf("claimed %s", describe(rows))
	}
	if left, err := q.Recover(q.ctx(), "me", noon, noon); err != nil || len(left) > 0 {
		t.Errorf("recovered %v, %v", left, err)
	}
	if n, err := q.Prune(q.ctx(), noon, 10); n != 0 || err != nil {
		t.Errorf("pruned %d, %v", n, err)
	}
	if counts, err := q.Counts(q.ctx()); len(counts) > 0 || err != nil {
		t.Errorf("counts %v, %v", counts, err)
	}
	q.must(q.Park(q.ctx(), "nobody", "blocked", noon))
	q.must(q.Unpark(q.ctx(), "nobody"))
	q.must(q.Record(q.ctx(), "me", nil))
	q.must(q.Rewind(q.ctx(), noon))
}

func strangerHasNoReminders(t *testing.T, q *queue) {
	s := &reminders.Schedule{Made: noon, Rows: []reminders.Row{due("a", 1)}}
	if err := q.Order(q.ctx(), "stranger", reminders.Orders{Plan: s}); err == nil {
		t.Error("a plan of a stranger was taken")
	}
	_, err := q.Turn(q.ctx(), "stranger", "", func(p *bot.Person) ([]bot.Message, error) {
		p.Orders.Plan = s // without consent
		return nil, nil
	})
	q.must(err)
	q.wantRows("stranger", "")
	q.wantNext(-1)
}

func everyRowFieldComesBack(t *testing.T, q *queue) {
	want := reminders.Row{Chat: "c", Key: "key", Treatment: "3", Kind: "spf", Topic: "sunscreen", Text: "é 🙂 'text'", Due: minute(1), Expires: minute(500),
		Next: minute(1), State: reminders.Pending, Zone: "Europe/Berlin", Quiet: reminders.DefaultQuiet}
	given := want
	given.Chat, given.Zone, given.Quiet = "", "", reminders.Quiet{}
	given.Due = given.Due.Add(999 * time.Microsecond) // finer than a millisecond
	q.orders("c", reminders.Orders{Plan: &reminders.Schedule{Made: noon, Zone: want.Zone, Quiet: want.Quiet, Rows: []reminders.Row{given}}})
	q.reopen()
	check := func(want reminders.Row) {
		t.Helper()
		rows, err := q.Rows(q.ctx(), "c")
		q.must(err)
		if len(rows) != 1 || rows[0].ID == 0 {
			t.Fatalf("%+v", rows)
		}
		rows[0].ID = 0
		if diff := cmp.Diff(want, rows[0]); diff != "" {
			t.Error(diff)
		}
	}
	check(want)
	row := q.claim(2)[0]
	q.begin("me", "delivery", row)
	q.record("me", reminders.Outcome{Kind: reminders.Uncertain, Deduplicates: time.Hour, Reason: "timeout"}, 2, row)
	q.reopen()
	want.Delivery, want.Attempt, want.Doubt, want.Reason = "delivery", 1, true, "timeout"
	want.Next = reminders.Decide(row, reminders.Outcome{Kind: reminders.Uncertain, Deduplicates: time.Hour}, minute(2), 0).Next.UTC()
	check(want)
	q.orders("c", reminders.Orders{Snooze: []reminders.Snooze{{Delivery: "delivery", Until: minute(900)}}})
	want = want.Again(minute(900))
	check(want)
	row = q.claim(900)[0]
	q.begin("me", "again", row)
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 901, row)
	q.reopen()
	want.State, want.Delivery, want.Closed = reminders.Sent, "again", minute(901)
	check(want)
}

func turnKeepsBothOrNeither(t *testing.T, q *queue) {
	oops := errors.New("oops")
	turn := func(result error) {
		t.Helper()
		_, err := q.Turn(q.ctx(), "c", "", func(p *bot.Person) ([]bot.Message, error) {
			p.Consent, p.Zone = noon, "Europe/Berlin"
			p.Orders.Plan = &reminders.Schedule{Made: noon, Rows: []reminders.Row{due("a", 1)}}
			return nil, result
		})
		if !errors.Is(err, result) {
			t.Fatal(err)
		}
	}
	turn(oops)
	q.wantRows("c", "")
	turn(nil)
	q.wantRows("c", "a pending 1")
	_, err := q.Turn(q.ctx(), "c", "", func(p *bot.Person) ([]bot.Message, error) {
		if p.Orders.Plan != nil {
			t.Error("the orders of the turn before are still there")
		}
		return nil, nil
	})
	q.must(err)
}

func erasingTakesReminders(t *testing.T, q *queue) {
	const mark = "mark-of-the-erased"
	for _, chat := range []reminders.Chat{"chat " + mark, "another"} {
		r := due("a", 1)
		if chat != "another" {
			r.Text, r.Key, r.Topic = mark, mark, mark
		}
		q.plan(chat, noon, r, due("b", 2), due("c", 90))
	}
	raw := &store{t: t, place: Place{Raw: q.place.Raw}}
	raw.present(mark)
	q.deliver(10) // a and b
	rows := q.claim(90)
	_, err := q.Turn(q.ctx(), "chat "+mark, "", func(p *bot.Person) ([]bot.Message, error) {
		p.Erase = true
		p.Orders.Plan = &reminders.Schedule{Made: noon, Rows: []reminders.Row{due("d", 1)}}
		return nil, nil
	})
	q.must(err)
	q.wantRows("chat "+mark, "")
	q.wantRows("another", "a sent, b sent, c claimed 90")
	// What was in hand is not theirs any more, and its outcome meets nobody.
	if n := q.begin("me", "x", rows...); n != 1 {
		t.Errorf("%d of 2 attempts began", n)
	}
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 90, rows...)
	q.wantRows("chat "+mark, "")
	raw.absent(mark)
	q.reopen()
	raw.absent(mark)
}

func planAgainChangesNothing(t *testing.T, q *queue) {
	plan := []reminders.Row{due("a", 1), milestone("b", 40), due("c", 90)}
	q.plan("c", noon, plan...)
	q.deliver(10)
	before, err := q.Rows(q.ctx(), "c")
	q.must(err)
	for range 3 {
		q.plan("c", minute(10), append(plan, plan...)...)
		after, err := q.Rows(q.ctx(), "c")
		q.must(err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
	}
}

func planReplacesOpen(_ *testing.T, q *queue) {
	q.plan("c", noon, due("a", 10), due("b", 20), due("c", 30))
	q.plan("other", noon, due("a", 10))
	q.plan("c", noon, due("d", 5), due("c", 31), due("a", 9))
	q.wantRows("c", "d pending 5, a pending 9, c pending 31")
	q.wantRows("other", "a pending 10")
	q.wantNext(5)
	q.plan("c", noon)
	q.wantRows("c", "")
	q.wantNext(10)
}

func planRevivesNothing(_ *testing.T, q *queue) {
	plan := []reminders.Row{due("sent", 1), due("late", 2), due("refused", 3), due("doubted", 4), due("open", 5)}
	q.plan("c", noon, plan...)
	rows := q.claim(4)
	q.begin("me", "d", rows...)
	for i, kind := range []reminders.OutcomeKind{reminders.Delivered, reminders.Expired, reminders.Refused} {
		q.record("me", reminders.Outcome{Kind: kind}, 4, rows[i])
	}
	q.must(q.Record(q.ctx(), "me", []reminders.Step{{ID: rows[3].ID, State: reminders.Doubted, At: minute(4)}}))
	q.record("me", reminders.Outcome{Kind: reminders.Wait, After: time.Minute}, 4, rows[4])
	const want = "sent sent, late late, refused given-up, doubted doubted, open pending 5"
	q.wantRows("c", want)
	for i := range plan {
		plan[i].Due = plan[i].Due.Add(time.Hour)
	}
	q.plan("c", minute(4), plan...)
	q.wantRows("c", "sent sent, late late, refused given-up, doubted doubted, open pending 65")
	q.wantNext(65)
}

func planPromisesNothingPast(_ *testing.T, q *queue) {
	q.plan("c", noon, due("past", -1), due("now", 0), due("later", 10), due("moved", 20))
	q.wantRows("c", "now pending 0, later pending 10, moved pending 20")
	q.plan("c", minute(5), due("now", 0), due("later", 10), due("moved", 3))
	q.wantRows("c", "now pending 0, later pending 10")
}

func planLeavesOverdue(t *testing.T, q *queue) {
	plan := []reminders.Row{due("a", 1)}
	q.plan("c", noon, plan...)
	rows := q.claim(1)
	q.begin("me", "d", rows...)
	q.record("me", reminders.Outcome{Kind: reminders.Retry}, 10, rows...)
	before, err := q.Rows(q.ctx(), "c")
	q.must(err)
	q.plan("c", minute(20), plan...)
	after, err := q.Rows(q.ctx(), "c")
	q.must(err)
	if diff := cmp.Diff(before, after); diff != "" || len(before) != 1 {
		t.Error(before, diff)
	}
}
