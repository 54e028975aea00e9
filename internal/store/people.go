package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"afterglow/bot"
)

const (
	getPerson = `SELECT consent_at, setting, zone, clinic, talk, wishes FROM people WHERE chat = ?`
	setPerson = `INSERT INTO people (chat, consent_at, setting, zone, clinic, talk, wishes) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (chat) DO UPDATE SET consent_at = excluded.consent_at, setting = excluded.setting,
	zone = excluded.zone, clinic = excluded.clinic, talk = excluded.talk, wishes = excluded.wishes`
	getReminded = `SELECT told FROM reminders WHERE chat = ? AND told <> '' ORDER BY told_at DESC, id DESC LIMIT 1`

	getTreatments = `SELECT at, exact, setting, logged_at FROM treatments WHERE chat = ? ORDER BY n`
	setTreatment  = `INSERT INTO treatments (chat, n, at, exact, setting, logged_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (chat, n) DO UPDATE SET at = excluded.at, exact = excluded.exact, setting = excluded.setting,
	logged_at = excluded.logged_at`
	cutTreatments = `DELETE FROM treatments WHERE chat = ? AND n >= ?`

	getCheckins = `SELECT at, redness, swelling, pain, level FROM checkins WHERE chat = ? ORDER BY n`
	setCheckin  = `INSERT INTO checkins (chat, n, at, redness, swelling, pain, level) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (chat, n) DO UPDATE SET at = excluded.at, redness = excluded.redness, swelling = excluded.swelling,
	pain = excluded.pain, level = excluded.level`
	cutCheckins = `DELETE FROM checkins WHERE chat = ? AND n >= ?`
)

// loadPerson gives the person of a chat: a stranger, who is not known, when nothing is stored.
func loadPerson(ctx context.Context, tx *sql.Tx, chat bot.ChatID) (p *bot.Person, known bool, err error) {
	p = &bot.Person{Chat: chat}
	var consent instant
	var talk, wishes []byte
	err = tx.QueryRowContext(ctx, getPerson, chat).Scan(&consent, &p.Setting, &p.Zone, &p.Clinic, &talk, &wishes)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	p.Consent = consent.Time
	if json.Unmarshal(talk, &p.Talk) != nil {
		// Written by a version whose conversation had another shape. It is a few hours' memory: to
		// lose it costs one question asked twice, to insist on it would cost the person the bot.
		p.Talk = bot.Talk{}
	}
	if err := json.Unmarshal(wishes, &p.Wishes); err != nil {
		// Not lost like a conversation: they hold what must not be sent, and when.
		return nil, false, fmt.Errorf("wishes: %w", err)
	}
	if _, err := noRows(tx.QueryRowContext(ctx, getReminded, chat).Scan(&p.Reminded)); err != nil {
		return nil, false, fmt.Errorf("the last reminder: %w", err)
	}
	if p.Treatments, err = rowsOf(ctx, tx, getTreatments, chat, func(r *sql.Rows) (t bot.Treatment, err error) {
		var at, logged instant
		err = r.Scan(&at, &t.Exact, &t.Setting, &logged)
		t.At, t.Logged = at.Time, logged.Time
		return t, err
	}); err != nil {
		return nil, false, fmt.Errorf("treatments: %w", err)
	}
	if p.Checkins, err = rowsOf(ctx, tx, getCheckins, chat, func(r *sql.Rows) (k bot.Checkin, err error) {
		var at instant
		err = r.Scan(&at, &k.Redness, &k.Swelling, &k.Pain, &k.Level)
		k.At = at.Time
		return k, err
	}); err != nil {
		return nil, false, fmt.Errorf("check-ins: %w", err)
	}
	return p, true, nil
}

// savePerson writes a person who was loaded as before. Lists are written from the first entry that
// changed, which is mostly none or the last.
func savePerson(ctx context.Context, tx *sql.Tx, before, p *bot.Person) error {
	talk, err := json.Marshal(p.Talk)
	if err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	wishes, err := json.Marshal(p.Wishes)
	if err != nil {
		return fmt.Errorf("wishes: %w", err)
	}
	if _, err := tx.ExecContext(ctx, setPerson, p.Chat, instant{p.Consent}, p.Setting, p.Zone, p.Clinic, string(talk), string(wishes)); err != nil {
		return err
	}
	from := same(before.Treatments, p.Treatments)
	if len(p.Treatments) < len(before.Treatments) {
		if _, err := tx.ExecContext(ctx, cutTreatments, p.Chat, len(p.Treatments)); err != nil {
			return fmt.Errorf("treatments: %w", err)
		}
	}
	for n := from; n < len(p.Treatments); n++ {
		t := p.Treatments[n]
		if _, err := tx.ExecContext(ctx, setTreatment, p.Chat, n, instant{t.At}, t.Exact, t.Setting, instant{t.Logged}); err != nil {
			return fmt.Errorf("treatments: %w", err)
		}
	}
	from = same(before.Checkins, p.Checkins)
	if len(p.Checkins) < len(before.Checkins) {
		if _, err := tx.ExecContext(ctx, cutCheckins, p.Chat, len(p.Checkins)); err != nil {
			return fmt.Errorf("check-ins: %w", err)
		}
	}
	for n := from; n < len(p.Checkins); n++ {
		k := p.Checkins[n]
		if _, err := tx.ExecContext(ctx, setCheckin, p.Chat, n, instant{k.At}, k.Redness, k.Swelling, k.Pain, k.Level); err != nil {
			return fmt.Errorf("check-ins: %w", err)
		}
	}
	return nil
}

// same counts the entries at the start that are equal.
func same[T comparable](a, b []T) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// rowsOf reads all rows of a person; nil when there are none.
func rowsOf[T any](ctx context.Context, tx *sql.Tx, query string, chat bot.ChatID, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, chat)
	return collect(rows, err, scan)
}
