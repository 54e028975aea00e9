package store

import (
	"context"
	"database/sql"

	"afterglow/bot"
	"afterglow/reminders"
)

const (
	setChat = `INSERT INTO reminder_chats (chat, zone, quiet_from, quiet_to, parked_reason) VALUES (?, ?, ?, ?, '')
ON CONFLICT (chat) DO UPDATE SET zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`
	isParked = `SELECT parked_at IS NOT NULL FROM reminder_chats WHERE chat = ?`

	addRow = `INSERT INTO reminders (chat, key, treatment, kind, topic, text, due_at, expires_at, next_at, state,
	attempt, delivery, round, doubt, snoozed, dropped, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0, 0, 0, 0, '')`
	// Whoever has it in hand keeps it only while it stays in hand.
	setRow = `UPDATE reminders SET treatment = ?2, kind = ?3, topic = ?4, text = ?5, due_at = ?6, expires_at = ?7, next_at = ?8,
	state = ?9, attempt = ?10, delivery = ?11, round = ?12, doubt = ?13, snoozed = ?14, reason = ?15, closed_at = ?16, dropped = 0,
	lease_by = CASE WHEN ?9 IN ('claimed', 'sending') THEN lease_by END,
	lease_until = CASE WHEN ?9 IN ('claimed', 'sending') THEN lease_until END
WHERE id = ?1`
	dropRow   = `DELETE FROM reminders WHERE id = ? AND state <> 'sending'`
	letRowGo  = `UPDATE reminders SET dropped = 1 WHERE id = ? AND state = 'sending'`
	ofMessage = `SELECT ` + rowColumns + ` WHERE r.chat = ?1 AND (r.delivery = ?2 OR r.told = ?2) AND r.state NOT IN ('late', 'given-up') ORDER BY r.id`
)

// order does what a turn wants done to the reminders of its chat, and tells whether rows changed.
func order(ctx context.Context, tx *sql.Tx, chat bot.ChatID, o reminders.Orders) (changed bool, err error) {
	for _, delivery := range o.Done {
		rows, err := message(ctx, tx, chat, delivery)
		if err != nil {
			return false, err
		}
		for _, r := range rows {
			r.State, r.Reason, r.Closed = reminders.Done, "", o.At
			if err := writeRow(ctx, tx, r); err != nil {
				return false, err
			}
		}
	}
	for _, s := range o.Snooze {
		rows, err := message(ctx, tx, chat, s.Delivery)
		if err != nil {
			return false, err
		}
		for _, r := range rows {
			if err := writeRow(ctx, tx, r.Again(s.Until)); err != nil {
				return false, err
			}
			changed = true
		}
	}
	if o.Plan == nil {
		return changed, nil
	}
	planned, err := replacePlan(ctx, tx, chat, *o.Plan)
	return changed || planned, err
}

func message(ctx context.Context, tx *sql.Tx, chat bot.ChatID, delivery reminders.DeliveryKey) ([]reminders.Row, error) {
	if delivery == "" {
		return nil, nil
	}
	rows, err := tx.QueryContext(ctx, ofMessage, chat, delivery)
	return collect(rows, err, scanRow)
}

func replacePlan(ctx context.Context, tx *sql.Tx, chat bot.ChatID, s reminders.Schedule) (changed bool, err error) {
	if _, err := tx.ExecContext(ctx, setChat, chat, s.Zone, s.Quiet.From, s.Quiet.To); err != nil {
		return false, err
	}
	existing, err := rowsOf(ctx, tx, rowsOfOne, chat, scanRow)
	if err != nil {
		return false, err
	}
	c := reminders.Merge(existing, s)
	state := reminders.Pending
	parked, err := chatParked(ctx, tx, chat)
	if err != nil {
		return false, err
	}
	if parked {
		state = reminders.Parked
	}
	for _, r := range c.Delete {
		for _, statement := range []string{letRowGo, dropRow} {
			if _, err := tx.ExecContext(ctx, statement, r.ID); err != nil {
				return false, err
			}
		}
	}
	for _, r := range c.Update {
		if r.State == reminders.Pending {
			r.State = state
		}
		if err := writeRow(ctx, tx, r); err != nil {
			return false, err
		}
	}
	if len(c.Insert) > 0 {
		add, err := tx.PrepareContext(ctx, addRow)
		if err != nil {
			return false, err
		}
		defer add.Close()
		for _, r := range c.Insert {
			if _, err := add.ExecContext(ctx, chat, r.Key, r.Treatment, r.Kind, r.Topic, r.Text,
				instant{r.Due}, instant{r.Expires}, instant{r.Next}, state); err != nil {
				return false, err
			}
		}
	}
	return len(c.Insert)+len(c.Update)+len(c.Delete) > 0, nil
}

func writeRow(ctx context.Context, tx *sql.Tx, r reminders.Row) error {
	_, err := tx.ExecContext(ctx, setRow, r.ID, r.Treatment, r.Kind, r.Topic, r.Text, instant{r.Due}, instant{r.Expires},
		instant{r.Next}, r.State, r.Attempt, r.Delivery, r.Round, r.Doubt, r.Snoozed, r.Reason, instant{r.Closed})
	return err
}

func chatParked(ctx context.Context, tx *sql.Tx, chat bot.ChatID) (parked bool, err error) {
	_, err = noRows(tx.QueryRowContext(ctx, isParked, chat).Scan(&parked))
	return parked, err
}

// collect reads all rows of a query and closes it.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
