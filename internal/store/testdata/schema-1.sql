-- A database of schema 1, the first one, as this program left it.
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
INSERT INTO migrations (version_id, is_applied, tstamp) VALUES (0, 1, '2026-03-01 12:00:00'), (1, 1, '2026-03-01 12:00:00');
INSERT INTO people VALUES ('telegram:1', 1772384400000, 'clinic', 'Europe/Berlin', 'glow', '{"topic":"redness","topics":["redness"],"level":"self-care","signs":[{"sign":"redness","strength":"severe"}],"at":"2026-03-01T18:00:00Z"}');
INSERT INTO treatments VALUES ('telegram:1', 0, 1767279600000, 0, 'home', NULL);
INSERT INTO treatments VALUES ('telegram:1', 1, 1772377200000, 1, 'clinic', 1772384400000);
INSERT INTO checkins VALUES ('telegram:1', 0, 1772388000000, 6, 3, 1, 'self-care');
INSERT INTO handled VALUES (1, 'telegram:1', '7', 4102444800000, '[{"Text":"Expected at this point.","More":"","Buttons":null,"File":null,"WantsNumber":false,"Answer":null}]');
INSERT INTO meta VALUES ('clock', '2026-03-02T00:00:00Z');
