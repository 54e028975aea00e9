package simulate

import (
	"bytes"
	"context"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

var library = sync.OnceValue(func() *content.Library {
	l, err := content.Open("")
	if err != nil {
		panic(err)
	}
	return l
})

var telegram = reminders.Limits{Platform: reminders.Rate{PerSecond: 30, Burst: 1}, Chat: reminders.Rate{PerSecond: 1, Burst: 1}}

func crowdOf(t *testing.T, people int, seed uint64) *Crowd {
	t.Helper()
	c, err := Draw(t.Context(), Options{People: people, Days: 14, Seed: seed, Library: library()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func live(t *testing.T, c *Crowd, l reminders.Limits) *Report {
	t.Helper()
	r, err := c.Dispatch(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCrowdIsTreatedWell(t *testing.T) {
	for seed := range uint64(3) {
		c := crowdOf(t, 200, seed)
		for name, l := range map[string]reminders.Limits{"no limit": {}, "telegram": telegram} {
			r := live(t, c, l)
			if r.OverBudget != 0 || r.MaxPerDay > 3 {
				t.Errorf("%s: up to %d messages a day, %d days over the budget", name, r.MaxPerDay, r.OverBudget)
			}
			if r.Night != r.NightFirst {
				t.Errorf("%s: %d messages in the night, of which %d are of the first", name, r.Night, r.NightFirst)
			}
			said := 0
			for _, k := range r.Kinds {
				said += k.Messages
			}
			if said != r.Rows || r.Expired != 0 {
				t.Errorf("%s: %d of %d promises kept, %d too late", name, said, r.Rows, r.Expired)
			}
			byHour := 0
			for _, n := range r.Hours {
				byHour += n
			}
			if byHour != r.Messages || r.Messages == 0 || r.Replies == 0 {
				t.Errorf("%s: %d messages, %d by the hour, %d replies", name, r.Messages, byHour, r.Replies)
			}
			if slow := l.Platform.PerSecond > 0; slow != (r.Late.Max > 0) || !slow && r.ReplyLate.Max > 0 {
				t.Errorf("%s: reminders late %v, replies %v", name, r.Late, r.ReplyLate)
			}
			// 200 messages pass in 200/30 s, whatever else is due.
			if r.Late.Max > 15*time.Second {
				t.Errorf("%s: reminders late %v", name, r.Late)
			}
		}
	}
}

func TestSameSeedSameReport(t *testing.T) {
	first := live(t, crowdOf(t, 200, 7), telegram)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	c := crowdOf(t, 200, 7)
	if again := live(t, c, telegram); !reflect.DeepEqual(first, again) {
		t.Errorf("another run gives\n%+v\nand not\n%+v", again, first)
	}
	if again := live(t, c, telegram); !reflect.DeepEqual(first, again) {
		t.Error("a crowd has changed while it lived")
	}
	if other := live(t, crowdOf(t, 200, 8), telegram); reflect.DeepEqual(first, other) {
		t.Error("another seed draws the same people")
	}
}

func TestWhatGoesTogether(t *testing.T) {
	kinds := []reminders.Kind{"spf", "check-in", "makeup-ok"}
	at := func(minutes int, kind uint8) row {
		return row{due: time.Duration(600+minutes) * time.Minute, kind: kind}
	}
	for name, test := range map[string]struct {
		rows     []row
		messages int
	}{
		"within half an hour":            {[]row{at(0, 0), at(30, 1)}, 1},
		"later than that":                {[]row{at(0, 0), at(31, 1)}, 2},
		"a milestone never comes early":  {[]row{at(0, 0), at(10, 2)}, 2},
		"but takes others along":         {[]row{at(0, 2), at(10, 0)}, 1},
		"what lies behind a milestone":   {[]row{at(0, 0), at(10, 2), at(20, 1)}, 2},
		"a chain is not drawn out":       {[]row{at(0, 0), at(20, 0), at(40, 0)}, 2},
		"in quiet hours until their end": {[]row{at(-60, 0), at(-600, 1)}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := &Crowd{days: 1, kinds: kinds, rows: len(test.rows), people: []person{{zone: time.UTC, perDay: 3,
				quiet: reminders.Quiet{From: 20 * 60, To: 9*60 + 30}, rows: test.rows}}}
			r := live(t, c, reminders.Limits{})
			if r.Messages != test.messages {
				t.Errorf("%d messages, want %d", r.Messages, test.messages)
			}
		})
	}
}

func TestPeak(t *testing.T) {
	c := &Crowd{days: 1, kinds: []reminders.Kind{"spf"}}
	for range 300 {
		c.people = append(c.people, person{zone: time.UTC, perDay: 3, rows: []row{{due: 10 * time.Hour, holds: 5}}})
		c.rows++
	}
	r := live(t, c, reminders.Limits{Platform: reminders.Rate{PerSecond: 10}})
	want := 29*time.Second + 900*time.Millisecond
	if r.Peak != (Peak{firstDay.Add(10 * time.Hour), 300, want}) || r.LongestQueue != want || r.Late.Max != want {
		t.Errorf("peak %+v, queue %v, late %v", r.Peak, r.LongestQueue, r.Late)
	}
	if r.Expired != 250 {
		t.Errorf("%d were no longer true after five seconds, want 250", r.Expired)
	}
}

func TestReportIsPrinted(t *testing.T) {
	var b bytes.Buffer
	n, err := live(t, crowdOf(t, 20, 1), telegram).WriteTo(&b)
	if err != nil || int(n) != b.Len() || !bytes.Contains(b.Bytes(), []byte("peak minute")) {
		t.Errorf("%d bytes, %v:\n%s", n, err, &b)
	}
}

func TestInterrupt(t *testing.T) {
	c := crowdOf(t, 20, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Draw(ctx, Options{People: 20, Days: 14, Library: library()}); err == nil {
		t.Error("people were drawn all the same")
	}
	if _, err := c.Dispatch(ctx, telegram); err == nil {
		t.Error("time passed all the same")
	}
}
