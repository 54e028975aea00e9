package store

import (
	"database/sql"
	"strings"
	"testing"
	"time"
)

// TestLookingForWorkReadsNoTable holds the statements of a tick against SQLite's own plan for them:
// their cost must not grow with what is not due.
func TestLookingForWorkReadsNoTable(t *testing.T) {
	t.Parallel()
	d := openScratch(t)
	now := instant{time.Now()}
	for name, c := range map[string]struct {
		statement string
		args      []any
		index     string
	}{
		"next due":    {nextDue, nil, "reminders_due"},
		"due chats":   {dueChats, []any{now, 10}, "reminders_due"},
		"due in chat": {dueInChat, []any{"c", now}, "(chat=?)"},
		"left behind": {anyLeft, []any{"me"}, "reminders_in_hand"},
		"taken over":  {takenOver, []any{"me"}, "reminders_in_hand"},
		"give back":   {giveBack, []any{"me"}, "reminders_in_hand"},
		"take over":   {takeOver, []any{"me", now}, "reminders_in_hand"},
		"prune":       {pruneRows, []any{now, 10}, "reminders_closed"},
		"of one":      {rowsOfOne, []any{"c"}, "(chat=?)"},
		"of message":  {ofMessage, []any{"c", "d"}, "(chat=?)"},
		"park":        {parkRows, []any{"blocked", "c"}, "(chat=?)"},
		"unpark":      {unparkRows, []any{"c"}, "(chat=?)"},
	} {
		rows, err := d.sql.Query("EXPLAIN QUERY PLAN "+c.statement, c.args...)
		steps, err := collect(rows, err, scanPlan)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		plan := strings.Join(steps, "; ")
		if !strings.Contains(plan, c.index) {
			t.Errorf("%s does not use %s: %s", name, c.index, plan)
		}
		for _, s := range steps {
			if strings.HasPrefix(s, "SCAN r") && !strings.Contains(s, "INDEX") {
				t.Errorf("%s reads the whole table: %s", name, plan)
			}
		}
	}
}

func scanPlan(r *sql.Rows) (step string, err error) {
	var id, parent, unused int
	err = r.Scan(&id, &parent, &unused, &step)
	return step, err
}
