package bot

import (
	"time"

	"afterglow/content"
)

// ChatID names one chat on one platform. Only the adapter that made it may take it apart.
type ChatID string

// Update is one thing that a person did: wrote a text or pressed a button. A button press
// arrives as its Data in Text, so that typing the same words does the same.
type Update struct {
	// ID is stable over redeliveries of the same update and unique within the chat. An update
	// without one is never taken for a repetition.
	ID   string
	Chat ChatID
	Text string
	// At is when the person did it; the zero value means now.
	At time.Time
}

// Button is one tap. Data is what it says in the person's place: a command or a few words, at most
// 64 bytes.
type Button struct {
	Label string
	Data  string
}

// File is a document that goes with a message.
type File struct {
	Name string
	MIME string
	Data []byte
}

// Message is one reply. Text and More are plain text in which **…** is emphasis and a line that
// begins with '• ' is a list item; adapters dress them for their platform.
type Message struct {
	Text    string
	More    string // what the 'more' button adds
	Buttons []Button
	File    *File
	// WantsNumber is set when the person is asked for a number, so that a platform which numbers
	// its buttons can tell the two apart.
	WantsNumber bool
	// Answer is what the message says in the terms of the outer interface; nil for messages that
	// only run the conversation.
	Answer *Answer
}

// Answer is the machine-readable side of a reply.
type Answer struct {
	Topic   string
	Topics  []string
	Level   content.Level
	Day     *int // full days since the treatment; nil when not known
	Sources []string
	// Asks is what the bot wants to know next: when, setting, zone, strength, topic, consent …
	Asks string
	// Rules are the rules of triage that decided, for explanations.
	Rules []string
}
