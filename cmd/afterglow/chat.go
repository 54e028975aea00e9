package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"afterglow/bot"
	"afterglow/bot/terminal"
	"afterglow/content"
	"afterglow/internal/clock"
	"afterglow/internal/store"
)

type chatCommand struct {
	Speed float64 `env:"AFTERGLOW_SPEED" default:"1" help:"Demonstration clock: one real second counts as N seconds."`
}

// terminalChat is the one chat of the terminal.
const terminalChat bot.ChatID = "terminal:local"

// clockKey is where the position of the demonstration clock is kept.
const clockKey = "clock"

func (c *chatCommand) Run(ctx context.Context, g *Globals) (err error) {
	if c.Speed < 1 || c.Speed > 1e6 {
		return usageError{fmt.Errorf("--speed %g: give a number from 1 to 1000000", c.Speed)}
	}
	db, err := g.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	ticking, err := demonstrationClock(ctx, db, c.Speed)
	if err != nil {
		return err
	}
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	finder, err := content.BuiltinFinder()
	if err != nil {
		return fmt.Errorf("load the topic finder: %w", err)
	}
	core := bot.New(bot.Options{Library: library, Finder: finder, People: db, Now: ticking.Now, Local: localZone()})
	window, err := terminal.New(g.in, g.out)
	if err != nil {
		return err
	}
	defer window.Close()
	sender := &windowSender{window: window, clock: ticking}
	dispatcher, stop := startReminding(ctx, db, library, sender)
	defer stop() // before the database is closed
	session := strconv.FormatInt(time.Now().UnixNano(), 36)
	number := 0
	var failure error
	complain := func(err error) {
		if err != nil && ctx.Err() == nil {
			failure = err
			window.Note("(" + firstLine(err) + ")")
		}
	}
	say := func(ctx context.Context, text string) {
		if by, ok := forward(text); ok {
			if by <= 0 {
				window.Note("Write how far: /forward 1d or /forward 6h.")
				return
			}
			complain(dispatcher.Walk(ctx, by, ticking.Forward))
			window.Note("It is now " + ticking.Now().Format("Mon 2 Jan 15:04") + ".")
			return
		}
		number++
		sender.talking.Lock()
		replies, err := core.Handle(ctx, bot.Update{ID: fmt.Sprintf("%s-%d", session, number), Chat: terminalChat, Text: text})
		window.Show(replies...)
		complain(err)
		sender.talking.Unlock()
		// What is due by now stands above the next answer, so that a script reads the same each time.
		complain(dispatcher.Settle(ctx))
	}
	say(ctx, "/start")
	if err := window.Run(ctx, say); err != nil {
		return err
	}
	stop()
	if !ticking.Real() {
		// The context may have ended already, and the position must be kept all the same.
		if err := db.SetMeta(context.WithoutCancel(ctx), clockKey, ticking.Now().UTC().Format(time.RFC3339Nano)); err != nil {
			return fmt.Errorf("keep the clock's position: %w", err)
		}
	}
	return failure
}

// forward reads '/forward 1d' or '/forward 6h'; a span of 0 means that it was not understood.
func forward(text string) (time.Duration, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "/forward")
	if !ok || rest != "" && rest[0] != ' ' {
		return 0, false
	}
	rest = strings.ReplaceAll(strings.TrimSpace(rest), " ", "")
	unit := time.Duration(1)
	if days, ok := strings.CutSuffix(rest, "d"); ok {
		rest, unit = days+"h", 24
	} else if weeks, ok := strings.CutSuffix(rest, "w"); ok {
		rest, unit = weeks+"h", 24*7
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 || d > 10*365*24*time.Hour {
		return 0, true
	}
	return d * unit, true
}

// demonstrationClock starts at the real time, or where it stood when this database was last used
// with a clock of its own, whichever is later.
func demonstrationClock(ctx context.Context, db *store.DB, speed float64) (*clock.Clock, error) {
	stood := time.Time{}
	text, err := db.Meta(ctx, clockKey)
	if err != nil {
		return nil, fmt.Errorf("read the clock's position: %w", err)
	}
	if text != "" {
		if stood, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return nil, fmt.Errorf("read the clock's position %q: %w", text, err)
		}
	}
	return clock.New(speed, stood.Local(), time.Now), nil
}

// openStore opens the database that the flags name, or the one in the user's data folder, and makes
// it where there is none.
func (g *Globals) openStore(ctx context.Context) (*store.DB, error) {
	path, err := g.databasePath()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, usageError{err}
	}
	return db, nil
}

// inspectStore opens the same database to look at it while another process may be using it.
func (g *Globals) inspectStore(ctx context.Context) (*store.Inspection, error) {
	path, err := g.databasePath()
	if err != nil {
		return nil, err
	}
	db, err := store.Inspect(ctx, path)
	if err != nil {
		return nil, usageError{err}
	}
	return db, nil
}

func (g *Globals) databasePath() (string, error) {
	path := g.Database
	if path == "" {
		dir, err := dataFolder()
		if err != nil {
			return "", usageError{fmt.Errorf("find a place for the database: %w; name one with --db", err)}
		}
		path = filepath.Join(dir, "afterglow.db")
	}
	if strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://") {
		return "", usageError{errors.New("PostgreSQL is not supported yet: give a file path with --db")}
	}
	return path, nil
}

// dataFolder is where the user's data belongs: XDG_DATA_HOME, ~/.local/share, or the platform's
// configuration folder where there is no such custom.
func dataFolder() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "afterglow"), nil
	}
	if dir, err := os.UserHomeDir(); err == nil && os.PathSeparator == '/' {
		return filepath.Join(dir, ".local", "share", "afterglow"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "afterglow"), nil
}
