-- A database of schema 2, as this program left it.
PRAGMA application_id = 0x41474C57;
CREATE TABLE migrations (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE people (
	chat       TEXT    NOT NULL PRIMARY KEY,
	consent_at INTEGER NOT NULL, -- no row without consent
	setting    TEXT    NOT NULL, -- clinic, home, or empty when not known
	zone       TEXT    NOT NULL, -- IANA name, or empty when not told
	clinic     TEXT    NOT NULL,
	talk       TEXT    NOT NULL  -- bot.Talk as JSON
) STRICT;
CREATE TABLE treatments (
	chat      TEXT    NOT NULL REFERENCES people (chat) ON DELETE CASCADE,
	n         INTEGER NOT NULL,
	at        INTEGER NOT NULL,
	exact     INTEGER NOT NULL, -- 1: the hour is known, 0: only the day
	setting   TEXT    NOT NULL,
	logged_at INTEGER,
	PRIMARY KEY (chat, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkins (
	chat     TEXT    NOT NULL REFERENCES people (chat) ON DELETE CASCADE,
	n        INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	redness  INTEGER NOT NULL,
	swelling INTEGER NOT NULL,
	pain     INTEGER NOT NULL,
	level    TEXT    NOT NULL,
	PRIMARY KEY (chat, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE handled (
	id         INTEGER NOT NULL PRIMARY KEY,
	chat       TEXT    NOT NULL REFERENCES people (chat) ON DELETE CASCADE,
	update_id  TEXT    NOT NULL,
	handled_at INTEGER NOT NULL,
	replies    TEXT    NOT NULL, -- []bot.Message as JSON
	UNIQUE (chat, update_id)
) STRICT;
CREATE INDEX handled_by_time ON handled (handled_at);
CREATE TABLE meta (
	key   TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
INSERT INTO migrations (version_id, is_applied, tstamp) VALUES (0, 1, '2026-03-01 12:00:00'), (1, 1, '2026-03-01 12:00:00'), (2, 1, '2026-03-01 12:00:00');
INSERT INTO people VALUES ('telegram:1', 1772384400000, 'clinic', 'Europe/Berlin', 'glow', '{"topic":"redness","topics":["redness"],"level":"self-care","signs":[{"sign":"redness","strength":"severe"}],"at":"2026-03-01T18:00:00Z"}');
INSERT INTO treatments VALUES ('telegram:1', 0, 1767279600000, 0, 'home', NULL);
INSERT INTO treatments VALUES ('telegram:1', 1, 1772377200000, 1, 'clinic', 1772384400000);
INSERT INTO checkins VALUES ('telegram:1', 0, 1772388000000, 6, 3, 1, 'self-care');
INSERT INTO handled VALUES (1, 'telegram:1', '7', 4102444800000, '[{"Text":"Expected at this point.","More":"","Buttons":null,"File":null,"WantsNumber":false,"Answer":null}]');
INSERT INTO meta VALUES ('clock', '2026-03-02T00:00:00Z');
INSERT INTO reminder_chats VALUES ('telegram:1', 'Europe/Berlin', 1290, 480, NULL, '');
INSERT INTO reminders VALUES (1, 'telegram:1', 'aaaaaaaaaaaaaaaa', '1', 'spf', 'sunscreen', 'SPF 30 or more.', 1772434800000, 1772478000000, 1772434800000, 'sent', 0, 'aaaaaaaaaaaaaaaa.0', 0, 0, 0, 0, '', NULL, NULL, 1772434800500);
INSERT INTO reminders VALUES (2, 'telegram:1', 'bbbbbbbbbbbbbbbb', '1', 'spf', 'sunscreen', 'SPF 30 or more.', 1772521200000, 1772564400000, 1772521200000, 'pending', 0, '', 0, 0, 0, 0, '', NULL, NULL, NULL);
