package triage

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"afterglow/internal/language"
)

var writtenAt = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

// judgeText reads and judges a message on a day; a negative day is not known.
func judgeText(text string, day int) Verdict {
	m := language.Read(text, writtenAt)
	var hours *float64
	switch {
	case m.Elapsed != nil:
		h := m.Elapsed.Hours()
		hours = &h
	case day >= 0:
		h := float64(24 * day)
		hours = &h
	}
	return Judge(Report{Mentions: m.Mentions, Hours: hours})
}

// TestPolicy holds the judgements against the triage policy, line by line.
func TestPolicy(t *testing.T) {
	const unknown = -1
	for _, c := range []struct {
		text string
		day  int
		want Level
	}{
		// redness
		{"my face is red", 0, SelfCare},
		{"my face is red and it is still getting redder", 0, SelfCare},
		{"my face is red", 3, SelfCare},
		{"my face is red", 5, Contact},
		{"the redness is getting worse", 1, Contact},
		{"the redness is spreading", 2, Contact},
		{"the redness went and came back", 2, Contact},
		{"red face and my cheeks are very painful", 2, Contact},
		{"red face with slight swelling", 2, SelfCare},
		{"red face and pus", 2, Contact},
		{"my face is red", unknown, SelfCare},
		{"my face is still red, it has been 9 days", unknown, Contact},
		// swelling
		{"a bit puffy", 2, SelfCare},
		{"my cheeks are swollen", 3, SelfCare},
		{"my cheeks are swollen", 5, Contact},
		{"excessive swelling of my face", 0, Contact},
		{"the swelling is growing", 0, Contact},
		// warmth
		{"my skin feels hot", 2, SelfCare},
		{"my skin feels hot", 4, Contact},
		// tightness, dryness, peeling, tingling, sensitivity
		{"my skin is so dry and peeling", 14, SelfCare},
		{"my skin is peeling", 15, Contact},
		{"my face is tingling", 15, Contact},
		// pain
		{"my face is a bit sore", 3, SelfCare},
		{"my face is a bit sore", 4, Contact},
		{"my face hurts", 2, SelfCare},
		{"my face hurts", 3, Contact},
		{"the pain in my face is severe", 0, Contact},
		// itching and burning
		{"my face itches", 10, SelfCare},
		{"my face itches unbearably", 1, Contact},
		{"extreme burning on my cheeks", 0, Contact},
		// bruising
		{"i have a bruise under my eye", 4, SelfCare},
		{"i have a bruise under my eye", 5, Contact},
		// bleeding
		{"a few pinpoint spots of blood on my cheek, stopped now", 0, SelfCare},
		{"my cheek is still bleeding", 0, Contact},
		{"my cheek is bleeding a little", 2, Contact},
		{"my face is bleeding heavily", 0, Contact},
		// always
		{"pimples on my chin", 2, Contact}, {"pustules", 1, Contact}, {"small bumps on my forehead", 3, Contact},
		{"a rash on my neck", 1, Contact}, {"hives", 0, Contact}, {"tiny bit of pus", 1, Contact}, {"my cheek is oozing", 2, Contact},
		{"a yellow crust by my nose", 4, Contact}, {"my face smells bad", 2, Contact}, {"blisters on my cheek", 1, Contact},
		{"i have a fever", 2, Contact}, {"red streaks down my neck", 2, Contact}, {"my scars look worse", 10, Contact},
		{"new dark marks on my cheek", 10, Contact}, {"a cold sore on my lip", 3, Contact}, {"my cheek is numb", 3, Contact},
		{"scabs on my cheek", 3, Contact}, {"i think i have an allergic reaction", 0, Contact},
		{"something seems wrong with my skin", 3, Contact},
		// emergencies
		{"i cant breathe", 0, Emergency}, {"trouble swallowing", 1, Emergency}, {"my throat is tight", 0, Emergency},
		{"my lips are swelling up", 0, Emergency}, {"my tongue feels thick", 0, Emergency}, {"i fainted", 0, Emergency},
		{"i am about to faint", 0, Emergency}, {"rash and blurred vision", 0, Emergency}, {"my voice went hoarse and my face is itchy", 0, Emergency},
		// rules of reading
		{"a bit red, no pus, no pain", 1, SelfCare},
		{"bumps on my chin on day 2, gone today", 3, SelfCare},
		{"last time I had pus", 1, Info},
		{"my sister has hives on her face since her session", 1, Contact},
		{"what do I do if I get pus?", 1, Info},
		{"can it bleed?", 1, Info},
		{"pus?", 1, Contact},
		{"red and itchy and there is pus", 1, Contact},
		{"lobster face lol", 1, SelfCare},
		{"my wine is red", 1, Info},
	} {
		v := judgeText(c.text, c.day)
		if v.Level != c.want {
			rule := "no sign"
			if l := v.Lead(); l != nil {
				rule = l.Rule
			}
			t.Errorf("day %d, %q: %v (%s), want %v", c.day, c.text, v.Level, rule, c.want)
		}
	}
}

func TestNoReportIsInfo(t *testing.T) {
	if v := Judge(Report{}); v.Level != Info || v.Lead() != nil {
		t.Errorf("an empty report is %v", v.Level)
	}
}

var allSigns = func() []language.SignID {
	out := []language.SignID{language.Pain, language.Bleeding}
	for s := range rows {
		out = append(out, s)
	}
	for s := range always {
		out = append(out, s)
	}
	for s := range urgent {
		out = append(out, s)
	}
	return out
}()

func drawMention(t *rapid.T) language.Mention {
	return language.Mention{
		Sign:       rapid.SampledFrom(allSigns).Draw(t, "sign"),
		Status:     language.Status(rapid.IntRange(0, 4).Draw(t, "status")),
		Strength:   language.Strength(rapid.IntRange(0, 4).Draw(t, "strength")),
		Trend:      language.Trend(rapid.IntRange(0, 5).Draw(t, "trend")),
		Persisting: rapid.Bool().Draw(t, "persisting"),
	}
}

func drawReport(t *rapid.T) Report {
	r := Report{Mentions: rapid.SliceOfN(rapid.Custom(drawMention), 0, 5).Draw(t, "mentions")}
	if rapid.Bool().Draw(t, "dated") {
		h := rapid.Float64Range(0, 1000).Draw(t, "hours")
		r.Hours = &h
	}
	return r
}

func TestAddingASignNeverLowersTheLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		before := Judge(r).Level
		r.Mentions = append(r.Mentions[:len(r.Mentions):len(r.Mentions)], drawMention(t))
		if after := Judge(r).Level; after < before {
			t.Fatalf("%v became %v", before, after)
		}
	})
}

func TestNegatedSignEqualsItsAbsence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		without := Judge(r).Level
		m := drawMention(t)
		m.Status = language.Negated
		r.Mentions = append(r.Mentions[:len(r.Mentions):len(r.Mentions)], m)
		if with := Judge(r).Level; with != without {
			t.Fatalf("a negated sign made %v of %v", with, without)
		}
	})
}

func TestTheLevelNeverFallsAsDaysPass(t *testing.T) {
	// Only redness that still rises in its first day is judged more mildly before than after.
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		early := rapid.Float64Range(0, 900).Draw(t, "early")
		late := early + rapid.Float64Range(0, 900).Draw(t, "later")
		r.Hours = &early
		a := Judge(r).Level
		r.Hours = &late
		if b := Judge(r).Level; b < a {
			t.Fatalf("%v at %.0f h became %v at %.0f h", a, early, b, late)
		}
	})
}

func TestStrongerIsNeverLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		if len(r.Mentions) == 0 {
			return
		}
		a := Judge(r).Level
		r.Mentions[0].Strength = language.Severe
		if b := Judge(r).Level; b < a {
			t.Fatalf("%v became %v when the first sign became severe", a, b)
		}
	})
}
