package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const copyInto = `VACUUM INTO ?`

// Backup writes a copy of the database as it is at this moment, for this user only. The copy is
// checked before it gets its name, so a file of that name is whole or is not there. A file that
// exists already is never overwritten: that is an *Error with BackupExists.
func (i *Inspection) Backup(ctx context.Context, file string) error {
	if err := i.backup(ctx, file); err != nil {
		return fmt.Errorf("back up the database: %w", classify(file, err))
	}
	return nil
}

func (i *Inspection) backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return &Error{Reason: BackupExists, Path: file}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// In the same folder, so that naming it is one step; SQLite takes a file that is empty.
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.partial")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := i.sql.ExecContext(ctx, copyInto, f.Name()); err != nil {
		if r := reasonOf(err); r == Damaged || r == NotDatabase {
			return classify(i.path, err) // what is copied, not the copy
		}
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := checkCopy(ctx, f.Name()); err != nil {
		return fmt.Errorf("read the copy again: %w", err)
	}
	// A link, unlike renaming, never replaces what appeared in the meantime. Some file systems have
	// none.
	err = os.Link(f.Name(), file)
	if errors.Is(err, fs.ErrExist) {
		return &Error{Reason: BackupExists, Path: file}
	}
	if err != nil {
		if err := os.Rename(f.Name(), file); err != nil {
			return err
		}
	}
	// The name has to survive a power cut too; where a folder cannot be synced it is the system's
	// own doing.
	if folder, err := os.Open(filepath.Dir(file)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
	return nil
}

func checkCopy(ctx context.Context, file string) error {
	c, err := Inspect(ctx, file)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Check(ctx)
}

// Backup is Inspection.Backup beside the turns that go on.
func (d *DB) Backup(ctx context.Context, file string) error {
	i, err := d.inspect()
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Backup(ctx, file)
}
