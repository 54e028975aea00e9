package main

import (
	"context"
	"errors"
	"fmt"
)

type dbCommand struct {
	Backup dbBackup `cmd:"" help:"Write a copy of the database while it is in use."`
	Check  dbCheck  `cmd:"" help:"Check the integrity of the database."`
}

type dbBackup struct {
	File string `arg:"" help:"Where to write the copy; must not exist yet."`
}

func (c *dbBackup) Run(ctx context.Context, g *Globals) (err error) {
	db, err := g.inspectStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Backup(ctx, c.File); err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	fmt.Fprintln(g.out, "backed up to", c.File)
	return nil
}

type dbCheck struct{}

func (dbCheck) Run(ctx context.Context, g *Globals) (err error) {
	db, err := g.inspectStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Check(ctx); err != nil {
		return fmt.Errorf("check the database: %w", err)
	}
	fmt.Fprintln(g.out, "the database is sound")
	return nil
}
