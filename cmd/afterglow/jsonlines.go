package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"afterglow/bot"
	"afterglow/content"
)

// question is one line of `ask --json -`.
type question struct {
	ID      json.RawMessage  `json:"id"`
	Text    *string          `json:"text"`
	Day     *int             `json:"day"`
	Setting *content.Setting `json:"setting"`
	Chat    *string          `json:"chat"`
}

// answerLine is one line of its output.
type answerLine struct {
	ID      json.RawMessage `json:"id"`
	Topic   string          `json:"topic"`
	Topics  []string        `json:"topics"`
	Triage  content.Level   `json:"triage"`
	Day     *int            `json:"day"`
	Text    string          `json:"text"`
	More    string          `json:"more"`
	Sources []string        `json:"sources"`
	Asks    string          `json:"asks"`
}

// errorLine stands in the place of a line that could not be answered.
type errorLine struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

const (
	maxLine  = 1 << 20 // bytes of one input line
	maxChats = 100000  // conversations held at once; the oldest is forgotten first
	maxDay   = 3650
)

// answerLines reads JSON Lines, answers each in its place and goes on after a bad one. The result is
// errCheckFailed when a line was bad.
func answerLines(core *bot.Core, in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 64<<10)
	w := bufio.NewWriterSize(out, 64<<10)
	chats := map[string]*bot.Conversation{}
	var order []string
	bad := false
	for {
		line, tooLong, err := readLine(r)
		if len(bytes.TrimSpace(line)) > 0 || tooLong {
			var result any
			q, problem := parseQuestion(line, tooLong)
			if problem != "" {
				bad = true
				result = errorLine{q.ID, problem}
			} else {
				talk := core.Converse()
				if q.Chat != nil {
					if known, ok := chats[*q.Chat]; ok {
						talk = known
					} else {
						if len(order) >= maxChats {
							delete(chats, order[0])
							order = order[1:]
						}
						chats[*q.Chat] = talk
						order = append(order, *q.Chat)
					}
				}
				setting := content.AnySetting
				if q.Setting != nil {
					setting = *q.Setting
				}
				talk.Know(q.Day, setting)
				result = answerOf(q.ID, talk.Say(*q.Text))
			}
			if werr := writeLine(w, result); werr != nil {
				return werr
			}
			if r.Buffered() == 0 {
				// Whoever writes a line at a time wants its answer at once.
				if werr := w.Flush(); werr != nil {
					return fmt.Errorf("write answers: %w", werr)
				}
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			w.Flush()
			return fmt.Errorf("read questions: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	if bad {
		return errCheckFailed
	}
	return nil
}

// readLine reads up to the next line end. A line beyond maxLine is read over and reported.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		chunk, err := r.ReadSlice('\n')
		if len(line)+len(chunk) > maxLine {
			tooLong = true
			line = line[:0]
		} else if !tooLong {
			line = append(line, chunk...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}

// parseQuestion reads one line strictly enough to name what is wrong with it.
func parseQuestion(line []byte, tooLong bool) (question, string) {
	none := question{ID: json.RawMessage("null")}
	if tooLong {
		return none, fmt.Sprintf("the line is longer than %d bytes: send shorter texts", maxLine)
	}
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		var id struct {
			ID json.RawMessage `json:"id"`
		}
		if json.Unmarshal(line, &id) == nil && id.ID != nil {
			none.ID = id.ID
		}
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) && kind.Field != "" {
			return none, fmt.Sprintf("%q is a %s, want %s", kind.Field, kind.Value, wanted[kind.Field])
		}
		if json.Valid(line) {
			return none, "not an object: send {\"id\": …, \"text\": …}"
		}
		return none, "not JSON: send one object a line"
	}
	if q.ID == nil {
		q.ID = json.RawMessage("null")
	}
	trimmed := bytes.TrimSpace(line)
	switch {
	case len(trimmed) == 0 || trimmed[0] != '{':
		return none, "not an object: send {\"id\": …, \"text\": …}"
	case q.Text == nil:
		return q, "\"text\" is missing"
	case q.Day != nil && (*q.Day < 0 || *q.Day > maxDay):
		return q, fmt.Sprintf("\"day\" is %d, want full days since the treatment, 0 to %d", *q.Day, maxDay)
	case q.Setting != nil && *q.Setting != content.Clinic && *q.Setting != content.Home && *q.Setting != content.AnySetting:
		return q, "\"setting\" is neither \"clinic\" nor \"home\" nor null"
	}
	return q, ""
}

var wanted = map[string]string{"text": "a string", "day": "a whole number or null", "setting": "\"clinic\", \"home\" or null", "chat": "a string or null"}

// answerOf puts the messages of one turn into one line.
func answerOf(id json.RawMessage, messages []bot.Message) answerLine {
	if id == nil {
		id = json.RawMessage("null")
	}
	a := answerLine{ID: id, Topics: []string{}, Sources: []string{}, Triage: content.Info}
	var texts, more []string
	for _, m := range messages {
		texts = append(texts, m.Text)
		if m.More != "" {
			more = append(more, m.More)
		}
		if m.Answer == nil {
			continue
		}
		if a.Topic == "" {
			a.Topic, a.Day = m.Answer.Topic, m.Answer.Day
			a.Triage = m.Answer.Level
		}
		a.Topics = append(a.Topics, m.Answer.Topics...)
		a.Sources = append(a.Sources, m.Answer.Sources...)
		if a.Asks == "" {
			a.Asks = m.Answer.Asks
		}
	}
	a.Text, a.More = strings.Join(texts, "\n\n"), strings.Join(more, "\n\n")
	return a
}

func writeLine(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}
