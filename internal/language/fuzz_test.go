package language

import (
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzRead(f *testing.F) {
	for _, s := range []string{"still red, is that ok?", "no pus but 5d post", "day 3-4", "a couple of days ago", "\u202e\u200b", "3 1/2 weeks", "not not no pus", "at 3:75pm yesterday"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := Read(text, wednesday)
		if !utf8.ValidString(m.Clean) {
			t.Errorf("cleaned text is not valid UTF-8: %q", m.Clean)
		}
		if again := Clean(m.Clean); again != m.Clean {
			t.Errorf("cleaning is not stable: %q became %q", m.Clean, again)
		}
		if m.Elapsed != nil && (*m.Elapsed < 0 || *m.Elapsed > 400*24*time.Hour) {
			t.Errorf("a treatment %v ago", *m.Elapsed)
		}
		for _, x := range m.Mentions {
			if x.from < 0 || x.from >= len(m.Tokens) || x.to > len(m.Tokens) {
				t.Errorf("a mention outside of the message: %+v", x)
			}
		}
	})
}

func FuzzElapsed(f *testing.F) {
	for _, s := range []string{"5d post", "two and a half weeks", "99999999999 days ago", "day -1", "the day after day day 3rd", "1/2/3 days"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, now := range []time.Time{wednesday, {}, time.Date(2026, 3, 29, 1, 30, 0, 0, time.FixedZone("x", 5400))} {
			if m := Read("had microneedling "+text, now); m.Elapsed != nil && *m.Elapsed < 0 {
				t.Errorf("a treatment %v ago", *m.Elapsed)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const text = "hi so I had microneedling 3 days ago at a clinic and my face is still a bit red and itchy, no pus though, is that normal? and can i go to the gym tomorrow"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Read(text, wednesday)
	}
}
