package main

import (
	"context"
	"fmt"
	"time"

	"afterglow/content"
	"afterglow/internal/simulate"
	"afterglow/reminders"
)

type simulateCommand struct {
	People   int    `default:"100000" help:"How many people, at most 10,000,000."`
	Days     int    `default:"14" help:"How many of their days, at most 120; the first is that of the treatment."`
	Seed     uint64 `default:"1" help:"The same seed draws the same people."`
	Platform string `enum:"telegram,discord,none" default:"telegram" help:"Whose limit applies: telegram, discord or none."`
}

// Help is the long help of the command.
func (c *simulateCommand) Help() string {
	return "Draws people, makes their plans and lets the time pass, without waiting for it: who hears what when, and how late " +
		"the platform's limit makes it. Needs no database and no token and sends nothing: the plans are real, the dispatch is a " +
		"model of it, in memory."
}

// platformLimits are what the platforms allow a bot. Telegram: 30 messages a second over all chats,
// one in each. Discord: 50 requests a second, and five messages in five seconds in each channel. The
// platforms' own buckets are not known, so none is filled in advance but a channel's five.
var platformLimits = map[string]reminders.Limits{
	"telegram": {Platform: reminders.Rate{PerSecond: 30, Burst: 1}, Chat: reminders.Rate{PerSecond: 1, Burst: 1}},
	"discord":  {Platform: reminders.Rate{PerSecond: 50, Burst: 1}, Chat: reminders.Rate{PerSecond: 1, Burst: 5}},
	"none":     {},
}

func (c *simulateCommand) Run(ctx context.Context, g *Globals) error {
	if c.People < 1 || c.People > 10_000_000 {
		return usageError{fmt.Errorf("--people %d: give a number from 1 to 10000000", c.People)}
	}
	if c.Days < 1 || c.Days > 120 {
		return usageError{fmt.Errorf("--days %d: give a number from 1 to 120", c.Days)}
	}
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	begin := time.Now()
	crowd, err := simulate.Draw(ctx, simulate.Options{People: c.People, Days: c.Days, Seed: c.Seed, Library: library})
	if err != nil {
		return fmt.Errorf("draw the people: %w", err)
	}
	planned := time.Now()
	report, err := crowd.Dispatch(ctx, platformLimits[c.Platform])
	if err != nil {
		return fmt.Errorf("let their time pass: %w", err)
	}
	if _, err := report.WriteTo(g.out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	const tick = 10 * time.Millisecond
	_, err = fmt.Fprintf(g.out, "\nReal time: plans %s, dispatch %s, all %s\n", planned.Sub(begin).Round(tick),
		time.Since(planned).Round(tick), time.Since(begin).Round(tick))
	return err
}
