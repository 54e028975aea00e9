package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrationsTable is where goose writes down what it ran.
const migrationsTable = "migrations"

const (
	hasMigrations = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '` + migrationsTable + `'`
	lastMigration = `SELECT coalesce(max(version_id), 0) FROM ` + migrationsTable
)

func migrationFiles() fs.FS {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}

// migrate runs what the database has not seen yet, in order, each in a transaction.
func migrate(ctx context.Context, db *sql.DB) error {
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, migrationFiles(),
		goose.WithTableName(migrationsTable), goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// latestMigration is the schema that this program knows.
func latestMigration() (latest int64) {
	names, err := fs.Glob(migrationFiles(), "*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		if n, err := goose.NumericComponent(name); err == nil {
			latest = max(latest, n)
		}
	}
	return latest
}

// schemaVersion is the schema of a database; 0 before its first migration.
func schemaVersion(ctx context.Context, db *sql.DB) (version int64, err error) {
	var tables int
	if err := db.QueryRowContext(ctx, hasMigrations).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err = db.QueryRowContext(ctx, lastMigration).Scan(&version)
	return version, err
}

// refuseNewer gives an error when a newer version of this program has changed the schema.
func refuseNewer(ctx context.Context, db *sql.DB, path string) error {
	schema, err := schemaVersion(ctx, db)
	if err != nil {
		return err
	}
	if known := latestMigration(); schema > known {
		return &Error{Reason: Newer, Path: path, Schema: schema, Known: known}
	}
	return nil
}
