package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"afterglow/bot"
	"afterglow/reminders"
)

var _ reminders.Queue = (*DB)(nil)

// change is a signal that many can wait for. The zero value is ready.
type change struct {
	mu sync.Mutex
	c  chan struct{}
}

func (s *change) channel() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.c == nil {
		s.c = make(chan struct{})
	}
	return s.c
}

func (s *change) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.c != nil {
		close(s.c)
		s.c = nil
	}
}

// Changed implements reminders.Queue.
func (d *DB) Changed() <-chan struct{} { return d.rows.channel() }

// inTx runs f in a transaction; what says what was being done.
func (d *DB) inTx(ctx context.Context, what string, f func(*sql.Tx) error) error {
	err := func() error {
		tx, err := d.sql.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if err := f(tx); err != nil {
			return err
		}
		return tx.Commit()
	}()
	if err != nil {
		return fmt.Errorf("%s: %w", what, classify(d.path, err))
	}
	return nil
}

// Order implements reminders.Queue.
func (d *DB) Order(ctx context.Context, chat reminders.Chat, o reminders.Orders) error {
	changed := false
	err := d.inTx(ctx, "order reminders", func(tx *sql.Tx) (err error) {
		changed, err = order(ctx, tx, bot.ChatID(chat), o)
		return err
	})
	if err == nil && changed {
		d.rows.tell()
	}
	return err
}

const rowColumns = `r.id, r.chat, r.key, r.treatment, r.kind, r.topic, r.text, r.due_at, r.expires_at, r.next_at, r.state,
	r.attempt, r.delivery, r.round, r.doubt, r.snoozed, r.reason, r.closed_at, c.zone, c.quiet_from, c.quiet_to
FROM reminders r JOIN reminder_chats c ON c.chat = r.chat`

const (
	nextDue   = `SELECT min(next_at) FROM reminders WHERE state = 'pending'`
	rowsOfOne = `SELECT ` + rowColumns + ` WHERE r.chat = ? ORDER BY r.due_at, r.id`
	countRows = `SELECT state, count(*) FROM reminders GROUP BY state`
	pruneRows = `DELETE FROM reminders WHERE id IN (
	SELECT id FROM reminders WHERE closed_at < ? ORDER BY closed_at LIMIT ?)`
	rewindRows = `UPDATE reminders SET next_at = ?1 WHERE state = 'pending' AND next_at > ?1 AND due_at < ?1`
)

func scanRow(rows *sql.Rows) (r reminders.Row, err error) {
	var due, expires, next, closed instant
	err = rows.Scan(&r.ID, &r.Chat, &r.Key, &r.Treatment, &r.Kind, &r.Topic, &r.Text, &due, &expires, &next, &r.State,
		&r.Attempt, &r.Delivery, &r.Round, &r.Doubt, &r.Snoozed, &r.Reason, &closed, &r.Zone, &r.Quiet.From, &r.Quiet.To)
	r.Due, r.Expires, r.Next, r.Closed = due.Time, expires.Time, next.Time, closed.Time
	return r, err
}

// NextDue implements reminders.Queue.
func (d *DB) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	var next instant
	if err := d.sql.QueryRowContext(ctx, nextDue).Scan(&next); err != nil {
		return time.Time{}, false, fmt.Errorf("look for the next reminder: %w", classify(d.path, err))
	}
	return next.Time, !next.IsZero(), nil
}

// Rows implements reminders.Queue.
func (d *DB) Rows(ctx context.Context, chat reminders.Chat) (all []reminders.Row, err error) {
	err = d.inTx(ctx, "read reminders", func(tx *sql.Tx) error {
		all, err = rowsOf(ctx, tx, rowsOfOne, bot.ChatID(chat), scanRow)
		return err
	})
	return all, err
}

// Counts implements reminders.Queue. It reads beside the turns that go on.
func (d *DB) Counts(ctx context.Context) (map[reminders.State]int, error) {
	i, err := d.inspect()
	if err != nil {
		return nil, err
	}
	defer i.Close()
	rows, err := i.sql.QueryContext(ctx, countRows)
	if err != nil {
		return nil, fmt.Errorf("count reminders: %w", classify(d.path, err))
	}
	defer rows.Close()
	counts := map[reminders.State]int{}
	for rows.Next() {
		var state reminders.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, fmt.Errorf("count reminders: %w", classify(d.path, err))
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

// Prune implements reminders.Queue.
func (d *DB) Prune(ctx context.Context, before time.Time, most int) (n int, err error) {
	err = d.inTx(ctx, "prune reminders", func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, pruneRows, instant{before}, most)
		if err != nil {
			return err
		}
		count, err := done.RowsAffected()
		n = int(count)
		return err
	})
	return n, err
}

// Rewind implements reminders.Queue.
func (d *DB) Rewind(ctx context.Context, latest time.Time) error {
	return d.inTx(ctx, "rewind reminders", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, rewindRows, instant{latest})
		return err
	})
}

// noRows turns the absence of a row into false.
func noRows(err error) (found bool, _ error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
