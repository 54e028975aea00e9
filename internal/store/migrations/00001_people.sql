-- +goose Up

-- A released migration is never edited: a change of the schema is a new file.

CREATE TABLE people (
	chat       TEXT    NOT NULL PRIMARY KEY,
	consent_at INTEGER NOT NULL, -- no row without consent
	setting    TEXT    NOT NULL, -- clinic, home, or empty when not known
	zone       TEXT    NOT NULL, -- IANA name, or empty when not told
	clinic     TEXT    NOT NULL,
	talk       TEXT    NOT NULL  -- bot.Talk as JSON
) STRICT;

-- n counts a person's treatments from 0, oldest first. It stays when a treatment is corrected, so
-- that what hangs on a treatment can name it.
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

-- id grows in the order in which updates were handled.
CREATE TABLE handled (
	id         INTEGER NOT NULL PRIMARY KEY,
	chat       TEXT    NOT NULL REFERENCES people (chat) ON DELETE CASCADE,
	update_id  TEXT    NOT NULL,
	handled_at INTEGER NOT NULL,
	replies    TEXT    NOT NULL, -- []bot.Message as JSON
	UNIQUE (chat, update_id)
) STRICT;

CREATE INDEX handled_by_time ON handled (handled_at);

-- Nothing about a person belongs in here.
CREATE TABLE meta (
	key   TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
