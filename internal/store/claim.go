package store

import (
	"context"
	"database/sql"
	"time"

	"afterglow/bot"
	"afterglow/reminders"
)

const (
	dueChats = `SELECT DISTINCT chat FROM (
	SELECT chat FROM reminders WHERE state = 'pending' AND next_at <= ? ORDER BY next_at LIMIT ?) ORDER BY chat`
	// The sign keeps SQLite on the chat's own rows: what is due in all chats may be far more.
	dueInChat = `SELECT ` + rowColumns + ` WHERE r.chat = ? AND r.state = 'pending' AND +r.next_at <= ? ORDER BY r.due_at, r.id`
	claimRow  = `UPDATE reminders SET state = 'claimed', lease_by = ?, lease_until = ? WHERE id = ?`
	beginRow  = `UPDATE reminders SET state = 'sending', delivery = ? WHERE id = ? AND lease_by = ? AND state = 'claimed'`

	// A row that is to be tried again goes if it was taken back, and is parked if its chat is.
	chatIsParked = `EXISTS (SELECT 1 FROM reminder_chats c WHERE c.chat = reminders.chat AND c.parked_at IS NOT NULL)`
	dropTried    = `DELETE FROM reminders WHERE id = ? AND lease_by = ? AND dropped = 1`
	openRow      = `UPDATE reminders SET state = CASE WHEN ` + chatIsParked + ` THEN 'parked' ELSE 'pending' END,
	next_at = ?3, attempt = ?4, doubt = ?5, reason = ?6, lease_by = NULL, lease_until = NULL WHERE id = ?1 AND lease_by = ?2`
	closeRow = `UPDATE reminders SET state = ?3, closed_at = ?7, attempt = ?4, doubt = ?5, reason = ?6,
	told = CASE WHEN ?3 = 'sent' THEN delivery ELSE told END, told_at = CASE WHEN ?3 = 'sent' THEN ?7 ELSE told_at END,
	lease_by = NULL, lease_until = NULL WHERE id = ?1 AND lease_by = ?2`

	parkChat   = `UPDATE reminder_chats SET parked_at = ?, parked_reason = ? WHERE chat = ?`
	parkRows   = `UPDATE reminders SET state = 'parked', reason = ? WHERE chat = ? AND state = 'pending'`
	unparkChat = `UPDATE reminder_chats SET parked_at = NULL, parked_reason = '' WHERE chat = ?`
	unparkRows = `UPDATE reminders SET state = 'pending', reason = '' WHERE chat = ? AND state = 'parked'`

	// This process alone writes the file, so whoever else has a row in hand is gone: the lease need
	// not have run out.
	anyLeft  = `SELECT count(*) FROM reminders WHERE lease_by IS NOT NULL AND lease_by <> ?`
	giveBack = `UPDATE reminders SET state = CASE WHEN ` + chatIsParked + ` THEN 'parked' ELSE 'pending' END,
	lease_by = NULL, lease_until = NULL WHERE lease_by IS NOT NULL AND lease_by <> ? AND state = 'claimed'`
	takeOver = `UPDATE reminders SET lease_by = ?1, lease_until = ?2 WHERE lease_by IS NOT NULL AND lease_by <> ?1`
	// Here the sign keeps it from reading all rows in the order of chats.
	takenOver = `SELECT ` + rowColumns + ` WHERE r.lease_by IS NOT NULL AND r.lease_by <> ? ORDER BY +r.chat, r.due_at, r.id`
)

// Claim implements reminders.Queue.
func (d *DB) Claim(ctx context.Context, c reminders.Claim) (claimed []reminders.Row, err error) {
	err = d.inTx(ctx, "claim reminders", func(tx *sql.Tx) error {
		found, err := tx.QueryContext(ctx, dueChats, instant{c.Now}, c.Chats)
		chats, err := collect(found, err, func(r *sql.Rows) (chat bot.ChatID, err error) { return chat, r.Scan(&chat) })
		if err != nil || len(chats) == 0 {
			return err
		}
		look, err := tx.PrepareContext(ctx, dueInChat)
		if err != nil {
			return err
		}
		defer look.Close()
		claim, err := tx.PrepareContext(ctx, claimRow)
		if err != nil {
			return err
		}
		defer claim.Close()
		for _, chat := range chats {
			found, err := look.QueryContext(ctx, chat, instant{c.Along})
			rows, err := collect(found, err, scanRow)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if r.Next.After(c.Now) && !r.ComesAlong() {
					continue
				}
				if _, err := claim.ExecContext(ctx, c.Owner, instant{c.Lease}, r.ID); err != nil {
					return err
				}
				r.State = reminders.Claimed
				claimed = append(claimed, r)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

// Begin implements reminders.Queue.
func (d *DB) Begin(ctx context.Context, owner string, attempts []reminders.Attempt) (left []int64, err error) {
	err = d.inTx(ctx, "begin attempts", func(tx *sql.Tx) error {
		begin, err := tx.PrepareContext(ctx, beginRow)
		if err != nil {
			return err
		}
		defer begin.Close()
		for _, a := range attempts {
			for _, id := range a.Rows {
				n, err := affected(begin.ExecContext(ctx, a.Delivery, id, owner))
				if err != nil {
					return err
				}
				if n > 0 {
					left = append(left, id)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return left, nil
}

// Record implements reminders.Queue.
func (d *DB) Record(ctx context.Context, owner string, steps []reminders.Step) error {
	return d.inTx(ctx, "record outcomes", func(tx *sql.Tx) error {
		for _, s := range steps {
			if err := record(ctx, tx, owner, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func record(ctx context.Context, tx *sql.Tx, owner string, s reminders.Step) error {
	if !s.State.Open() {
		_, err := tx.ExecContext(ctx, closeRow, s.ID, owner, s.State, s.Attempt, s.Doubt, s.Reason, instant{s.At})
		return err
	}
	if n, err := affected(tx.ExecContext(ctx, dropTried, s.ID, owner)); err != nil || n > 0 {
		return err
	}
	next := s.Next
	if next.IsZero() {
		next = s.At // parked: it waits for the person
	}
	_, err := tx.ExecContext(ctx, openRow, s.ID, owner, instant{next}, s.Attempt, s.Doubt, s.Reason)
	return err
}

// Park implements reminders.Queue.
func (d *DB) Park(ctx context.Context, chat reminders.Chat, reason string, now time.Time) error {
	return d.inTx(ctx, "park a chat", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, parkChat, instant{now}, reason, chat); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, parkRows, reason, chat)
		return err
	})
}

// Unpark implements reminders.Queue.
func (d *DB) Unpark(ctx context.Context, chat reminders.Chat) error {
	changed := false
	err := d.inTx(ctx, "unpark a chat", func(tx *sql.Tx) (err error) {
		changed, err = unpark(ctx, tx, bot.ChatID(chat))
		return err
	})
	if err == nil && changed {
		d.rows.tell()
	}
	return err
}

func unpark(ctx context.Context, tx *sql.Tx, chat bot.ChatID) (changed bool, err error) {
	parked, err := chatParked(ctx, tx, chat)
	if err != nil || !parked {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, unparkChat, chat); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, unparkRows, chat)
	return true, err
}

// Recover implements reminders.Queue.
func (d *DB) Recover(ctx context.Context, owner string, _, lease time.Time) (cutOff []reminders.Row, err error) {
	var left int
	if err := d.sql.QueryRowContext(ctx, anyLeft, owner).Scan(&left); err == nil && left == 0 {
		return nil, nil // mostly, and without a write
	}
	err = d.inTx(ctx, "take over reminders", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, giveBack, owner); err != nil {
			return err
		}
		found, err := tx.QueryContext(ctx, takenOver, owner)
		if cutOff, err = collect(found, err, scanRow); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, takeOver, owner, instant{lease})
		return err
	})
	if err != nil {
		return nil, err
	}
	return cutOff, nil
}

func affected(done sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
