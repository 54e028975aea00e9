-- +goose Up

-- bot.Wishes as JSON: how the person wants to be reminded, and what holds their plan back.
ALTER TABLE people ADD COLUMN wishes TEXT NOT NULL DEFAULT '{}';

-- The last message that brought a promise to the person, and when. They stay when it is snoozed, so
-- that its buttons go on working.
ALTER TABLE reminders ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE reminders ADD COLUMN told_at INTEGER;
UPDATE reminders SET told = delivery, told_at = closed_at WHERE state IN ('sent', 'done') AND delivery <> '';
