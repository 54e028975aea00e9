// Package store keeps people: what they agreed to have remembered, their treatments, their
// check-ins, the memory of their conversation, which of their updates were handled, and what they
// were promised. It implements bot.People and reminders.Queue on one SQLite file.
//
// Two things to know before changing it. A turn is one transaction on the only connection that
// writes, so whatever runs inside it must not come back to the store. And erasing is a promise
// about the file and not only about rows: see erase.go.
//
// Instants are stored as milliseconds since 1970 in UTC and come back in UTC, so what is finer than
// a millisecond is lost. What is kept inside JSON (the conversation, the replies) is the exception:
// it is as exact as it was.
package store
