package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

// firstDay is the civil day of all treatments. Six days later Europe's clocks go forward, so that a
// simulated week crosses the change.
var firstDay = time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC)

// Options say whom to draw.
type Options struct {
	People  int
	Days    int    // civil days of each person, the day of the treatment is the first
	Seed    uint64 // the same seed draws the same people
	Library *content.Library
}

// Crowd are people with their plans. It does not change any more.
type Crowd struct {
	seed   uint64
	days   int
	kinds  []reminders.Kind // rows name their kind by its place here
	people []person
	rows   int
}

// person is what the dispatch has to know about somebody.
type person struct {
	zone    *time.Location
	quiet   reminders.Quiet
	answers bool  // their check-ins
	perDay  int8  // the budget of messages that they chose
	rows    []row // by due instant
}

// row is a promise, kept small: a full crowd has millions of them.
type row struct {
	due   time.Duration // since firstDay
	holds int32         // for how many seconds after due it is true; 0: for ever
	kind  uint8
}

func (r row) expired(at time.Duration) bool {
	return r.holds > 0 && at >= r.due+time.Duration(r.holds)*time.Second
}

// Draw draws the people and makes their plans, on all cores.
func Draw(ctx context.Context, o Options) (*Crowd, error) {
	zones, err := loadHomes()
	if err != nil {
		return nil, err
	}
	c := &Crowd{seed: o.Seed, days: o.Days, people: make([]person, o.People)}
	number := map[reminders.Kind]uint8{}
	for _, r := range o.Library.Reminders {
		if k := reminders.Kind(r.Kind); !slices.Contains(c.kinds, k) {
			number[k] = uint8(len(c.kinds))
			c.kinds = append(c.kinds, k)
		}
	}
	if len(c.kinds) > 1<<8 {
		return nil, fmt.Errorf("the content has %d kinds of reminders, at most %d can be simulated", len(c.kinds), 1<<8)
	}
	// Each takes the next person: a plan of a home treatment is shorter than one of a clinic's.
	var next, rows atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= o.People {
					return
				}
				c.people[i] = draw(rand.New(rand.NewPCG(o.Seed, uint64(i))), o, zones, number)
				rows.Add(int64(len(c.people[i].rows)))
			}
		})
	}
	workers.Wait()
	c.rows = int(rows.Load())
	return c, context.Cause(ctx)
}

// draw makes one person and their plan. The shares are guesses; what must hold for any of them is in
// the tests.
func draw(r *rand.Rand, o Options, zones []*time.Location, number map[reminders.Kind]uint8) person {
	p := person{zone: zones[drawHome(r)], quiet: reminders.DefaultQuiet, answers: r.IntN(100) >= 35, perDay: 3}
	in := reminders.Input{Zone: p.zone, Setting: content.Clinic, Library: o.Library}
	// A clinic treats by appointment, on the quarter of an hour; at home it is the evening.
	minute := 9*60 + 15*r.IntN(36)
	if r.IntN(100) < 30 {
		in.Setting, minute = content.Home, 17*60+r.IntN(6*60)
	}
	y, m, d := firstDay.Date()
	in.Treated = time.Date(y, m, d, minute/60, minute%60, 0, 0, p.zone)
	switch n := r.IntN(100); {
	case n < 10:
		in.Level = reminders.Safety
	case n < 30:
		in.Level, p.perDay = reminders.Light, 2
	}
	switch n := r.IntN(100); {
	case n < 10:
		p.quiet = reminders.Quiet{From: 22 * 60, To: 7 * 60}
	case n < 20:
		p.quiet = reminders.Quiet{From: 20 * 60, To: 9 * 60}
	}
	in.Quiet = p.quiet
	if !p.answers {
		in.Heard = in.Treated // whoever answers has a new plan each time, which counts anew
	}
	end := time.Date(y, m, d+o.Days, 0, 0, 0, 0, p.zone)
	rows := reminders.Build(in).Schedule("1", in, in.Treated, nil).Rows
	p.rows = make([]row, 0, len(rows))
	for _, promise := range rows {
		if !promise.Due.Before(end) {
			continue
		}
		x := row{due: promise.Due.Sub(firstDay), kind: number[promise.Kind]}
		if !promise.Expires.IsZero() {
			x.holds = int32(max(promise.Expires.Sub(promise.Due)/time.Second, 1))
		}
		p.rows = append(p.rows, x)
	}
	slices.SortStableFunc(p.rows, func(a, b row) int { return int(min(max(a.due-b.due, -1), 1)) })
	p.rows = slices.Clip(p.rows)
	return p
}
