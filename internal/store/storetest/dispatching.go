package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"afterglow/reminders"
)

func dueClaimedOnce(t *testing.T, q *queue) {
	q.plan("c", noon, due("b", 10), due("a", 5), milestone("later", 11))
	q.wantNext(5)
	if got := describe(q.claim(4)); got != "" {
		t.Errorf("claimed early: %s", got)
	}
	if got := describe(q.claim(10)); got != "a claimed 5, b claimed 10" {
		t.Errorf("claimed %s", got)
	}
	q.wantNext(11)
	if got := describe(q.claim(10)); got != "" {
		t.Errorf("claimed twice: %s", got)
	}
	q.wantRows("c", "a claimed 5, b claimed 10, later pending 11")
}

func claimsUpToLimit(t *testing.T, q *queue) {
	for n := range 9 {
		q.plan(reminders.Chat(fmt.Sprint("c", n)), noon, due("a", n), due("b", n))
	}
	seen := map[reminders.Chat]int{}
	for rounds := 0; ; rounds++ {
		rows, err := q.Claim(q.ctx(), reminders.Claim{Now: minute(60), Along: minute(60), Owner: "me", Lease: minute(70), Chats: 4})
		q.must(err)
		if len(rows) == 0 {
			break
		}
		chats := map[reminders.Chat]bool{}
		for _, r := range rows {
			seen[r.Chat]++
			chats[r.Chat] = true
		}
		if len(chats) > 4 || rounds > 9 {
			t.Fatalf("%d chats in round %d", len(chats), rounds)
		}
	}
	for n := range 9 {
		// A chat is never torn apart.
		if got := seen[reminders.Chat(fmt.Sprint("c", n))]; got != 2 {
			t.Errorf("c%d: %d rows", n, got)
		}
	}
}

func neighboursComeAlong(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 10), due("near", 40), due("far", 41), milestone("milestone", 20))
	q.plan("other", noon, due("b", 11))
	if got := describe(q.claim(10)); got != "a claimed 10, near claimed 40" {
		t.Errorf("claimed %s", got)
	}
}

func claimsInParallel(t *testing.T, q *queue) {
	const chats = 40
	for n := range chats {
		q.plan(reminders.Chat(fmt.Sprint("c", n)), noon, due("a", 1))
	}
	var mu sync.Mutex
	claimed := map[int64]int{}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range chats {
				rows, err := q.Claim(q.ctx(), reminders.Claim{Now: minute(1), Along: minute(1), Owner: fmt.Sprint(n), Lease: minute(2), Chats: 2})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, r := range rows {
					claimed[r.ID]++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(claimed) != chats {
		t.Errorf("%d of %d rows were claimed", len(claimed), chats)
	}
	for id, n := range claimed {
		if n != 1 {
			t.Errorf("row %d was claimed %d times", id, n)
		}
	}
}

func onlyTheOwner(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1))
	rows := q.claim(1)
	if n := q.begin("you", "d", rows...); n != 0 {
		t.Error("somebody else began")
	}
	q.record("you", reminders.Outcome{Kind: reminders.Delivered}, 1, rows...)
	q.wantRows("c", "a claimed 1")
	if n := q.begin("me", "d", rows...); n != 1 {
		t.Error("the owner could not begin")
	}
	if n := q.begin("me", "e", rows...); n != 0 {
		t.Error("begun twice")
	}
	q.record("you", reminders.Outcome{Kind: reminders.Retry}, 1, rows...)
	q.wantRows("c", "a sending 1")
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 1, rows...)
	q.record("me", reminders.Outcome{Kind: reminders.Retry}, 1, rows...) // not in hand any more
	q.wantRows("c", "a sent")
}

func retryIsDueAgain(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1))
	rows := q.claim(1)
	q.begin("me", "d", rows...)
	q.record("me", reminders.Outcome{Kind: reminders.Wait, After: 9 * time.Minute}, 1, rows...)
	q.wantNext(10)
	if got := q.claim(9); len(got) > 0 {
		t.Errorf("claimed early: %s", describe(got))
	}
	if got := q.claim(10); len(got) != 1 || got[0].Delivery != "d" {
		t.Errorf("claimed %+v", got)
	}
}

func takenBackInHand(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("b", 1))
	rows := q.claim(1)
	q.plan("c", minute(1), due("b", 1))
	if n := q.begin("me", "d", rows...); n != 1 {
		t.Errorf("%d attempts began", n)
	}
	q.wantRows("c", "b sending 1")
}

func takenBackWhileSent(_ *testing.T, q *queue) {
	for _, c := range []struct {
		kind reminders.OutcomeKind
		want string
	}{
		{reminders.Delivered, "a sent"}, {reminders.Retry, ""}, {reminders.Wait, ""}, {reminders.Unreachable, ""}, {reminders.Uncertain, ""},
	} {
		chat := reminders.Chat("chat of " + c.kind)
		q.plan(chat, noon, due("a", 1))
		rows := q.claim(1)
		q.begin("me", "d", rows...)
		q.plan(chat, minute(1))
		q.wantRows(chat, "a sending 1")
		q.record("me", reminders.Outcome{Kind: c.kind}, 1, rows...)
		q.wantRows(chat, c.want)
	}
	// Who changes their mind twice wants it.
	q.plan("c", noon, due("a", 1))
	rows := q.claim(1)
	q.begin("me", "d", rows...)
	q.plan("c", minute(1))
	q.plan("c", minute(1), due("a", 1))
	q.record("me", reminders.Outcome{Kind: reminders.Wait, After: time.Minute}, 1, rows...)
	q.wantRows("c", "a pending 2")
}

func changedInHand(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1))
	rows := q.claim(1)
	changed := due("a", 1)
	changed.Text = "other words"
	q.plan("c", minute(1), changed)
	if n := q.begin("me", "d", rows...); n != 0 {
		t.Error("the old words would be sent")
	}
	if got := q.claim(1); len(got) != 1 || got[0].Text != "other words" {
		t.Errorf("claimed %+v", got)
	}
}

func leftBehind(t *testing.T, q *queue) {
	q.plan("c", noon, due("claimed", 1), due("sending", 2), due("mine", 3), due("open", 90))
	rows := q.claim(1) // all three: they come along
	q.begin("me", "d", rows[1])
	q.reopen()
	if left, err := q.Recover(q.ctx(), "me", minute(1), minute(9)); err != nil || len(left) > 0 {
		t.Errorf("recovered from oneself: %v, %v", left, err)
	}
	left, err := q.Recover(q.ctx(), "you", minute(5), minute(9)) // the lease has run out
	q.must(err)
	if describe(left) != "sending sending 2" || left[0].Delivery != "d" {
		t.Errorf("recovered %s", describe(left))
	}
	q.wantRows("c", "claimed pending 1, sending sending 2, mine pending 3, open pending 90")
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 5, left...) // it is yours now
	q.wantRows("c", "claimed pending 1, sending sending 2, mine pending 3, open pending 90")
	q.record("you", reminders.Outcome{Kind: reminders.Delivered}, 5, left...)
	q.wantRows("c", "claimed pending 1, sending sent, mine pending 3, open pending 90")
	if left, err := q.Recover(q.ctx(), "third", minute(50), minute(60)); err != nil || len(left) > 0 {
		t.Errorf("recovered %v, %v", left, err)
	}
}

func parkedChatSleeps(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("b", 60))
	q.plan("other", noon, due("a", 70))
	q.must(q.Park(q.ctx(), "c", "blocked", noon))
	q.wantRows("c", "a parked 1, b parked 60")
	q.wantNext(70)
	q.must(q.Order(q.ctx(), "c", reminders.Orders{Plan: &reminders.Schedule{Made: noon, Rows: []reminders.Row{due("a", 2), due("d", 3)}}}))
	q.wantRows("c", "a parked 2, d parked 3")
	q.wantNext(70)
	q.must(q.Unpark(q.ctx(), "c"))
	q.wantRows("c", "a pending 2, d pending 3")
	if got := describe(q.claim(60)); got != "a claimed 2, d claimed 3, a claimed 70" && got != "a claimed 2, d claimed 3" {
		t.Errorf("claimed %s", got)
	}
}

func turnWakesParked(_ *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1))
	q.must(q.Park(q.ctx(), "c", "blocked", noon))
	q.orders("c", reminders.Orders{})
	q.wantRows("c", "a pending 1")
	q.wantNext(1)
}

func outcomeMeetsParked(_ *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("b", 1), due("later", 90))
	rows := q.claim(1)
	q.begin("me", "d", rows...)
	q.must(q.Park(q.ctx(), "c", "blocked", minute(1)))
	q.record("me", reminders.Outcome{Kind: reminders.Unreachable}, 1, rows[0])
	q.record("me", reminders.Outcome{Kind: reminders.Retry}, 1, rows[1])
	q.wantNext(-1)
	q.must(q.Unpark(q.ctx(), "c"))
	// The person wrote before the outcome was known: it must not sleep for ever.
	rows = q.claim(2)
	q.begin("me", "e", rows...)
	q.record("me", reminders.Outcome{Kind: reminders.Unreachable}, 2, rows...)
	q.wantRows("c", "a pending 2, b pending 2, later pending 90")
}

func doneAndSnoozed(_ *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("b", 1), due("later", 90))
	q.plan("other", noon, due("a", 1))
	for _, chat := range []reminders.Chat{"c", "other"} {
		rows, err := q.Claim(q.ctx(), reminders.Claim{Now: minute(1), Along: minute(1), Owner: "me", Lease: minute(3), Chats: 1})
		q.must(err)
		q.begin("me", "same name", rows...)
		q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 1, rows...)
		_ = chat
	}
	q.orders("c", reminders.Orders{Snooze: []reminders.Snooze{{Delivery: "same name", Until: minute(60)}, {Delivery: "", Until: minute(60)}, {Delivery: "nonsense", Until: minute(60)}}})
	q.wantRows("c", "a pending 60, b pending 60, later pending 90")
	q.wantRows("other", "a sent")
	rows := q.claim(60)
	q.begin("me", "second", rows...)
	q.orders("c", reminders.Orders{At: minute(61), Done: []reminders.DeliveryKey{"second"}}) // faster than the outcome
	q.record("me", reminders.Outcome{Kind: reminders.Delivered}, 61, rows...)
	q.wantRows("c", "a done, b done, later done")
}

func clockSetBack(_ *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("later", 2000), due("snoozed", 3))
	rows := q.claim(3)
	q.begin("me", "d", rows...)
	q.record("me", reminders.Outcome{Kind: reminders.Wait, After: time.Hour}, 1000, rows...)
	q.wantNext(1060)
	q.must(q.Rewind(q.ctx(), minute(35)))
	q.wantRows("c", "a pending 35, snoozed pending 35, later pending 2000")
}

func pruning(t *testing.T, q *queue) {
	q.plan("c", noon, due("a", 1), due("b", 50), due("d", 100), due("open", 200))
	q.deliver(1)
	q.deliver(50)
	q.deliver(100)
	for _, want := range []int{1, 1, 0} {
		if n, err := q.Prune(q.ctx(), minute(60), 1); n != want || err != nil {
			t.Errorf("pruned %d, %v, want %d", n, err, want)
		}
	}
	q.wantRows("c", "d sent, open pending 200")
	counts, err := q.Counts(q.ctx())
	if err != nil || len(counts) != 2 || counts[reminders.Sent] != 1 || counts[reminders.Pending] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

func changesAreTold(t *testing.T, q *queue) {
	told := func(what string, want bool, f func()) {
		t.Helper()
		c := q.Changed()
		f()
		got := false
		select {
		case <-c:
			got = true
		default:
		}
		if got != want {
			t.Errorf("%s: told %t, want %t", what, got, want)
		}
	}
	told("a turn with a plan", true, func() { q.plan("c", noon, due("a", 1)) })
	told("the same plan", false, func() { q.plan("c", noon, due("a", 1)) })
	told("a turn without", false, func() { q.orders("c", reminders.Orders{}) })
	told("an order", true, func() {
		q.must(q.Order(q.ctx(), "c", reminders.Orders{Plan: &reminders.Schedule{Made: noon, Rows: []reminders.Row{due("b", 1)}}}))
	})
	told("a delivery", false, func() { q.deliver(1) })
	told("a snooze", true, func() {
		q.orders("c", reminders.Orders{Snooze: []reminders.Snooze{{Delivery: "d-b", Until: minute(9)}}})
	})
	q.must(q.Park(q.ctx(), "c", "blocked", noon))
	told("an unparking", true, func() { q.must(q.Unpark(q.ctx(), "c")) })
}
