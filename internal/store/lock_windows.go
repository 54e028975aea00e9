package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the file for this process without waiting. The system releases it when the process
// ends, however it ends.
func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return InUse
	}
	return &os.PathError{Op: "lock", Path: f.Name(), Err: err}
}

// unlock gives the file up. Closing it is not enough: Windows does that "when it has time".
func unlock(f *os.File) error {
	if err := windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, new(windows.Overlapped)); err != nil {
		return &os.PathError{Op: "unlock", Path: f.Name(), Err: err}
	}
	return nil
}
