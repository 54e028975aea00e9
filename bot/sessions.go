package bot

import (
	"container/list"
	"sync"
)

// maxSessions bounds how many strangers' conversations are held in memory; the one that was silent
// for longest goes first.
const maxSessions = 20000

// sessions are conversations in memory, the least recently used ones dropped.
type sessions struct {
	mu    sync.Mutex
	byID  map[ChatID]*list.Element
	order *list.List
}

type session struct {
	chat   ChatID
	person Person
}

func newSessions() *sessions { return &sessions{byID: map[ChatID]*list.Element{}, order: list.New()} }

func (s *sessions) take(chat ChatID) Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byID[chat]; ok {
		s.order.MoveToFront(e)
		return e.Value.(*session).person
	}
	return Person{}
}

func (s *sessions) put(chat ChatID, p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byID[chat]; ok {
		e.Value.(*session).person = p
		s.order.MoveToFront(e)
		return
	}
	s.byID[chat] = s.order.PushFront(&session{chat, p})
	if s.order.Len() > maxSessions {
		last := s.order.Back()
		delete(s.byID, last.Value.(*session).chat)
		s.order.Remove(last)
	}
}

func (s *sessions) drop(chat ChatID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byID[chat]; ok {
		s.order.Remove(e)
		delete(s.byID, chat)
	}
}
