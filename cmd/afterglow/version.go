package main

import (
	"fmt"
	"runtime/debug"

	"afterglow/content"
)

// version is set at build time: -ldflags "-X main.version=v1.2.3".
var version = "dev"

type versionCommand struct{}

func (versionCommand) Run(g *Globals) error {
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	fmt.Fprintf(g.out, "afterglow %s\ncommit %s\ncontent %s\n", version, commit(), library.Revision)
	return nil
}

// commit is the revision that the binary was built from, as the Go tool recorded it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "unknown", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = " (modified)"
			}
		}
	}
	return revision + dirty
}
