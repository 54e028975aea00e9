package bot_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"afterglow/reminders"
)

// TestPromisesUnderChange lets a person change their mind at random while time passes: nothing comes
// twice, nothing comes in quiet hours or in a pause, and nothing is allowed while a report is open.
func TestPromisesUnderChange(t *testing.T) {
	t.Parallel()
	says := []string{"/setting home", "/setting clinic", "/zone New York", "/zone Tokyo", "/zone Berlin", "/quiet 22:00-07:00",
		"/quiet 08:00-16:00", "/quiet off", "/reminders light", "/reminders full", "/reminders off spf", "/reminders on spf", "/pause 2 days",
		"/pause", "/resume", "my skin is still sensitive", "there is pus coming out", "hello", "/treated 2026-03-02 14:00", "/treated 2026-03-01 15:00"}
	rapid.Check(t, func(rt *rapid.T) {
		c := newPlanned(t)
		defer func() {
			if err := c.db.Close(); err != nil {
				rt.Error(err)
			}
		}()
		c.say("/start", "yes", "/treated 2026-03-02 15:00 clinic")
		start := c.now
		came := map[string]time.Time{}
		var quiet reminders.Quiet
		pause, held := reminders.Pause{}, false
		for range rapid.IntRange(5, 25).Draw(rt, "turns") {
			text := rapid.SampledFrom(says).Draw(rt, "says")
			c.say(text)
			switch text {
			case "/pause 2 days", "/pause":
				pause = reminders.Pause{From: c.now}
				if text != "/pause" {
					pause.Until = c.now.AddDate(0, 0, 1) // at least, whatever the clock changes
				}
			case "/resume":
				pause = reminders.Pause{}
			case "there is pus coming out":
				held = true
			}
			until := c.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(rt, "hours")) * time.Hour)
			for _, r := range c.deliver(until) {
				about := fmt.Sprintf("%s %s", r.Treatment, r.Key)
				if at, twice := came[about]; twice {
					rt.Errorf("%s of %s came at %s already", r.Kind, r.Due.Sub(start), at)
				}
				came[about] = r.Due
				if quiet = r.Quiet; quiet.From != quiet.To && r.Ready(r.Due).After(r.Due) {
					rt.Errorf("%s is due at %s, in the quiet hours %s of %s", r.Kind, r.Due, quiet, r.Zone)
				}
				if pause.Contains(r.Due) && !pause.From.Equal(r.Due) {
					rt.Errorf("%s is due at %s, in the pause from %s", r.Kind, r.Due, pause.From)
				}
				if held && r.Kind.Allows() {
					rt.Errorf("%s came while a report was open", r.Kind)
				}
			}
		}
	})
}
