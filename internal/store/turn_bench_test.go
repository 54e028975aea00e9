package store

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/content"
)

// BenchmarkTurn measures a turn of somebody who has consented, with the write to the disk that it
// waits for ("durable") and without ("cached").
func BenchmarkTurn(b *testing.B) {
	for name, synchronous := range map[string]string{"durable": "FULL", "cached": "OFF"} {
		b.Run(name, func(b *testing.B) {
			d := openScratch(b)
			if _, err := d.sql.Exec("PRAGMA synchronous = " + synchronous); err != nil {
				b.Fatal(err)
			}
			benchmarkTurns(b, d, time.Now())
		})
	}
	b.Run("stranger", func(b *testing.B) { benchmarkTurns(b, openScratch(b), time.Time{}) })
}

func benchmarkTurns(b *testing.B, d *DB, consent time.Time) {
	day := 2
	out := []bot.Message{{
		Text: strings.Repeat("Redness after a clinic treatment usually fades within 2–3 days. ", 6), More: strings.Repeat("more words ", 40),
		Buttons: []bot.Button{{Label: "Why?", Data: "why?"}, {Label: "Check in", Data: "/checkin"}},
		Answer:  &bot.Answer{Topic: "redness", Topics: []string{"redness"}, Level: content.SelfCare, Day: &day, Sources: []string{"bhskin", "medspa", "pmu"}},
	}}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		_, err := d.Turn(b.Context(), chatOf(n%100), strconv.Itoa(n), func(p *bot.Person) ([]bot.Message, error) {
			p.Consent = consent
			if p.Treatments == nil {
				p.Treatments = []bot.Treatment{{At: consent, Setting: content.Clinic}}
			}
			p.Talk.Topic, p.Talk.Topics, p.Talk.More, p.Talk.At = "redness", []string{"redness"}, out[0].More, time.Now()
			return out, nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
