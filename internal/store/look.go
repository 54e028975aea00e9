package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
)

// applicationID marks our databases ("AGLW" in the file's header), so that a wrong path never makes
// us write into another program's.
const applicationID = 0x41474C57

const (
	getApplicationID = `PRAGMA application_id`
	setApplicationID = `PRAGMA application_id = 0x41474C57`
	countTables      = `SELECT count(*) FROM sqlite_schema`
)

// header is how every SQLite file begins.
var header = []byte("SQLite format 3\x00")

// look opens an existing file for reading and makes sure that it is ours, without changing a byte of
// it: the connection that writes would turn any database to WAL at once. It gives nil for a file
// that is empty as yet.
func look(ctx context.Context, path string) (*sql.DB, error) {
	switch start, err := beginning(path); {
	case err != nil:
		return nil, err
	case len(start) == 0:
		return nil, nil
	case !bytes.Equal(start, header):
		return nil, &Error{Reason: NotDatabase, Path: path}
	}
	db, err := openReading(path)
	if err != nil {
		return nil, err
	}
	if empty, err := identify(ctx, db, path); err != nil || empty {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// beginning reads as much of a file as the header is long.
func beginning(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(len(header))))
}

// identify tells whether a database is empty, and gives an error when it is somebody else's.
func identify(ctx context.Context, db *sql.DB, path string) (empty bool, err error) {
	var id, tables int64
	if err := db.QueryRowContext(ctx, getApplicationID).Scan(&id); err != nil {
		return false, err
	}
	if err := db.QueryRowContext(ctx, countTables).Scan(&tables); err != nil {
		return false, err
	}
	switch {
	case id == applicationID:
		return false, nil
	case id == 0 && tables == 0:
		return true, nil
	}
	return false, &Error{Reason: Foreign, Path: path}
}

// mark makes an empty database ours, before anything else is put into it.
func mark(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, setApplicationID)
	return err
}
