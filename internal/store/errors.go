package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Reason is why a database cannot be used. It is an error itself, so that
// errors.Is(err, store.InUse) asks for one.
type Reason string

// The reasons, a closed set.
const (
	Folder       Reason = "is-a-folder"
	Missing      Reason = "missing" // only where nothing may be created: Inspect
	NotDatabase  Reason = "not-a-database"
	Foreign      Reason = "foreign" // a database, but of another program
	Newer        Reason = "newer-schema"
	Damaged      Reason = "damaged"
	InUse        Reason = "in-use"
	NotWritable  Reason = "not-writable"
	DiskFull     Reason = "disk-full"
	BackupExists Reason = "backup-exists"
)

func (r Reason) Error() string { return "database: " + string(r) }

// Error says in one line what is wrong with a database file and what the operator can do about it.
// Whatever the reason, the file was left as it was.
type Error struct {
	Reason Reason
	Path   string
	// Schema and Known are set with Newer: the version of the file and the last one that this
	// program knows.
	Schema, Known int64
	Err           error // what was behind it; nil when the reason says it all
}

func (e *Error) Error() string {
	s := e.Path + " " + e.sentence()
	if e.Err != nil {
		s += " (" + e.Err.Error() + ")"
	}
	return strings.ReplaceAll(s, "\n", " ")
}

func (e *Error) sentence() string {
	const elsewhere = "name another file with --db or AFTERGLOW_DB"
	switch e.Reason {
	case Folder:
		return "is a folder: name a file, for example afterglow.db in that folder"
	case Missing:
		return "does not exist: check --db or AFTERGLOW_DB"
	case NotDatabase:
		return "is not a database: " + elsewhere
	case Foreign:
		return "is a database of another program: " + elsewhere
	case Newer:
		return fmt.Sprintf("was written by a newer afterglow (schema %d, this one knows %d): update afterglow, or %s", e.Schema, e.Known, elsewhere)
	case Damaged:
		// An old journal would be written into the backup.
		return "is damaged: put a backup in its place and remove its -wal and -shm files, or " + elsewhere
	case InUse:
		return "is in use by another afterglow or a database tool: close that first, or " + elsewhere
	case NotWritable:
		return "cannot be written: let this user write the file and its folder, or " + elsewhere
	case DiskFull:
		return "cannot grow, the disk is full: free some space"
	case BackupExists:
		return "exists already: choose a name for the backup that is free"
	}
	return "cannot be used: " + string(e.Reason)
}

// Unwrap gives the error behind this one.
func (e *Error) Unwrap() error { return e.Err }

// Is tells whether target is this error's reason.
func (e *Error) Is(target error) bool {
	r, ok := target.(Reason)
	return ok && r == e.Reason
}

// classify gives an error of SQLite or the file system its reason. Errors that say nothing about
// the file, and those that have a reason already, come back as they are.
func classify(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if r := reasonOf(err); r != "" {
		return &Error{Reason: r, Path: path, Err: err}
	}
	return err
}

func reasonOf(err error) Reason {
	var s *sqlite.Error
	if errors.As(err, &s) {
		// The low byte is the primary code, the rest only refines it.
		switch s.Code() & 0xff {
		case sqlite3.SQLITE_NOTADB:
			return NotDatabase
		case sqlite3.SQLITE_CORRUPT:
			return Damaged
		case sqlite3.SQLITE_BUSY:
			return InUse
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
			return NotWritable
		case sqlite3.SQLITE_FULL:
			return DiskFull
		}
		return ""
	}
	switch {
	case errors.Is(err, syscall.EISDIR):
		return Folder
	case errors.Is(err, syscall.ENOSPC):
		return DiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return NotWritable
	}
	return ""
}
