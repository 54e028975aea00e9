package store

import (
	"fmt"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/reminders"
)

const (
	manyPeople = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
INSERT INTO people (chat, consent_at, setting, zone, clinic, talk) SELECT 'a:' || i, 0, '', '', '', '{}' FROM n`
	manyChats = `INSERT INTO reminder_chats (chat, zone, quiet_from, quiet_to, parked_reason) SELECT chat, '', 0, 0, '' FROM people`
	manyRows  = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
INSERT INTO reminders (chat, key, treatment, kind, topic, text, due_at, next_at, state, attempt, delivery, round, doubt, snoozed, dropped, reason)
SELECT 'a:' || (i / 20), 'key ' || (i % 20), '0', 'spf', 'sunscreen', 'Sunscreen today, SPF 30 or more: new skin burns fast. (BHSkin)', ?2 + i * 60, ?2 + i * 60,
	'pending', 0, '', 0, 0, 0, 0, '' FROM n`
)

// fillQueue makes so many pending rows, twenty a person, due one after the other from an instant on.
func fillQueue(tb testing.TB, d *DB, rows int, from time.Time) {
	tb.Helper()
	for _, s := range []struct {
		statement string
		args      []any
	}{
		{"PRAGMA synchronous = OFF", nil}, {manyPeople, []any{(rows + 19) / 20}}, {manyChats, nil},
		{manyRows, []any{rows, from.UnixMilli()}}, {"PRAGMA synchronous = FULL", nil}, {"PRAGMA wal_checkpoint(TRUNCATE)", nil},
	} {
		if _, err := d.sql.Exec(s.statement, s.args...); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkTick measures what a look costs, with this many rows pending: one that finds nothing due
// ("idle"), and one that claims, begins and records a row ("one-due").
func BenchmarkTick(b *testing.B) {
	for _, pending := range []int{10, 10_000, 1_000_000} {
		if pending > 10_000 && testing.Short() {
			continue
		}
		d := openScratch(b)
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		fillQueue(b, d, pending, now.Add(time.Hour))
		b.Run(fmt.Sprintf("idle/%d", pending), func(b *testing.B) {
			for b.Loop() {
				if at, ok, err := d.NextDue(b.Context()); err != nil || !ok || !at.After(now) {
					b.Fatal(at, ok, err)
				}
			}
		})
		b.Run(fmt.Sprintf("one-due/%d", pending), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				if _, err := d.sql.Exec(`UPDATE reminders SET next_at = ?, due_at = ?, state = 'pending', delivery = '' WHERE id = 5`, now.UnixMilli(), now.UnixMilli()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if n := claimAndRecord(b, d, now, 1); n != 1 {
					b.Fatal(n, "rows were due")
				}
			}
		})
	}
}

// BenchmarkOutcomes measures how many rows go from due to delivered in a second, on a file with full
// durability, claimed as a dispatcher does under load; one row is one message.
func BenchmarkOutcomes(b *testing.B) {
	for _, chats := range []int{1, 96} {
		b.Run(fmt.Sprintf("at-once-%d", chats), func(b *testing.B) {
			d := openScratch(b)
			now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
			done := 0
			for b.Loop() {
				if done%9600 == 0 {
					b.StopTimer()
					if _, err := d.sql.Exec(`DELETE FROM people`); err != nil {
						b.Fatal(err)
					}
					fillQueue(b, d, 9600*20, now)
					// One of each person is due.
					if _, err := d.sql.Exec(`UPDATE reminders SET next_at = next_at + 1000000000 WHERE key <> 'key 0'`); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
				done += claimAndRecord(b, d, now.Add(time.Hour*24), chats)
			}
			b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// claimAndRecord takes due rows through their life and tells how many they were.
func claimAndRecord(b *testing.B, d *DB, now time.Time, chats int) int {
	rows, err := d.Claim(b.Context(), reminders.Claim{Now: now, Along: now, Owner: "me", Lease: now.Add(time.Minute), Chats: chats})
	if err != nil {
		b.Fatal(err)
	}
	var attempts []reminders.Attempt
	var steps []reminders.Step
	for _, r := range rows {
		attempts = append(attempts, reminders.Attempt{Delivery: reminders.DeliveryKey(r.Key), Rows: []int64{r.ID}})
		steps = append(steps, reminders.Decide(r, reminders.Outcome{Kind: reminders.Delivered}, now, 0))
	}
	if left, err := d.Begin(b.Context(), "me", attempts); err != nil || len(left) != len(rows) {
		b.Fatal(len(left), err)
	}
	if err := d.Record(b.Context(), "me", steps); err != nil {
		b.Fatal(err)
	}
	return len(rows)
}

// BenchmarkPlan measures a turn that hands over a plan of fifty rows, new and unchanged.
func BenchmarkPlan(b *testing.B) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	plan := reminders.Schedule{Made: now, Zone: "Europe/Berlin", Quiet: reminders.DefaultQuiet}
	for n := range 50 {
		plan.Rows = append(plan.Rows, reminders.Row{Key: reminders.RowKey(fmt.Sprint("key ", n)), Kind: "spf", Text: "Sunscreen today.", Due: now.Add(time.Duration(n+1) * time.Hour)})
	}
	for _, kind := range []string{"new", "unchanged"} {
		b.Run(kind, func(b *testing.B) {
			d := openScratch(b)
			n := 0
			for b.Loop() {
				if kind == "new" {
					n++
				}
				_, err := d.Turn(b.Context(), chatOf(n), "", func(p *bot.Person) ([]bot.Message, error) {
					p.Consent, p.Orders.Plan = now, &plan
					return nil, nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
