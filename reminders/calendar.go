package reminders

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"

	"afterglow/content"
)

// Calendar writes a plan as an iCalendar file: an event for each milestone, so that a person who
// never opens the chat again still sees when things come back.
func Calendar(p Plan, treated time.Time, l *content.Library) string {
	cal := ics.NewCalendar()
	cal.SetMethod(ics.MethodPublish)
	cal.SetProductId("-//Afterglow//aftercare plan//EN")
	for i, m := range p.Milestones {
		// The id is stable, so that importing a plan again replaces its events.
		e := cal.AddEvent(fmt.Sprintf("%s-%d-%d@afterglow", m.Kind, i, treated.Unix()))
		e.SetDtStampTime(treated.UTC())
		e.SetStartAt(m.At.UTC())
		e.SetEndAt(m.At.Add(15 * time.Minute).UTC())
		title := string(m.Kind)
		if t := l.Topic(m.Topic); t != nil {
			title = t.Title
		}
		e.SetSummary("Microneedling: " + title)
		for _, w := range p.Windows {
			if w.Topic == m.Topic {
				e.SetDescription(w.Says)
			}
		}
	}
	return cal.Serialize()
}
