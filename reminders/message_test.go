package reminders

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestCompose(t *testing.T) {
	l := library(t)
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	row := func(id int64, kind Kind, topic string, due, expires time.Duration) Row {
		r := Row{ID: id, Key: RowKey("key" + string(kind)), Chat: "c", Kind: kind, Topic: topic, Text: "<" + string(kind) + ">", Due: now.Add(due), Zone: "Europe/Berlin"}
		if expires != 0 {
			r.Expires = now.Add(expires)
		}
		return r
	}
	spf, checkin, makeup := row(3, "spf", "sunscreen", 0, time.Hour), row(2, "check-in", "normal-healing", 0, time.Hour), row(1, MakeupOK, "makeup", 0, time.Hour)
	missed := row(4, "spf", "sunscreen", -20*time.Hour, -8*time.Hour)
	missedToo := row(5, "spf", "sunscreen", -44*time.Hour, -32*time.Hour)
	missedOther := row(6, "check-in", "normal-healing", -25*time.Hour, -time.Hour)
	late := row(7, "check-in", "normal-healing", -2*time.Hour, time.Hour)
	barely := row(8, "no-makeup", "makeup", -5*time.Minute, 0)
	barely.Expires = now
	for _, c := range []struct {
		name string
		rows []Row
		want string
	}{
		{"one", []Row{spf}, "<spf>"},
		{"the weightiest first", []Row{spf, makeup, checkin}, "<check-in>\n\n<makeup-ok>\n\n<spf>"},
		{"late", []Row{late}, "This comes late, and I am sorry: it was meant for Wed 4 Mar 11:00.\n\n<check-in>"},
		{"missed", []Row{missed, missedToo, missedOther}, "I could not reach you since Mon 2 Mar 17:00, and I am sorry. This has passed in the meantime: check-in, Sunscreen (SPF) (2). You need not catch up."},
		{"some missed", []Row{missed, checkin}, "I could not reach you since Tue 3 Mar 17:00, and I am sorry. This has passed: Sunscreen (SPF). This still holds:\n\n<check-in>"},
		{"missed by a minute", []Row{barely}, "I could not reach you since Wed 4 Mar 12:55, and I am sorry. This has passed in the meantime: Makeup. You need not catch up."},
	} {
		m := Compose(l, c.rows, now)
		if want := strings.ReplaceAll(strings.ReplaceAll(c.want, "Sunscreen (SPF)", l.Topic("sunscreen").Title), "Makeup", l.Topic("makeup").Title); m.Text != want {
			t.Errorf("%s:\n%q, want\n%q", c.name, m.Text, want)
		}
		if len(m.Rows)+len(m.Missed) != len(c.rows) || m.Chat != "c" {
			t.Errorf("%s: %d rows and %d missed of %d", c.name, len(m.Rows), len(m.Missed), len(c.rows))
		}
	}
	if m := Compose(l, []Row{spf, makeup, checkin}, now); m.Key != makeup.deliveryKey() {
		t.Errorf("the message is called %s", m.Key)
	}

	long := spf
	long.Text = strings.Repeat("ü", 1000)
	m := Compose(l, []Row{long, long, checkin, long}, now)
	if n := utf8.RuneCountInString(m.Text); n > 2000 || !strings.HasPrefix(m.Text, "<check-in>") || !strings.Contains(m.Text, "There is more, so ask me about: "+l.Topic("sunscreen").Title+" (2).") {
		t.Errorf("%d characters: %s", n, m.Text)
	}
}
