//go:build race

package reminders_test

func init() { racing = true }
