package store_test

import (
	"path/filepath"
	"testing"
)

func TestMeta(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "people.db")
	d := open(t, file)
	for _, value := range []string{"", "2026-03-01T15:00:00Z", "again", "", "last"} {
		must(t, d.SetMeta(t.Context(), "clock", value))
		if got, err := d.Meta(t.Context(), "clock"); got != value || err != nil {
			t.Errorf("%q, %v, want %q", got, err, value)
		}
	}
	must(t, d.Close())
	if got, err := open(t, file).Meta(t.Context(), "clock"); got != "last" || err != nil {
		t.Errorf("later %q, %v", got, err)
	}
	if _, err := d.Meta(t.Context(), "clock"); err == nil {
		t.Error("a closed database answers")
	}
}
