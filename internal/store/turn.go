package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"afterglow/bot"
)

// Turn implements bot.People. f runs inside the transaction, so it must not call the store. A
// person who has not consented when f returns, or has withdrawn, is not stored and nothing of
// theirs stays. The updates of those are known for as long as the process lives and there is room.
//
// Repeated replies come from the kept copy: invalid UTF-8 in them has become U+FFFD.
func (d *DB) Turn(ctx context.Context, chat bot.ChatID, update string, f func(*bot.Person) ([]bot.Message, error)) ([]bot.Message, error) {
	replies, did, err := d.turn(ctx, chat, update, f)
	if did.erased {
		d.traces.Store(true)
	}
	if err != nil {
		return nil, classify(d.path, err)
	}
	if did.reminders {
		d.rows.tell()
	}
	if d.traces.Load() {
		wait := time.Duration(0)
		if did.erased {
			wait = clearingWait
		}
		// Failing here undoes nothing: the person is erased for everybody who asks the database.
		// The next turn, Close and Open try again.
		_ = d.cutJournal(context.WithoutCancel(ctx), wait)
	}
	return replies, nil
}

// turned is what a turn did beside keeping the person.
type turned struct {
	erased    bool // somebody was erased
	reminders bool // reminders changed
}

// turn is the transaction of a turn.
func (d *DB) turn(ctx context.Context, chat bot.ChatID, update string, f func(*bot.Person) ([]bot.Message, error)) (replies []bot.Message, did turned, err error) {
	tx, err := d.sql.BeginTx(ctx, nil)
	if err != nil {
		return nil, turned{}, fmt.Errorf("begin a turn: %w", err)
	}
	// Also what undoes the turn when f panics.
	defer func() { _ = tx.Rollback() }()

	if replies, found, err := d.passing.find(chat, update); found || err != nil {
		return replies, turned{}, err
	}
	p, known, err := loadPerson(ctx, tx, chat)
	if err != nil {
		return nil, turned{}, fmt.Errorf("load a person: %w", err)
	}
	if known {
		replies, found, err := findHandled(ctx, tx, chat, update)
		if err != nil {
			return nil, turned{}, fmt.Errorf("look for an update: %w", err)
		}
		if found {
			return replies, turned{}, nil
		}
	}
	before := *p
	// f may change the elements in place.
	before.Treatments, before.Checkins = slices.Clone(p.Treatments), slices.Clone(p.Checkins)
	replies, err = f(p)
	if err != nil {
		return nil, turned{}, err
	}
	p.Chat = chat // the row's key, whatever f did to it
	if p.Erase || p.Consent.IsZero() {
		if known {
			if err := erasePerson(ctx, tx, chat); err != nil {
				return nil, turned{}, fmt.Errorf("erase a person: %w", err)
			}
			if err := tx.Commit(); err != nil {
				return nil, turned{}, fmt.Errorf("erase a person: %w", err)
			}
		}
		if known || p.Erase {
			d.passing.forget(chat)
		}
		return replies, turned{erased: known}, d.passing.keep(chat, update, replies)
	}
	if err := savePerson(ctx, tx, &before, p); err != nil {
		return nil, turned{}, fmt.Errorf("keep a person: %w", err)
	}
	if did.reminders, err = unpark(ctx, tx, chat); err != nil {
		return nil, turned{}, fmt.Errorf("wake up reminders: %w", err)
	}
	changed, err := order(ctx, tx, chat, p.Orders)
	if err != nil {
		return nil, turned{}, fmt.Errorf("order reminders: %w", err)
	}
	did.reminders = did.reminders || changed
	if err := keepHandled(ctx, tx, chat, update, replies, time.Now()); err != nil {
		return nil, turned{}, fmt.Errorf("keep an update: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return nil, turned{}, fmt.Errorf("end a turn: %w", err)
	}
	return replies, did, nil
}
