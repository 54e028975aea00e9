package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// instant is a time as a column holds it: milliseconds since 1970 in UTC. The zero time is NULL.
type instant struct{ time.Time }

// Value gives the column's value.
func (i instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.UnixMilli(), nil
}

// Scan reads a column's value; the time is in UTC.
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		i.Time = time.Time{}
	case int64:
		i.Time = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("an instant is a number of milliseconds, not %T", v)
	}
	return nil
}
