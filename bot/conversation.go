package bot

import (
	"time"

	"afterglow/content"
)

// Conversation is a talk that is held in memory only, for callers that bring what they know of the
// person themselves: `afterglow ask` and tests. It must not be used by two goroutines at once.
type Conversation struct {
	core   *Core
	person Person
}

// Converse begins a conversation with a stranger.
func (c *Core) Converse() *Conversation { return &Conversation{core: c} }

// Know tells the conversation how many full days ago the treatment was and where it was done. A nil
// day and an empty setting say nothing new.
func (v *Conversation) Know(day *int, setting content.Setting) {
	if setting != content.AnySetting {
		v.person.Setting = setting
	}
	if day != nil {
		now := v.core.now()
		v.person.Treatments = []Treatment{{At: now.Add(-time.Duration(*day) * 24 * time.Hour), Setting: v.person.Setting, Logged: now}}
	} else if t := v.person.Treatment(); t != nil && setting != content.AnySetting {
		t.Setting = setting
	}
}

// Say answers one message.
func (v *Conversation) Say(text string) []Message {
	return v.core.turn(&v.person, text, v.core.now())
}
