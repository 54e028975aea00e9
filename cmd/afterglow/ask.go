package main

import (
	"fmt"
	"strings"
	"time"

	"afterglow/bot"
	"afterglow/content"
)

type askCommand struct {
	Day     *int     `help:"Full days since the treatment."`
	Setting string   `enum:"clinic,home," default:"" help:"clinic or home."`
	JSON    bool     `name:"json" help:"Print JSON. With - as the text: JSON Lines in, JSON Lines out."`
	Explain bool     `help:"Also print what was read and which rule decided."`
	Text    []string `arg:"" optional:"" help:"The question, or - to read JSON Lines from standard input."`
}

func (a *askCommand) Run(g *Globals) error {
	text := strings.TrimSpace(strings.Join(a.Text, " "))
	switch {
	case text == "":
		return usageError{fmt.Errorf("ask needs a question: afterglow ask 'still red, is that ok?'")}
	case a.Day != nil && *a.Day < 0:
		return usageError{fmt.Errorf("--day %d is before the treatment: give full days since it, 0 or more", *a.Day)}
	case text == "-" && !a.JSON:
		return usageError{fmt.Errorf("to read questions from standard input, add --json")}
	}
	core, err := g.core(nil)
	if err != nil {
		return err
	}
	if text == "-" {
		return answerLines(core, g.in, g.out)
	}
	talk := core.Converse()
	talk.Know(a.Day, content.Setting(a.Setting))
	if a.Explain {
		fmt.Fprintln(g.out, talk.Explain(text))
	}
	reply := talk.Say(text)
	if a.JSON {
		return writeLine(g.out, answerOf(nil, reply))
	}
	for _, m := range reply {
		fmt.Fprintln(g.out, plainText(m.Text))
	}
	return nil
}

// core builds the conversation core on the content that the flags name.
func (g *Globals) core(people bot.People) (*bot.Core, error) {
	library, err := content.Open(g.Overlay)
	if err != nil {
		return nil, usageError{fmt.Errorf("load content: %w", err)}
	}
	finder, err := content.BuiltinFinder()
	if err != nil {
		return nil, fmt.Errorf("load the topic finder: %w", err)
	}
	return bot.New(bot.Options{Library: library, Finder: finder, People: people, Now: time.Now}), nil
}

// plainText takes the emphasis marks out of a text.
func plainText(s string) string { return strings.ReplaceAll(s, "**", "") }
