package store

import (
	"encoding/json"
	"sync"

	"afterglow/bot"
)

// passingRoom is how many bytes of replies are held for those of whom nothing is stored; a few
// thousand replies.
const passingRoom = 4 << 20

// passing knows the handled updates of those of whom nothing may be stored, in memory only: of
// strangers, and the last one of whoever asked to be forgotten. When the room is used up the oldest
// go. The zero value is empty.
type passing struct {
	mu    sync.Mutex
	order []passed // oldest first
	known map[passedKey][]byte
	size  int
}

type passedKey struct {
	chat   bot.ChatID
	update string
}

type passed struct {
	key  passedKey
	size int
}

// find gives the replies of an update that was handled before.
func (s *passing) find(chat bot.ChatID, update string) (replies []bot.Message, found bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, found := s.known[passedKey{chat, update}]
	if !found {
		return nil, false, nil
	}
	return replies, true, json.Unmarshal(kept, &replies)
}

// keep remembers an update.
func (s *passing) keep(chat bot.ChatID, update string, replies []bot.Message) error {
	if update == "" {
		return nil
	}
	// A copy, and the same one that the database would give back: the replies belong to the caller.
	kept, err := json.Marshal(replies)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[passedKey][]byte{}
	}
	p := passed{passedKey{chat, update}, len(chat) + len(update) + len(kept)}
	s.known[p.key] = kept
	s.order = append(s.order, p)
	s.size += p.size
	for s.size > passingRoom {
		s.drop(0)
	}
	return nil
}

// forget drops every update of a chat.
func (s *passing) forget(chat bot.ChatID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.order) - 1; i >= 0; i-- {
		if s.order[i].key.chat == chat {
			s.drop(i)
		}
	}
}

func (s *passing) drop(i int) {
	p := s.order[i]
	delete(s.known, p.key)
	s.size -= p.size
	s.order = append(s.order[:i], s.order[i+1:]...)
}
