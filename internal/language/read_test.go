package language

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// wednesday is when the messages of these tests are written.
var wednesday = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

// signsOf reads a message and writes its signs as 'redness', '-pus' (negated), '?bleeding' (asked),
// '~bumps' (gone), '<pus' (an earlier time), in order.
func signsOf(text string) string {
	var out []string
	for _, m := range Read(text, wednesday).Mentions {
		mark := map[Status]string{Present: "", Negated: "-", Asked: "?", Gone: "~", Past: "<"}[m.Status]
		out = append(out, mark+string(m.Sign))
	}
	return strings.Join(out, " ")
}

func TestSigns(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"my face is red", "redness"},
		{"a bit red, no pus, no pain", "redness -pus -pain"},
		{"no pus, pain or swelling", "-pus -pain -swelling"},
		{"no pus but the redness is spreading", "-pus redness"},
		{"hives", "hives"},
		{"pus?", "pus"},
		{"what do I do if I get pus?", "?pus"},
		{"can it bleed?", "?bleeding"},
		{"how long does redness last", "?redness"},
		{"is my swelling normal?", "swelling"},
		{"last time I had pus", "<pus"},
		{"last time I had pus, this time just pink cheeks", "<pus redness"},
		{"had two spots on my chin. gone.", "~pimples"},
		{"the bumps went and came back", "bumps"},
		{"my sister has hives", "hives"},
		{"should i pull the flakes off. theyre hanging off my chin", "peeling"},
		{"sting? nah.", "-burning"},
		{"not very red, just my cheeks", "redness"},
		{"the red hasn't gone from my face", "redness"},
		{"my lips are swelling", "mouth-swelling"},
		{"throats kinda closing", "throat"},
		{"No, the bruise has not cleared.", "bruising"},
		{"my dog has a rash", ""},
		{"my ankles are puffy, my face is fine", ""},
		{"red wine tonight?", ""},
		{"my scars look deeper than before", "worse-condition"},
		{"will my scars get darker", "?worse-condition"},
		{"i have pimples, do i cancel my appointment", "?pimples"},
	} {
		if got := signsOf(c.text); got != c.want {
			t.Errorf("%q: read %q, want %q", c.text, got, c.want)
		}
	}
}

func TestStrengthAndTrend(t *testing.T) {
	for _, c := range []struct {
		text     string
		strength Strength
		trend    Trend
	}{
		{"my face itches", Unstated, NoTrend},
		{"it itches a bit", Mild, NoTrend},
		{"the itching is unbearable", Severe, NoTrend},
		{"so itchy i cant sleep", Severe, NoTrend},
		{"not too itchy", Mild, NoTrend},
		{"my face burns and i cant take it", Severe, NoTrend},
		{"the redness is getting worse", Unstated, Worse},
		{"my face is red. it is getting worse", Unstated, Worse},
		{"the redness isnt getting worse", Unstated, Same},
		{"redness is spreading", Unstated, Spreading},
		{"the swelling went and came back", Unstated, Returned},
		{"my swelling is going down", Unstated, Better},
		{"call if the redness gets worse? my face is red", Unstated, NoTrend},
	} {
		m := Read(c.text, wednesday)
		i := len(m.Mentions) - 1
		if i < 0 {
			t.Errorf("%q: no sign was read", c.text)
			continue
		}
		if got := m.Mentions[i]; got.Strength != c.strength || got.Trend != c.trend {
			t.Errorf("%q: strength %d trend %d, want %d and %d (%v)", c.text, got.Strength, got.Trend, c.strength, c.trend, got.Because)
		}
	}
}

func TestElapsed(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"day 5", "120h"},
		{"5d post", "120h"},
		{"d5, still pink", "120h"},
		{"a week on and my face is red", "168h"},
		{"72 hours after needling", "72h"},
		{"seventy hours. red plus puffy. still.", "70h"},
		{"red since yesterday", "24h"},
		{"sixth day today", "144h"},
		{"two weeks later my face is peeling", "336h"},
		{"had microneedling yesterday", "24h"},
		{"had microneedling yesterday at 3pm", "23h"},
		{"i rolled this morning at 9", "5h"},
		{"needling was weds, red face", "168h"},
		{"my session was monday", "48h"},
		{"did it an hr ago", "1h"},
		{"it's been a couple of days since my treatment", "48h"},
		{"three and a half days post", "84h"},
		{"just had my first session", "0s"},
		{"oops typo!! 2 days, not 12", "48h"},
		{"a fortnight ago", "336h"},
		{"can I go to the gym in 3 days", ""},
		{"my face is red today", ""},
		{"how many days do I wait", ""},
		{"every 2 weeks", ""},
		{"I wait 2 days before the gym", ""},
	} {
		got := ""
		if m := Read(c.text, wednesday); m.Elapsed != nil {
			got = m.Elapsed.String()
		}
		want := c.want
		if want != "" {
			d, err := time.ParseDuration(want)
			if err != nil {
				t.Fatal(err)
			}
			want = d.String()
		}
		if got != want {
			t.Errorf("%q: %q ago, want %q", c.text, got, want)
		}
	}
}

func TestSpelling(t *testing.T) {
	for text, want := range map[string]SignID{
		"my face is sweling":       Swelling,
		"extreem burnning":         Burning,
		"i have a feaver":          Fever,
		"brusing on my jaw":        Bruising,
		"my skin is itchinng":      Itching,
		"BURRRNING cheeks":         Burning,
		"my face is s\u200bwollen": Swelling, // a zero-width space inside the word
	} {
		if !Read(text, wednesday).Has(want) {
			t.Errorf("%q: %s was not read", text, want)
		}
	}
	// Everyday words that lie close to a sign stay what they are.
	for _, text := range []string{"painting the ceiling", "keep saying that", "pushing it", "palpation of the jaw", "planning a trip", "faster is better"} {
		for _, m := range Read(text, wednesday).Mentions {
			t.Errorf("%q: %s was read", text, m.Sign)
		}
	}
}

func TestShape(t *testing.T) {
	for text, want := range map[string]Shape{
		"can i wear makeup?":               When,
		"why no makeup?":                   Why,
		"how long does it last":            HowLong,
		"how many sessions do i need":      HowMany,
		"which cleanser":                   Which,
		"what kind of spf":                 Which,
		"how do i know it is infected":     Signs,
		"what if i skip it":                WhatIf,
		"i already put vitamin c on":       Done,
		"what is microneedling":            What,
		"my face is red":                   Statement,
		"how should i wash my face?":       How,
		"accidentally went for a run oops": Done,
	} {
		if got := Read(text, wednesday).Shape; got != want {
			t.Errorf("%q: shape %q, want %q", text, got, want)
		}
	}
}

func TestHostileText(t *testing.T) {
	for _, text := range []string{
		"", " ", "\x00", "\xff\xfe", strings.Repeat("a", 200_000), strings.Repeat("red ", 50_000),
		strings.Repeat("no ", 20_000) + "pus", "\u202e\u202d\u200b", "<script>alert(1)</script> red face", "@everyone pus",
		strings.Repeat("🔥", 5000), strings.Repeat("1 day ", 10_000), strings.Repeat("?", 100_000),
	} {
		m := Read(text, wednesday)
		if len(m.Clean) > MaxBytes+2 {
			t.Errorf("%.20q: %d bytes were read", text, len(m.Clean))
		}
	}
	// What frightens people stands at the end of a long text.
	if m := Read(strings.Repeat("blah ", 40_000)+" my throat is closing", wednesday); !m.Has(Throat) {
		t.Error("the end of a long text was not read")
	}
}

func ExampleRead() {
	m := Read("no pus, but the redness is spreading, day 3", time.Now())
	for _, s := range m.Mentions {
		fmt.Println(s.Sign, s.Status == Present)
	}
	fmt.Println(m.Elapsed)
	// Output:
	// pus false
	// redness true
	// 72h0m0s
}
