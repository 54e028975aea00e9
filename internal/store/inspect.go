package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
)

// Inspection reads a database without changing it, beside the process that runs on it: for backups
// and checks. It does not mind a newer schema. While it reads, erased data may wait to leave the
// file. The zero value is of no use; Inspect makes one.
type Inspection struct {
	path string
	sql  *sql.DB
}

// Inspect opens an existing database for reading. A file that is missing or not ours gives an
// *Error. Close must be called in the end.
func Inspect(ctx context.Context, path string) (*Inspection, error) {
	i, err := inspect(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("look at the database: %w", classify(path, err))
	}
	return i, nil
}

func inspect(ctx context.Context, path string) (*Inspection, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil, &Error{Reason: Missing, Path: path}
	}
	if err != nil {
		return nil, err
	}
	if err := regular(path, info); err != nil {
		return nil, err
	}
	db, err := look(ctx, path)
	if err != nil {
		return nil, err
	}
	if db == nil {
		return nil, &Error{Reason: NotDatabase, Path: path}
	}
	return &Inspection{path: path, sql: db}, nil
}

// Close ends the inspection.
func (i *Inspection) Close() error { return i.sql.Close() }

// inspect looks at the database from beside its turns. It does not open the file as Inspect does:
// see makeFile.
func (d *DB) inspect() (*Inspection, error) {
	db, err := openReading(d.path)
	if err != nil {
		return nil, fmt.Errorf("look at the database: %w", err)
	}
	return &Inspection{path: d.path, sql: db}, nil
}
