package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"afterglow/bot"
)

// A handled update is known for as long as a platform may repeat it, and its replies, which speak
// of a person's skin, are kept no longer than that.
const (
	// keptUpdates is how many updates of one chat are known: more than a person sends before a
	// platform learns that the first of them arrived.
	keptUpdates = 50
	// keptFor exceeds the 24 hours for which Telegram holds an update that nobody fetched
	// (https://core.telegram.org/bots/api#getting-updates), the longest of our platforms.
	keptFor = 48 * time.Hour
	// cutAtOnce bounds how much a turn clears away; the next ones go on.
	cutAtOnce = 20
)

const (
	getHandled = `SELECT replies FROM handled WHERE chat = ? AND update_id = ?`
	setHandled = `INSERT INTO handled (chat, update_id, handled_at, replies) VALUES (?, ?, ?, ?)`
	// The newest update that is one too many, and all before it.
	cutHandled = `DELETE FROM handled WHERE chat = ?1 AND id <= (
	SELECT id FROM handled WHERE chat = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`
	// Anybody's: who never writes again must not be kept for it.
	cutOld = `DELETE FROM handled WHERE id IN (
	SELECT id FROM handled WHERE handled_at < ? ORDER BY handled_at LIMIT ?)`
)

// findHandled gives the replies of an update that was handled before.
func findHandled(ctx context.Context, tx *sql.Tx, chat bot.ChatID, update string) (replies []bot.Message, found bool, err error) {
	if update == "" {
		return nil, false, nil
	}
	var kept []byte
	err = tx.QueryRowContext(ctx, getHandled, chat, update).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return replies, true, json.Unmarshal(kept, &replies)
}

// keepHandled remembers an update and forgets those that have been kept for long enough.
func keepHandled(ctx context.Context, tx *sql.Tx, chat bot.ChatID, update string, replies []bot.Message, now time.Time) error {
	if update == "" {
		return nil
	}
	kept, err := json.Marshal(replies)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, setHandled, chat, update, instant{now}, string(kept)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, cutHandled, chat, keptUpdates); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, cutOld, instant{now.Add(-keptFor)}, cutAtOnce)
	return err
}
