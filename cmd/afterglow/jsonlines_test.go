package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"afterglow/bot"
)

func testCore(t testing.TB) *bot.Core {
	t.Helper()
	core, err := (&Globals{}).core(nil)
	if err != nil {
		t.Fatal(err)
	}
	return core
}

// answers runs lines through `ask --json -` and decodes what comes out.
func answers(t *testing.T, lines ...string) ([]map[string]any, error) {
	t.Helper()
	var out bytes.Buffer
	err := answerLines(testCore(t), strings.NewReader(strings.Join(lines, "\n")), &out)
	var got []map[string]any
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("not JSON: %q: %v", line, err)
		}
		got = append(got, m)
	}
	return got, err
}

func TestJSONLinesAnswerInOrder(t *testing.T) {
	got, err := answers(t,
		`{"id":"a","text":"still red, is that ok?","day":2,"setting":"clinic"}`,
		`{"id":2,"text":"pus on my cheek","day":null,"setting":null,"chat":null}`,
		`{"text":"i cant breathe"}`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		id     any
		triage string
		topic  string
	}{{"a", "self-care", "redness"}, {2.0, "contact", "infection"}, {nil, "emergency", "breathing-emergency"}} {
		if got[i]["id"] != want.id || got[i]["triage"] != want.triage || got[i]["topic"] != want.topic {
			t.Errorf("line %d: %v", i, got[i])
		}
		for _, key := range []string{"id", "topic", "topics", "triage", "day", "text", "more", "sources", "asks"} {
			if _, ok := got[i][key]; !ok {
				t.Errorf("line %d has no %q", i, key)
			}
		}
	}
	if got[0]["day"] != 2.0 || got[1]["day"] != nil {
		t.Errorf("days %v and %v", got[0]["day"], got[1]["day"])
	}
}

func TestJSONLinesOfOneChatShareItsMemory(t *testing.T) {
	got, err := answers(t,
		`{"id":1,"text":"my face is red","chat":"x"}`,
		`{"id":2,"text":"my face is red","chat":"y","day":1}`,
		`{"id":3,"text":"6","chat":"x"}`)
	if err != nil {
		t.Fatal(err)
	}
	if got[0]["asks"] != "day" || got[2]["triage"] != "contact" {
		t.Errorf("the day of chat x was not carried: %v", got[2])
	}
	if got[1]["triage"] != "self-care" {
		t.Errorf("chat y heard of chat x: %v", got[1])
	}
}

func TestJSONLinesGoOnAfterABadLine(t *testing.T) {
	got, err := answers(t,
		`not json`, `[]`, `"text"`, `{"id":"x"}`, `{"id":"y","text":5}`, `{"id":"z","text":"hi","day":-1}`,
		`{"id":"q","text":"hi","day":"two"}`, `{"id":"w","text":"hi","setting":"spa"}`, `{"id":"r","text":"`+strings.Repeat("a", maxLine)+`"}`,
		``, `{"id":"good","text":"hi"}`)
	if !errors.Is(err, errCheckFailed) {
		t.Errorf("a bad line must end in a failed check, got %v", err)
	}
	if len(got) != 10 {
		t.Fatalf("%d lines out, want 10 (blank lines answer nothing)", len(got))
	}
	for i, m := range got[:9] {
		if m["error"] == nil || m["error"] == "" {
			t.Errorf("line %d gave no error: %v", i, m)
		}
	}
	for i, id := range []any{nil, nil, nil, "x", "y", "z", "q", "w"} {
		if got[i]["id"] != id {
			t.Errorf("line %d: id %v, want %v", i, got[i]["id"], id)
		}
	}
	if got[9]["id"] != "good" || got[9]["error"] != nil {
		t.Errorf("the line after the bad ones: %v", got[9])
	}
}

func FuzzJSONLines(f *testing.F) {
	for _, s := range []string{`{"id":1,"text":"red"}`, `{"id":{"a":[1]},"text":"5","chat":"c"}`, "{}", "null", `{"text":"\ud800"}`, "\xff\n{"} {
		f.Add(s)
	}
	core := testCore(f)
	f.Fuzz(func(t *testing.T, in string) {
		var out bytes.Buffer
		err := answerLines(core, strings.NewReader(in), &out)
		if err != nil && !errors.Is(err, errCheckFailed) {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
			if line != "" && !json.Valid([]byte(line)) {
				t.Errorf("not JSON: %q", line)
			}
		}
	})
}

func BenchmarkJSONLines(b *testing.B) {
	core := testCore(b)
	line := `{"id":"q","text":"hi so I had microneedling 3 days ago at a clinic and my face is still a bit red, no pus, is that normal?","day":3,"setting":"clinic"}` + "\n"
	for b.Loop() {
		var out bytes.Buffer
		if err := answerLines(core, strings.NewReader(line), &out); err != nil {
			b.Fatal(err)
		}
	}
}
