package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/language"
)

// TestUpgrade opens a database of every schema that was ever released. A new migration adds the
// dump of the schema before it; to edit a released one makes this test fail.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	dumps, err := filepath.Glob("testdata/schema-*.sql")
	must(t, err)
	if len(dumps) == 0 {
		t.Fatal("no dumps")
	}
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	must(t, open(t, fresh).Close())

	treated := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
	want := bot.Person{
		Chat: "telegram:1", Consent: treated.Add(2 * time.Hour), Setting: content.Clinic, Zone: "Europe/Berlin", Clinic: "glow",
		Treatments: []bot.Treatment{
			{At: treated.AddDate(0, -2, 0), Setting: content.Home},
			{At: treated, Exact: true, Setting: content.Clinic, Logged: treated.Add(2 * time.Hour)},
		},
		Checkins: []bot.Checkin{{At: treated.Add(3 * time.Hour), Redness: 6, Swelling: 3, Pain: 1, Level: content.SelfCare}},
		Talk: bot.Talk{Topic: "redness", Topics: []string{"redness"}, Level: content.SelfCare, At: treated.Add(3 * time.Hour),
			Signs: []bot.RememberedSign{{Sign: language.Redness, Strength: language.Severe}}},
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			statements, err := os.ReadFile(dump)
			must(t, err)
			file := filepath.Join(t.TempDir(), "people.db")
			run(t, file, string(statements))
			d := open(t, file)
			replies, err := d.Turn(t.Context(), want.Chat, "7", func(*bot.Person) ([]bot.Message, error) {
				t.Error("a handled update was run again")
				return nil, nil
			})
			must(t, err)
			if diff := cmp.Diff([]bot.Message{{Text: "Expected at this point."}}, replies); diff != "" {
				t.Error(diff)
			}
			want := want
			if filepath.Base(dump) != "schema-1.sql" {
				want.Reminded = "aaaaaaaaaaaaaaaa.0"
			}
			_, err = d.Turn(t.Context(), want.Chat, "", func(p *bot.Person) ([]bot.Message, error) {
				if diff := cmp.Diff(want, *p); diff != "" {
					t.Error(diff)
				}
				return nil, nil
			})
			must(t, err)
			if clock, err := d.Meta(t.Context(), "clock"); clock != "2026-03-02T00:00:00Z" || err != nil {
				t.Errorf("setting %q, %v", clock, err)
			}
			must(t, d.Close())
			if diff := cmp.Diff(schema(t, fresh), schema(t, file)); diff != "" {
				t.Errorf("upgraded and fresh schema differ, - fresh + upgraded:\n%s", diff)
			}
		})
	}
}

// schema is every statement that made a database, without goose's own.
func schema(t *testing.T, file string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	must(t, err)
	defer db.Close()
	rows, err := db.Query(`SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema
WHERE tbl_name NOT IN ('migrations', 'sqlite_sequence')`)
	must(t, err)
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, statement string
		must(t, rows.Scan(&name, &statement))
		all[name] = statement
	}
	must(t, rows.Err())
	return all
}
