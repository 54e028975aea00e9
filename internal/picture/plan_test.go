package picture

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"afterglow/content"
	"afterglow/reminders"
)

func TestPlanIsAPictureOfEveryWindow(t *testing.T) {
	l, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	treated := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
	plan := reminders.Build(reminders.Input{Treated: treated, Setting: content.Clinic, Library: l})
	var out bytes.Buffer
	if err := Plan(&out, plan, l, treated); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if want := top + rowHeight*len(plan.Windows) + 90; img.Bounds().Dy() != want {
		t.Errorf("%d pixels high, want %d", img.Bounds().Dy(), want)
	}
	// In the row of makeup: red on the first day, amber on the second, green after it.
	for i, w := range plan.Windows {
		if w.Topic != "makeup" {
			continue
		}
		y := top + rowHeight*i + rowHeight - 12
		perDay := float64(width-2*margin-labelWidth) / days
		for day, want := range map[float64]any{0.5: red, 1.5: amber, 5.5: green} {
			if got := img.At(margin+labelWidth+int(perDay*day), y); got != want {
				t.Errorf("day %v is %v, want %v", day, got, want)
			}
		}
	}
}
