package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

const (
	// integrity stops after a few findings: one is enough to fetch the backup.
	integrity = `PRAGMA integrity_check(5)`
	orphans   = `SELECT "table" || ' has a row of nobody' FROM pragma_foreign_key_check LIMIT 5`
)

// Check reads the whole file and gives an *Error with Damaged if SQLite finds a fault in it.
func (i *Inspection) Check(ctx context.Context) error {
	for _, query := range []string{integrity, orphans} {
		findings, err := texts(ctx, i.sql, query)
		if err != nil {
			return fmt.Errorf("check the database: %w", classify(i.path, err))
		}
		if len(findings) > 0 && (len(findings) > 1 || findings[0] != "ok") {
			return fmt.Errorf("check the database: %w", &Error{Reason: Damaged, Path: i.path, Err: fmt.Errorf("%s", strings.Join(findings, "; "))})
		}
	}
	return nil
}

// Check is Inspection.Check beside the turns that go on.
func (d *DB) Check(ctx context.Context) error {
	i, err := d.inspect()
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Check(ctx)
}

func texts(ctx context.Context, db *sql.DB, query string) (all []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
