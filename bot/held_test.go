package bot_test

import (
	"testing"

	"afterglow/reminders"
)

func TestReportHoldsWhatWouldAllow(t *testing.T) {
	c := begun(t)
	c.wantSaid("call your clinic", "there is pus coming out")
	for _, r := range c.rows() {
		if r.Kind.Allows() {
			t.Errorf("%s is promised at %s", r.Kind, r.Due)
		}
	}
	if len(c.due("spf", "UTC")) == 0 || len(c.due(reminders.Results, "UTC")) == 0 {
		t.Error("what allows nothing stopped too")
	}
	c.now = c.now.AddDate(0, 0, 8)
	c.wantSaid("On hold until your clinic has cleared it:** makeup", "/today")
	c.wantSaid("Wait with it", "/can makeup")
	c.wantSaid("I wait", "my clinic says it is fine again", "no")
	c.wantSaid("call your clinic", "the skin has calmed but there is pus")
	c.wantSaid("did your clinic say", "cleared")
	c.wantSaid("Fine again:** washing your face, anything over the serum, makeup", "yes")
	if len(c.due(reminders.AlcoholSmokingOK, "UTC")) != 1 {
		t.Error("what is still to come back is not promised again")
	}
}

func TestBadCheckinHolds(t *testing.T) {
	c := begun(t)
	c.now = c.now.AddDate(0, 0, 2)
	c.say("/checkin", "9", "9", "9")
	if at := c.due(reminders.RetinolOK, "UTC"); len(at) > 0 {
		t.Errorf("retinol is promised at %v", at)
	}
	c.now = c.now.AddDate(0, 0, 1)
	c.wantSaid("did your clinic say", "/checkin", "0", "0", "0")
	c.wantSaid("go on with your plan", "yes")
	if len(c.due(reminders.RetinolOK, "UTC")) != 1 {
		t.Error("retinol is not promised again")
	}
}

func TestStillSensitiveMovesThePlan(t *testing.T) {
	c := begun(t)
	c.now = c.now.AddDate(0, 0, 3)
	for _, want := range []string{"10.03. 15:00", "11.03. 15:00"} {
		c.wantSaid("one day", "my skin is still sensitive")
		if got := first(c.due(reminders.RetinolOK, "Europe/Berlin")); got != want {
			t.Errorf("retinol at %q, want %q", got, want)
		}
	}
	c.wantSaid("Wed at 15:00", "/can retinol")
	c.wantSaid("Wed at 15:00", "/plan")
	for _, asked := range []string{"is it normal that skin is sensitive?", "not sensitive any more", "my sister is still sensitive"} {
		c.say(asked)
	}
	if got := first(c.due(reminders.RetinolOK, "Europe/Berlin")); got != "11.03. 15:00" {
		t.Errorf("moved by what was no report: %q", got)
	}
}

func TestWhatClears(t *testing.T) {
	c := begun(t)
	c.say("there is pus coming out")
	asks := func(text string) bool {
		c.t.Helper()
		out := c.say(text)
		last := out[len(out)-1]
		cleared := last.Answer != nil && last.Answer.Asks == "cleared"
		if cleared {
			c.say("no")
		}
		return cleared
	}
	for _, text := range []string{"cleared", "my provider cleared me", "the derm says all is fine", "dr said its all good now", "it has calmed down",
		"My skin has calmed.", "all clear from my dermatologist", "clinic looked at it, says it's ok"} {
		if !asks(text) {
			t.Errorf("%q asks nothing", text)
		}
	}
	for _, text := range []string{"my clinic has not cleared it", "the doctor says it isn't fine", "is it fine to use retinol, says my clinic?", "makeup?",
		"my doctor will call when it is fine", "has it calmed?"} {
		if asks(text) {
			t.Errorf("%q is taken for cleared", text)
		}
	}
}
