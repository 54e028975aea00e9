package reminders

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	// keepClosed is how long closed rows are known, so that a plan that is made again does not
	// revive them. It exceeds what any plan reaches back: results show after three months, and a
	// row that is pruned then is far in the past of every plan.
	keepClosed = 90 * 24 * time.Hour
	// pruneAtOnce bounds how long turns wait for the pruning of one batch.
	pruneAtOnce = 500
)

// startHousekeeping starts what has to be done now and then, and gives what waits for its end. Cron
// wakes us; it decides nothing: a run that is missed is made up for by the next.
func (d *Dispatcher) startHousekeeping(ctx context.Context) (stop func()) {
	log := cronLog{d.Log}
	c := cron.New(cron.WithLogger(log), cron.WithLocation(time.UTC),
		cron.WithChain(cron.Recover(log), cron.SkipIfStillRunning(log)))
	for spec, job := range map[string]func(){
		"@every 1m":  func() { d.recover(ctx) },
		"17 * * * *": func() { d.prune(ctx) },
	} {
		if _, err := c.AddFunc(spec, job); err != nil {
			panic(err) // the entries are constants
		}
	}
	c.Start()
	return func() { <-c.Stop().Done() }
}

func (d *Dispatcher) prune(ctx context.Context) {
	before := d.Clock.Now().Add(-keepClosed)
	for ctx.Err() == nil {
		n, err := d.Queue.Prune(ctx, before, pruneAtOnce)
		if err != nil {
			d.Log.Error("prune closed reminders", "err", err)
			return
		}
		if n < pruneAtOnce {
			return
		}
	}
}

// cronLog passes on cron's errors; its chatter is dropped.
type cronLog struct{ log *slog.Logger }

func (cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, _ ...any) {
	l.log.Error("housekeeping: "+msg, "err", fmt.Sprintf("%T", err))
}
