-- +goose Up

-- bot.Wishes as JSON: how the person wants to be reminded, and what holds their plan back.
ALTER TABLE people ADD COLUMN wishes TEXT NOT NULL DEFAULT '{}';
