// Package scorecard measures the answers of the bot against labelled messages: how many red flags
// were recognised, how many calm messages were sent to the clinic without need, how often level,
// topic and facts were right.
package scorecard

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"afterglow/bot"
	"afterglow/content"
)

// Expectation is what a right answer must satisfy. What is left out does not matter.
type Expectation struct {
	Topics  []string        `json:"topics"` // the answer's topic must be one of these
	Triage  []content.Level `json:"triage"` // and its level one of these
	Must    []string        `json:"must"`   // regular expressions that text and more together match
	MustNot []string        `json:"must_not"`
	Tags    []string        `json:"tags"`
}

// Item is one line of a file of labelled messages: a single message, or a dialogue in turns.
type Item struct {
	ID      string          `json:"id"`
	Text    string          `json:"text"`
	Day     *int            `json:"day"`
	Setting content.Setting `json:"setting"`
	Expectation
	StartDay *int   `json:"start_day"`
	Turns    []Turn `json:"turns"`
}

// Turn is one message of a dialogue.
type Turn struct {
	Text   string      `json:"text"`
	Expect Expectation `json:"expect"`
}

// Kind is a kind of failure.
type Kind string

// The kinds of failures, the worst first.
const (
	MissedEmergency Kind = "missed-emergency"
	MissedRed       Kind = "missed-red"
	OverTriage      Kind = "over-triage"
	WrongLevel      Kind = "level"
	WrongTopic      Kind = "topic"
	MissingFact     Kind = "must"
	Forbidden       Kind = "must-not"
)

// Failure is one answer that did not satisfy its expectation.
type Failure struct {
	Kind     Kind
	ID, Text string
	Day      *int
	Setting  content.Setting
	Want     string
	Got      string
	Answer   string
	Tags     []string
}

// Score counts how the answers did. Every pair is right answers of so many.
type Score struct {
	Messages                 int
	TopicOK, Topics          int
	LevelOK, Levels          int
	RedOK, Red               int
	EmergencyOK, Emergencies int
	Over, Calm               int
	FactsOK, Facts           int
	FactsAtOnce              int
	OffTopicOK, OffTopic     int
	WronglyRefused, InScope  int
	ForbiddenSaid            int
	DialoguesOK, Dialogues   int
	Failures                 []Failure
}

var rank = map[content.Level]int{content.Info: 0, content.SelfCare: 1, content.Contact: 2, content.Emergency: 3}

// File scores one file of JSON Lines.
func File(core *bot.Core, r io.Reader) (*Score, error) {
	s := &Score{}
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			var item Item
			if jsonErr := json.Unmarshal([]byte(line), &item); jsonErr != nil {
				return nil, fmt.Errorf("line %d: %w", n, jsonErr)
			}
			if itemErr := s.item(core, item); itemErr != nil {
				return nil, fmt.Errorf("line %d: %w", n, itemErr)
			}
		}
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read labelled messages: %w", err)
		}
	}
}

func (s *Score) item(core *bot.Core, item Item) error {
	talk := core.Converse()
	if len(item.Turns) == 0 {
		talk.Know(item.Day, item.Setting)
		_, err := s.judge(item, item.Expectation, talk.Say(item.Text))
		return err
	}
	talk.Know(item.StartDay, item.Setting)
	s.Dialogues++
	good := true
	for i, t := range item.Turns {
		one := Item{ID: fmt.Sprintf("%s/%d", item.ID, i), Text: t.Text, Day: item.StartDay, Setting: item.Setting}
		ok, err := s.judge(one, t.Expect, talk.Say(t.Text))
		if err != nil {
			return err
		}
		good = good && ok
	}
	if good {
		s.DialoguesOK++
	}
	return nil
}

// judge holds one answer against its expectation and tells whether it satisfied it.
func (s *Score) judge(item Item, want Expectation, messages []bot.Message) (bool, error) {
	s.Messages++
	topic, level := "", content.Info
	var texts, more []string
	for _, m := range messages {
		texts, more = append(texts, m.Text), append(more, m.More)
		if m.Answer != nil && topic == "" {
			topic, level = m.Answer.Topic, m.Answer.Level
		}
	}
	at := strings.Join(texts, "\n")
	all := at + "\n" + strings.Join(more, "\n")
	ok := true
	fail := func(kind Kind, wanted, got string) {
		ok = false
		s.Failures = append(s.Failures, Failure{Kind: kind, ID: item.ID, Text: item.Text, Day: item.Day, Setting: item.Setting,
			Want: wanted, Got: got, Answer: at, Tags: want.Tags})
	}
	off := []string{content.OutOfScope, content.SmallTalk, content.NotCovered}
	if len(want.Topics) > 0 {
		s.Topics++
		right := slices.Contains(want.Topics, topic)
		if right {
			s.TopicOK++
		} else {
			fail(WrongTopic, strings.Join(want.Topics, " or "), topic)
		}
		if slices.Contains(off, want.Topics[0]) {
			s.OffTopic++
			if right {
				s.OffTopicOK++
			}
		} else if !slices.ContainsFunc(want.Topics, func(t string) bool { return slices.Contains(off, t) }) {
			s.InScope++
			if slices.Contains(off, topic) {
				s.WronglyRefused++
			}
		}
	}
	if len(want.Triage) > 0 {
		s.Levels++
		least, most := 3, 0
		for _, l := range want.Triage {
			r, known := rank[l]
			if !known {
				return false, fmt.Errorf("unknown level %q", l)
			}
			least, most = min(least, r), max(most, r)
		}
		got := rank[level]
		wanted := fmt.Sprint(want.Triage)
		if slices.Contains(want.Triage, level) {
			s.LevelOK++
		} else {
			fail(WrongLevel, wanted, string(level))
		}
		if least >= 2 {
			s.Red++
			if got >= 2 {
				s.RedOK++
			} else {
				fail(MissedRed, wanted, string(level))
			}
		}
		if least >= 3 {
			s.Emergencies++
			if got >= 3 {
				s.EmergencyOK++
			} else {
				fail(MissedEmergency, wanted, string(level))
			}
		}
		if most < 2 {
			s.Calm++
			if got >= 2 {
				s.Over++
				fail(OverTriage, wanted, string(level))
			}
		}
	}
	if len(want.Must) > 0 {
		s.Facts++
		missing := ""
		first := true
		for _, p := range want.Must {
			re, err := regexp.Compile(p)
			if err != nil {
				return false, fmt.Errorf("must: %w", err)
			}
			if !re.MatchString(all) && missing == "" {
				missing = p
			}
			first = first && re.MatchString(at)
		}
		if missing == "" {
			s.FactsOK++
			if first {
				s.FactsAtOnce++
			}
		} else {
			fail(MissingFact, missing, topic)
		}
	}
	for _, p := range want.MustNot {
		re, err := regexp.Compile(p)
		if err != nil {
			return false, fmt.Errorf("must_not: %w", err)
		}
		if re.MatchString(all) {
			s.ForbiddenSaid++
			fail(Forbidden, p, topic)
			break
		}
	}
	return ok, nil
}

// Add puts another score's counts to this one.
func (s *Score) Add(o *Score) {
	s.Messages += o.Messages
	s.TopicOK, s.Topics = s.TopicOK+o.TopicOK, s.Topics+o.Topics
	s.LevelOK, s.Levels = s.LevelOK+o.LevelOK, s.Levels+o.Levels
	s.RedOK, s.Red = s.RedOK+o.RedOK, s.Red+o.Red
	s.EmergencyOK, s.Emergencies = s.EmergencyOK+o.EmergencyOK, s.Emergencies+o.Emergencies
	s.Over, s.Calm = s.Over+o.Over, s.Calm+o.Calm
	s.FactsOK, s.Facts, s.FactsAtOnce = s.FactsOK+o.FactsOK, s.Facts+o.Facts, s.FactsAtOnce+o.FactsAtOnce
	s.OffTopicOK, s.OffTopic = s.OffTopicOK+o.OffTopicOK, s.OffTopic+o.OffTopic
	s.WronglyRefused, s.InScope = s.WronglyRefused+o.WronglyRefused, s.InScope+o.InScope
	s.ForbiddenSaid += o.ForbiddenSaid
	s.DialoguesOK, s.Dialogues = s.DialoguesOK+o.DialoguesOK, s.Dialogues+o.Dialogues
	s.Failures = append(s.Failures, o.Failures...)
}

// String is the scorecard in a few lines.
func (s *Score) String() string {
	var b strings.Builder
	row := func(name string, good, all int) {
		if all == 0 {
			return
		}
		fmt.Fprintf(&b, "  %-34s %6.2f %%  (%d/%d)\n", name, 100*float64(good)/float64(all), good, all)
	}
	row("emergencies recognised", s.EmergencyOK, s.Emergencies)
	row("red flags recognised", s.RedOK, s.Red)
	row("calm sent to the clinic", s.Over, s.Calm)
	row("exact level", s.LevelOK, s.Levels)
	row("right topic", s.TopicOK, s.Topics)
	row("off-topic recognised", s.OffTopicOK, s.OffTopic)
	row("in scope but refused", s.WronglyRefused, s.InScope)
	row("facts conveyed", s.FactsOK, s.Facts)
	row("facts conveyed at once", s.FactsAtOnce, s.Facts)
	row("dialogues carried", s.DialoguesOK, s.Dialogues)
	if s.ForbiddenSaid > 0 {
		fmt.Fprintf(&b, "  %-34s %d\n", "answers with forbidden words", s.ForbiddenSaid)
	}
	return b.String()
}
