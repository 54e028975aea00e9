package bot

import (
	"slices"
	"strings"

	"afterglow/reminders"
)

// maxData is how many bytes a button may carry on the platform with the least room (Telegram).
const maxData = 64

// Reminder dresses a scheduled message: its words, and what can be done about it in one tap.
func Reminder(m reminders.Message) Message {
	out := Message{Text: m.Text}
	if len(m.Rows) == 0 {
		return out // only what was missed: nothing to be done about it
	}
	key := string(m.Key)
	why := "/why"
	for _, r := range m.Rows {
		if r.Kind == "check-in" {
			out.Buttons = []Button{{"Check in", "/checkin"}}
		}
		if kind := " " + string(r.Kind); !slices.Contains(strings.Fields(why), string(r.Kind)) && len(why)+len(kind) <= maxData {
			why += kind
		}
	}
	out.Buttons = append(out.Buttons, Button{"Done", "/done " + key}, Button{"In 1 h", "/snooze 1h " + key},
		Button{"In 3 h", "/snooze 3h " + key}, Button{"Tonight", "/snooze tonight " + key}, Button{"Why?", why})
	return out
}
