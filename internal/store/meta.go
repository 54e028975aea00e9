package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const (
	getMeta  = `SELECT value FROM meta WHERE key = ?`
	setMeta  = `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	dropMeta = `DELETE FROM meta WHERE key = ?`
)

// Meta is a small setting of the database itself, such as where the demonstration clock stood;
// empty when it was never set. Nothing about a person belongs in one.
func (d *DB) Meta(ctx context.Context, key string) (string, error) {
	var value string
	err := d.sql.QueryRowContext(ctx, getMeta, key).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read setting %s: %w", key, classify(d.path, err))
	}
	return value, nil
}

// SetMeta keeps a setting; an empty value removes it.
func (d *DB) SetMeta(ctx context.Context, key, value string) error {
	statement, args := setMeta, []any{key, value}
	if value == "" {
		statement, args = dropMeta, args[:1]
	}
	if _, err := d.sql.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("keep setting %s: %w", key, classify(d.path, err))
	}
	return nil
}
