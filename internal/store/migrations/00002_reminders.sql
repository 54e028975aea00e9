-- +goose Up

-- What the reminders of a chat have in common. A row comes with the first plan.
CREATE TABLE reminder_chats (
	chat          TEXT    NOT NULL PRIMARY KEY REFERENCES people (chat) ON DELETE CASCADE,
	zone          TEXT    NOT NULL, -- IANA name, or empty for UTC
	quiet_from    INTEGER NOT NULL, -- minutes after midnight; equal: no quiet hours
	quiet_to      INTEGER NOT NULL,
	parked_at     INTEGER,          -- NULL: the chat can be reached
	parked_reason TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- A promise, see reminders.Row. An id is never given again, so that a late outcome cannot meet
-- another row.
CREATE TABLE reminders (
	id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	chat        TEXT    NOT NULL REFERENCES reminder_chats (chat) ON DELETE CASCADE,
	key         TEXT    NOT NULL,
	treatment   TEXT    NOT NULL,
	kind        TEXT    NOT NULL,
	topic       TEXT    NOT NULL,
	text        TEXT    NOT NULL,
	due_at      INTEGER NOT NULL,
	expires_at  INTEGER,          -- NULL: never
	next_at     INTEGER NOT NULL,
	state       TEXT    NOT NULL,
	attempt     INTEGER NOT NULL,
	delivery    TEXT    NOT NULL, -- of the message it went out with, or empty
	round       INTEGER NOT NULL,
	doubt       INTEGER NOT NULL, -- 1: an earlier attempt may have arrived
	snoozed     INTEGER NOT NULL, -- 1: the person chose the instant
	dropped     INTEGER NOT NULL, -- 1: taken back while it was being sent
	reason      TEXT    NOT NULL,
	lease_by    TEXT,             -- who has it in hand
	lease_until INTEGER,
	closed_at   INTEGER,          -- NULL: open
	UNIQUE (chat, key)
) STRICT;

-- What is not due, not pending or not in hand is in none of the first two, so that looking for work
-- costs the same however many rows there are.
CREATE INDEX reminders_due ON reminders (next_at) WHERE state = 'pending';
CREATE INDEX reminders_in_hand ON reminders (lease_by) WHERE lease_by IS NOT NULL;
CREATE INDEX reminders_closed ON reminders (closed_at) WHERE closed_at IS NOT NULL;
