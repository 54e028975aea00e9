package bot

import (
	"context"
	"fmt"
	"time"

	"afterglow/content"
)

// Core answers updates. It is safe for concurrent use as long as the updates of one chat come one
// after the other.
type Core struct {
	library *content.Library
	finder  *content.Finder
	people  People
	now     func() time.Time
	names   *nameIndex
	zones   *zoneIndex
	// strangers are the conversations of those who have not agreed to be remembered.
	strangers *sessions
	local     *time.Location
}

// Options are what a Core is built from. Library and Finder are required.
type Options struct {
	Library *content.Library
	Finder  *content.Finder
	People  People           // nil: nobody is remembered beyond the process
	Now     func() time.Time // nil: time.Now
	// Local is the zone of a person who has not told theirs; nil means UTC. The terminal knows it
	// from the machine that it runs on.
	Local *time.Location
}

// New builds the core.
func New(o Options) *Core {
	c := &Core{library: o.Library, finder: o.Finder, people: o.People, now: o.Now, local: o.Local,
		names: newNameIndex(o.Library), zones: newZoneIndex(), strangers: newSessions()}
	if c.now == nil {
		c.now = time.Now
	}
	if c.local == nil {
		c.local = time.UTC
	}
	return c
}

// Handle answers one update. The error is for operators; whenever there is one, the person still
// gets a sentence.
func (c *Core) Handle(ctx context.Context, u Update) (replies []Message, err error) {
	defer func() {
		if p := recover(); p != nil {
			// What the person wrote is not in here: a panic's value may hold it.
			replies, err = []Message{{Text: c.library.Phrase("trouble")}}, fmt.Errorf("answer an update of %s: panic in %T", u.Chat, p)
		}
	}()
	at, made := u.At, c.now()
	if at.IsZero() {
		at = made
	}
	// An update that lay waiting is older than the plan that it leads to.
	if at.After(made) {
		made = at
	}
	if c.people == nil {
		return c.stranger(u, at), nil
	}
	var computed []Message
	replies, err = c.people.Turn(ctx, u.Chat, u.ID, func(p *Person) ([]Message, error) {
		if p.consented() {
			before := c.basis(p)
			computed = c.turn(p, u.Text, at)
			c.replan(p, before, at, made)
			return computed, nil
		}
		// A stranger's conversation is in memory; agreeing in this turn carries it over.
		*p = c.strangers.take(u.Chat)
		p.Chat = u.Chat
		computed = c.turn(p, u.Text, at)
		if !p.consented() && !p.Erase {
			c.strangers.put(u.Chat, *p)
		}
		c.replan(p, "", at, made)
		return computed, nil
	})
	if err != nil {
		// Whatever happens to the memory of it, nobody is left without the answer to a red flag.
		if computed == nil {
			computed = c.stranger(u, at)
		}
		return append(computed, Message{Text: c.library.Phrase("not-kept")}), fmt.Errorf("answer an update of %s: %w", u.Chat, err)
	}
	return replies, nil
}

func (c *Core) stranger(u Update, at time.Time) []Message {
	p := c.strangers.take(u.Chat)
	p.Chat = u.Chat
	out := c.turn(&p, u.Text, at)
	if p.Erase {
		c.strangers.drop(u.Chat)
	} else {
		c.strangers.put(u.Chat, p)
	}
	return out
}
