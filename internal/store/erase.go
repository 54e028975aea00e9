package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"afterglow/bot"
)

// Erasing has three steps, because a DELETE alone leaves what it deletes in the file.
//
// The rows go, and secure_delete overwrites what they were made of. Then the gaps of all pages are
// wiped: when SQLite spreads the cells of a full page over its neighbours it leaves the old copies
// behind in the free space (rebuildPage in its btree.c), out of reach of secure_delete, and one
// erasure in a hundred would show. Both happen in the turn's transaction, so in the journal (WAL)
// only. Last, the journal is written back to the file and cut to nothing.
//
// VACUUM would do the second step too, but it writes the whole file anew while everybody waits.
//
// For the same reason nothing here runs ANALYZE or PRAGMA optimize: their statistics keep samples of
// keys (sqlite_stat4), so the name of a chat would outlive its erasure. The statements need none; a
// test holds each of them to its index.

// dropPerson takes treatments, check-ins and handled updates with it (ON DELETE CASCADE).
const dropPerson = `DELETE FROM people WHERE chat = ?`

func erasePerson(ctx context.Context, tx *sql.Tx, chat bot.ChatID) error {
	if _, err := tx.ExecContext(ctx, dropPerson, chat); err != nil {
		return err
	}
	return wipeGaps(ctx, tx)
}

// sqlite_dbpage shows the file's pages as rows (https://www.sqlite.org/dbpage.html).
const (
	getPages = `SELECT pgno, data FROM sqlite_dbpage`
	getPage  = `SELECT data FROM sqlite_dbpage WHERE pgno = ?`
	setPage  = `UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?`
)

// wipeGaps overwrites the free space between the cell list and the cells of every page. It reads
// the whole database, about a millisecond for a megabyte.
func wipeGaps(ctx context.Context, tx *sql.Tx) error {
	dirty, err := dirtyPages(ctx, tx)
	if err != nil {
		return err
	}
	for _, n := range dirty {
		var page []byte
		if err := tx.QueryRowContext(ctx, getPage, n).Scan(&page); err != nil {
			return err
		}
		clear(gap(n, page))
		if _, err := tx.ExecContext(ctx, setPage, page, n); err != nil {
			return err
		}
	}
	return nil
}

func dirtyPages(ctx context.Context, tx *sql.Tx) (dirty []int64, err error) {
	rows, err := tx.QueryContext(ctx, getPages)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var page sql.RawBytes
		if err := rows.Scan(&n, &page); err != nil {
			return nil, err
		}
		if g := gap(n, page); len(bytes.Trim(g, "\x00")) > 0 {
			dirty = append(dirty, n)
		}
	}
	return dirty, rows.Err()
}

// The parts of a page that gap has to know (https://www.sqlite.org/fileformat2.html#b_tree_pages).
const (
	fileHeader     = 100 // before the page header, on page 1 only
	cellCount      = 3   // offsets in the page header
	cellsStart     = 5
	leafHeader     = 8
	interiorHeader = 12
)

// gap is the part of page n that belongs to nothing. It is nil for pages that have none: the
// beginning of an overflow or free page is the number of another page, and would look like one of
// ours only in a file of more than a hundred gigabytes.
func gap(n int64, page []byte) []byte {
	start := 0
	if n == 1 {
		start = fileHeader
	}
	if len(page) < start+interiorHeader {
		return nil
	}
	h := page[start:]
	from := start
	switch h[0] {
	case 2, 5: // interior: index, table
		from += interiorHeader
	case 10, 13: // leaf: index, table
		from += leafHeader
	default:
		return nil
	}
	from += 2 * int(binary.BigEndian.Uint16(h[cellCount:]))
	to := int(binary.BigEndian.Uint16(h[cellsStart:]))
	if to == 0 {
		to = 1 << 16 // the format's way to say so
	}
	if from >= to || to > len(page) {
		return nil
	}
	return page[from:to]
}

// clearingWait is how long an erasing turn waits for somebody who reads the file, such as a backup,
// because the journal cannot be cut while it is read. All turns wait with it.
const clearingWait = 500 * time.Millisecond

// errBusy is why the journal could not be cut.
var errBusy = errors.New("somebody reads the file, erased data leaves it later")

// cutJournal makes what was erased leave the journal and the file.
func (d *DB) cutJournal(ctx context.Context, wait time.Duration) error {
	c, err := d.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds())); err != nil {
		return err
	}
	defer c.ExecContext(context.WithoutCancel(ctx), "PRAGMA busy_timeout = 5000") // as in the connection's name
	var busy, frames, written int
	if err := c.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &written); err != nil {
		return err
	}
	if busy != 0 {
		return errBusy
	}
	// No erasing turn can come in between: the connection is still ours.
	d.traces.Store(false)
	return nil
}
