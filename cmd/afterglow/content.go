package main

import (
	"errors"
	"fmt"
	"strings"

	"afterglow/content"
)

type contentCommand struct {
	Check contentCheck `cmd:"" help:"Validate the content store; every fault as file:line: what is wrong."`
	List  contentList  `cmd:"" help:"List the topics."`
	Show  contentShow  `cmd:"" help:"Show everything on one topic."`
	Eval  contentEval  `cmd:"" help:"Measure the answers against labelled questions."`
}

type contentCheck struct {
	Dir string `arg:"" optional:"" help:"An overlay folder; the built-in content is checked when left out."`
}

func (c *contentCheck) Run(g *Globals) error {
	dir := c.Dir
	if dir == "" {
		dir = g.Overlay
	}
	library, err := content.Open(dir)
	var faults content.FaultError
	switch {
	case errors.As(err, &faults):
	case err != nil:
		return usageError{err}
	default:
		faults = append(library.Check(), library.CheckPhrasings(content.BuiltinPhrasings())...)
	}
	for _, f := range faults {
		fmt.Fprintln(g.out, f)
	}
	if len(faults) > 0 {
		return errCheckFailed
	}
	fmt.Fprintf(g.out, "content %s is sound: %d guides, %d claims, %d topics, %d windows\n",
		library.Revision, len(library.Guides), library.ClaimCount(), len(library.Topics), len(library.Windows))
	return nil
}

type contentList struct{}

func (contentList) Run(g *Globals) error {
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	for _, t := range library.Topics {
		fmt.Fprintf(g.out, "%-24s %-12s %s\n", t.ID, t.Group, t.Title)
	}
	return nil
}

type contentShow struct {
	Topic string `arg:"" help:"The topic's id."`
}

func (c *contentShow) Run(g *Globals) error {
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	t := library.Topic(c.Topic)
	if t == nil {
		return usageError{fmt.Errorf("no topic %q: see afterglow content list", c.Topic)}
	}
	fmt.Fprintf(g.out, "%s (%s, %s)\n", t.Title, t.ID, t.Group)
	if len(t.Names) > 0 {
		fmt.Fprintf(g.out, "names: %s\n", strings.Join(t.Names, ", "))
	}
	if t.Differ != "" {
		fmt.Fprintf(g.out, "guides differ: %s\n", t.Differ)
	}
	fmt.Fprintln(g.out, "\nanswers:")
	for _, a := range t.Answers {
		fmt.Fprintf(g.out, "  %s\n    %s\n", a.For.String(), a.Text)
	}
	fmt.Fprintln(g.out, "\nclaims:")
	for _, claim := range library.ClaimsOf(t) {
		fmt.Fprintf(g.out, "  %-40s %s\n", claim.Ref(), claim.Says)
	}
	return nil
}
