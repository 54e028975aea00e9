package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"afterglow/internal/classify"
	"afterglow/internal/scorecard"
)

type contentEval struct {
	Phrasings string   `placeholder:"TRAIN.jsonl" help:"Measure the topic finder alone, trained on this set of {text, topics} lines."`
	Show      int      `help:"Show up to so many failures of each kind."`
	Kinds     []string `help:"Show only these kinds of failures."`
	Files     []string `arg:"" help:"Files of labelled messages (JSON Lines)."`
}

func (c *contentEval) Run(g *Globals) error {
	if c.Phrasings != "" {
		return c.phrasings(g)
	}
	core, err := g.core(nil)
	if err != nil {
		return err
	}
	var total scorecard.Score
	for _, name := range c.Files {
		f, err := os.Open(name)
		if err != nil {
			return usageError{fmt.Errorf("open labelled messages: %w", err)}
		}
		score, err := scorecard.File(core, f)
		f.Close()
		if err != nil {
			return usageError{fmt.Errorf("%s: %w", name, err)}
		}
		fmt.Fprintf(g.out, "%s: %d messages\n%s", filepath.Base(name), score.Messages, score)
		total.Add(score)
	}
	if len(c.Files) > 1 {
		fmt.Fprintf(g.out, "all: %d messages\n%s", total.Messages, &total)
	}
	c.show(g, total.Failures)
	if total.EmergencyOK < total.Emergencies {
		return errCheckFailed
	}
	return nil
}

func (c *contentEval) show(g *Globals, failures []scorecard.Failure) {
	shown := map[scorecard.Kind]int{}
	for _, f := range failures {
		if shown[f.Kind] >= c.Show || len(c.Kinds) > 0 && !slices.Contains(c.Kinds, string(f.Kind)) {
			continue
		}
		shown[f.Kind]++
		day := "-"
		if f.Day != nil {
			day = fmt.Sprint(*f.Day)
		}
		answer := strings.ReplaceAll(f.Answer, "\n", " / ")
		fmt.Fprintf(g.out, "[%s] %s day %s %s: %q\n    want %s, got %s: %.160s\n", f.Kind, f.ID, day, f.Setting, f.Text, f.Want, f.Got, answer)
	}
}

type labelled struct {
	Text   string   `json:"text"`
	Topics []string `json:"topics"`
}

// phrasings measures the topic finder's engine alone on other people's data.
func (c *contentEval) phrasings(g *Globals) error {
	train, err := readLabelled(c.Phrasings)
	if err != nil {
		return usageError{err}
	}
	var examples []classify.Example
	for _, l := range train {
		if len(l.Topics) > 0 {
			examples = append(examples, classify.Example{Input: classify.Input{Words: classify.Words(l.Text)}, Class: l.Topics[0]})
		}
	}
	if len(examples) == 0 {
		return usageError{fmt.Errorf("%s holds no labelled lines", c.Phrasings)}
	}
	model := classify.Train(examples, classify.Options{})
	for _, name := range c.Files {
		test, err := readLabelled(name)
		if err != nil {
			return usageError{err}
		}
		right := 0
		begin := time.Now()
		for _, l := range test {
			if slices.Contains(l.Topics, model.Topic(classify.Input{Words: classify.Words(l.Text)})) {
				right++
			}
		}
		took := time.Since(begin).Seconds()
		fmt.Fprintf(g.out, "%s %d/%d %.0f sentences/s\n", filepath.Base(name), right, len(test), float64(len(test))/max(took, 1e-9))
	}
	return nil
}

func readLabelled(name string) ([]labelled, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open labelled lines: %w", err)
	}
	defer f.Close()
	var out []labelled
	r := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var l labelled
			if jsonErr := json.Unmarshal(line, &l); jsonErr != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, jsonErr)
			}
			out = append(out, l)
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
}
