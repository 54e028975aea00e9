// Package storetest is what any store of people has to do, as tests: one suite for SQLite, for
// PostgreSQL, and for a fake that is to be trusted.
package storetest
