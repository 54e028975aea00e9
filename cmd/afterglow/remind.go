package main

import (
	"context"
	"sync"
	"time"

	"afterglow/bot"
	"afterglow/bot/terminal"
	"afterglow/content"
	"afterglow/internal/clock"
	"afterglow/internal/store"
	"afterglow/reminders"
)

// windowSender shows reminders in the terminal's window.
type windowSender struct {
	window *terminal.Terminal
	clock  *clock.Clock
	// talking is held while a line is answered: what the answer brings about comes below it.
	talking sync.Mutex
}

// Send implements reminders.Sender. What was printed has arrived.
func (s *windowSender) Send(_ context.Context, m reminders.Message) error {
	s.talking.Lock()
	defer s.talking.Unlock()
	out := bot.Reminder(m)
	out.Text = s.wall(m).Format("Mon 2 Jan 15:04") + "\n" + out.Text
	s.window.Remind(out)
	return nil
}

// Limits implements reminders.Sender: a terminal takes what it gets.
func (s *windowSender) Limits(reminders.Chat) (string, reminders.Limits) {
	return "terminal", reminders.Limits{}
}

// wall is the time on the person's wall.
func (s *windowSender) wall(m reminders.Message) time.Time {
	now := s.clock.Now()
	for _, rows := range [][]reminders.Row{m.Rows, m.Missed} {
		if len(rows) == 0 {
			continue
		}
		if zone, err := time.LoadLocation(rows[0].Zone); err == nil {
			return now.In(zone)
		}
	}
	return now
}

// startReminding runs a dispatcher for a window until stop is called, which returns when it has come
// to its end.
func startReminding(ctx context.Context, db *store.DB, library *content.Library, s *windowSender) (d *reminders.Dispatcher, stop func()) {
	d = reminders.NewDispatcher(reminders.Options{Queue: db, Sender: s, Clock: s.clock, Library: library})
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = d.Run(ctx) // its error is that it was told to end
	}()
	return d, func() { cancel(); <-ended }
}
