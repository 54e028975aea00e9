package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"afterglow/bot"
)

// DB is one SQLite file that this process alone writes. It is safe for concurrent use: turns wait
// for one another. The zero value is of no use; Open makes one.
type DB struct {
	path string
	lock *os.File // nil until it is ours
	sql  *sql.DB  // one connection: a second writer would only meet "database is locked"
	// passing are the updates of those of whom nothing is stored.
	passing passing
	// traces is set while the file may still hold what was erased already.
	traces atomic.Bool
	// rows tells when a turn changed reminders.
	rows  change
	close sync.Once
}

var _ bot.People = (*DB)(nil)

// Open opens the database at path for this process alone, and makes the folder and the file, for
// this user only, where there is none. An older schema is brought up to date, each step in a
// transaction of its own.
//
// A file that cannot be used gives an *Error and is left as it is. Close must be called in the end.
func Open(ctx context.Context, path string) (*DB, error) {
	d := &DB{path: path}
	if err := d.open(ctx); err != nil {
		d.Close()
		return nil, fmt.Errorf("open the database: %w", classify(d.path, err))
	}
	return d, nil
}

func (d *DB) open(ctx context.Context) error {
	if err := d.claim(); err != nil {
		return err
	}
	if err := makeFile(d.path); err != nil {
		return err
	}
	seen, err := look(ctx, d.path)
	if err != nil {
		return err
	}
	if seen != nil {
		if err := errors.Join(refuseNewer(ctx, seen, d.path), seen.Close()); err != nil {
			return err
		}
	}
	if d.sql, err = sql.Open("sqlite", dsn(d.path, writing)); err != nil {
		return err
	}
	d.sql.SetMaxOpenConns(1)
	if seen == nil {
		if err := mark(ctx, d.sql); err != nil {
			return err
		}
	}
	if err := migrate(ctx, d.sql); err != nil {
		return err
	}
	// A crash may have come between an erasing turn's transaction and its last step.
	d.traces.Store(true)
	if err := d.cutJournal(ctx, clearingWait); err != nil && !errors.Is(err, errBusy) {
		return err
	}
	return nil
}

// claim takes the file for this process. From here on d.path is the real name, so that two names of
// one file share one lock.
func (d *DB) claim() (err error) {
	if d.path == "" {
		return &Error{Reason: Missing, Path: "a file without a name"}
	}
	if d.path, err = filepath.Abs(d.path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(d.path); err == nil {
		d.path = real
	} else if folder, err := filepath.EvalSymlinks(filepath.Dir(d.path)); err == nil {
		d.path = filepath.Join(folder, filepath.Base(d.path))
	}
	if info, err := os.Stat(d.path); err == nil {
		// Also because to open a named pipe would wait for ever.
		if err := regular(d.path, info); err != nil {
			return err
		}
	}
	// The lock is a file of its own: SQLite's locks let several processes take turns, and on some
	// systems a lock on the database itself would get in their way. It stays when the process ends;
	// removing it could take it from under the next one.
	f, err := os.OpenFile(d.path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := lock(f); err != nil {
		f.Close()
		if errors.Is(err, InUse) {
			err = &Error{Reason: InUse, Path: d.path}
		}
		return err
	}
	d.lock = f
	return nil
}

// makeFile makes the file where there is none, and finds out whether it can be written. It must be
// closed before SQLite opens it, and nobody may open it beside SQLite: closing any descriptor of a
// file gives up all locks that the process has on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
func makeFile(path string) error {
	// SQLite gives its -wal and -shm files the rights of this one.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func regular(path string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return &Error{Reason: Folder, Path: path}
	case !info.Mode().IsRegular():
		return &Error{Reason: NotDatabase, Path: path}
	}
	return nil
}

// Close waits for the turn that is running and closes the database. It may be called twice.
func (d *DB) Close() (err error) {
	d.close.Do(func() {
		if d.sql != nil {
			if d.traces.Load() {
				err = d.cutJournal(context.Background(), clearingWait)
			}
			err = errors.Join(err, closeIdle(d.sql))
		}
		if d.lock != nil {
			err = errors.Join(err, unlock(d.lock), d.lock.Close()) // after the last write
		}
	})
	if err != nil {
		return fmt.Errorf("close the database: %w", classify(d.path, err))
	}
	return nil
}

// closeIdle closes the pool once its only connection is free, so that nothing is written after.
func closeIdle(db *sql.DB) error {
	c, err := db.Conn(context.Background())
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(db.Close(), c.Close())
}

// writing are the settings of the connection that writes. They stand in the name because a PRAGMA
// that is run once reaches one connection of the pool, and only for as long as that one lives.
const writing = "_txlock=immediate" +
	"&_pragma=busy_timeout(5000)" +
	"&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(FULL)" + // a reply that went out is remembered, power cut or not
	"&_pragma=foreign_keys(1)" +
	"&_pragma=secure_delete(1)" + // what is erased is overwritten
	"&_pragma=temp_store(MEMORY)" + // nothing about a person in a temporary file
	"&_dqs=0&_error_rc=1"

// reading are the settings of a connection that changes nothing.
const reading = "mode=ro&_pragma=busy_timeout(5000)&_dqs=0&_error_rc=1"

// dsn names a file for the driver, whatever characters its path has.
func dsn(path, settings string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: settings}).String()
}

// openReading opens a file that is known to be a database.
func openReading(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, reading))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
