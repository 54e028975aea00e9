package triage

import (
	"fmt"
	"slices"

	"afterglow/internal/language"
)

// unknownDay stands for a treatment date that nobody knows.
const unknownDay = -1

// row is the policy's line for one sign that may be part of healing. Days are full days since the
// treatment. A figure of -1 means that there is no such day.
type row struct {
	// lastCalm is the last day on which the sign is self-care; from overdue on it is contact. A day
	// between the two is the border, which the policy leaves open: Afterglow keeps it self-care as
	// long as nothing else is wrong, and says when to call.
	lastCalm, overdue int
	// severe: the strength from which on the sign is contact on any day (0: never for strength).
	severe language.Strength
	// rising: contact when it grows, spreads or comes back; within the first 24 hours too?
	rising, risingFirstDay bool
}

// The table of the policy. Sources: PMU (redness and swelling past day 4, pain past day 2, bleeding,
// extreme itching or burning, rash), med spa (redness, swelling, heat beyond the first few days;
// signs of infection; excessive itching, bumps), Glownetics (redness getting worse after 24 hours;
// beyond 48 hours with swelling, pain or pus), BHSkin (2–3 days for redness, swelling, bruising;
// severe pain). Where they differ, the most cautious one whose condition is met decides.
var rows = map[language.SignID]row{
	language.Redness:     {lastCalm: 3, overdue: 5, rising: true},
	language.Swelling:    {lastCalm: 3, overdue: 5, severe: language.Strong, rising: true, risingFirstDay: true},
	language.Warmth:      {lastCalm: 2, overdue: 4, severe: language.Severe, rising: true},
	language.Tightness:   {lastCalm: 14, overdue: 15},
	language.Dryness:     {lastCalm: 14, overdue: 15},
	language.Peeling:     {lastCalm: 14, overdue: 15},
	language.Tingling:    {lastCalm: 14, overdue: 15},
	language.Sensitivity: {lastCalm: 14, overdue: 15},
	language.Itching:     {lastCalm: 14, overdue: 15, severe: language.Severe},
	language.Burning:     {lastCalm: 14, overdue: 15, severe: language.Severe},
	language.Bruising:    {lastCalm: 4, overdue: 5, rising: true},
}

// always are the signs that a guide names as a complication, or that no guide calls expected.
var always = map[language.SignID]string{
	language.Pimples:        "pimples are a red flag on any day (Glownetics)",
	language.Pustules:       "pustules are a red flag on any day (Glownetics)",
	language.Bumps:          "bumps may be an allergic reaction (med spa)",
	language.Rash:           "any rash is a reason to call (PMU, Glownetics)",
	language.Hives:          "hives are a reason to call (Glownetics)",
	language.Pus:            "pus is a sign of infection (med spa, Glownetics)",
	language.Oozing:         "oozing is not part of healing in any guide",
	language.Crust:          "a crust is not part of healing in any guide",
	language.Smell:          "a bad smell is not part of healing in any guide",
	language.Blisters:       "blisters are not part of healing in any guide",
	language.Fever:          "fever is not part of healing in any guide",
	language.Streaks:        "red streaks are not part of healing in any guide",
	language.SpreadingFast:  "what spreads within hours is not part of healing in any guide",
	language.DarkMarks:      "new dark marks are not part of healing in any guide",
	language.WorseCondition: "a worsened condition is a complication (BHSkin)",
	language.ColdSore:       "cold sores are not part of healing in any guide",
	language.Numbness:       "numbness is not part of healing in any guide",
	language.Scabs:          "scabs are not part of healing in any guide",
	language.Allergic:       "an allergic reaction is a complication (med spa, BHSkin)",
	language.Infected:       "an infection is a complication (PMU, med spa, Glownetics, BHSkin)",
	language.Unwell:         "anything suspicious is a reason to call (PMU)",
}

// urgent are the signs of possible anaphylaxis or collapse. No guide covers them; general first aid does.
var urgent = map[language.SignID]string{
	language.Breathing:       "trouble breathing is an emergency (first aid)",
	language.Throat:          "a tight or closing throat is an emergency (first aid)",
	language.Swallowing:      "trouble swallowing is an emergency (first aid)",
	language.MouthSwelling:   "swelling of lips, tongue or throat is an emergency (first aid)",
	language.Fainting:        "fainting is an emergency (first aid)",
	language.Sight:           "trouble with the sight is an emergency (first aid)",
	language.LifeThreatening: "this may be life-threatening (first aid)",
}

// Judge gives the level of a report. Signs that are negated, asked about, of an earlier time or
// named by an unconfirmed word of many meanings count for nothing; a sign that has gone is self-care.
func Judge(r Report) Verdict {
	day := unknownDay
	hours := -1.0
	if r.Hours != nil {
		hours = max(*r.Hours, 0)
		day = int(hours / 24)
	}
	var v Verdict
	for _, m := range r.Mentions {
		if m.Weak {
			continue
		}
		switch m.Status {
		case language.Present:
			v.Findings = append(v.Findings, judge(m, day, r.Mentions))
		case language.Gone:
			if Urgent(m.Sign) {
				v.Findings = append(v.Findings, Finding{Sign: m.Sign, Level: Contact, Mention: m,
					Rule: string(m.Sign) + " has gone again, but whoever had it needs to be seen (first aid)"})
				continue
			}
			v.Findings = append(v.Findings, Finding{Sign: m.Sign, Level: SelfCare, Mention: m,
				Rule: string(m.Sign) + " has gone again: self-care, call if it returns"})
		}
	}
	slices.SortStableFunc(v.Findings, func(a, b Finding) int { return int(b.Level) - int(a.Level) })
	if len(v.Findings) > 0 {
		v.Level = v.Findings[0].Level
	}
	return v
}

func judge(m language.Mention, day int, all []language.Mention) Finding {
	f := Finding{Sign: m.Sign, Mention: m}
	if rule, ok := urgent[m.Sign]; ok {
		f.Level, f.Rule = Emergency, rule
		return f
	}
	if rule, ok := always[m.Sign]; ok {
		f.Level, f.Rule = Contact, rule
		return f
	}
	switch m.Sign {
	case language.Pain:
		return pain(f, day)
	case language.Bleeding:
		return bleeding(f, day)
	}
	row, ok := rows[m.Sign]
	if !ok {
		f.Level, f.Rule = Contact, "a sign on no row of the policy counts as 'something seems wrong'"
		return f
	}
	f.Level = SelfCare
	f.DayMatters = row.overdue <= 5
	f.CallHours = float64(24 * row.overdue)
	call := func(rule string, args ...any) Finding {
		f.Level, f.Rule = Contact, fmt.Sprintf("%s: ", m.Sign)+fmt.Sprintf(rule, args...)
		return f
	}
	switch {
	case row.severe > 0 && m.Strength >= row.severe:
		return call("severe at any time is contact")
	case day >= row.overdue:
		return call("from day %d on is contact", row.overdue)
	case row.rising && m.Trend >= language.Worse && (row.risingFirstDay || day != 0):
		return call("growing, spreading or coming back is contact")
	}
	if m.Sign == language.Redness && day >= 2 {
		for _, o := range all {
			if o.Status != language.Present {
				continue
			}
			if o.Sign == language.Swelling && o.Strength >= language.Moderate || o.Sign == language.Pain && o.Strength >= language.Moderate {
				return call("from day 2 on together with %s it is contact", o.Sign)
			}
		}
	}
	if day == unknownDay {
		f.Rule = fmt.Sprintf("%s: self-care up to day %d, contact from day %d on; the day is not known", m.Sign, row.lastCalm, row.overdue)
	} else {
		f.Rule = fmt.Sprintf("%s: day %d is within %d days, not growing: self-care", m.Sign, day, row.overdue-1)
	}
	if row.severe > 0 && m.Strength == language.Unstated && (m.Sign == language.Itching || m.Sign == language.Burning) {
		f.StrengthMatters = true
	}
	return f
}

// pain: severe at any time; more than mild from day 3 on; any from day 4 on; what grows is severe to come.
func pain(f Finding, day int) Finding {
	m := f.Mention
	f.Level, f.DayMatters, f.CallHours = Contact, true, 72
	switch {
	case m.Strength >= language.Severe:
		f.Rule = "pain: severe at any time is contact"
	case day >= 4:
		f.Rule = "pain: any from day 4 on is contact"
	case day >= 3 && m.Strength >= language.Moderate:
		f.Rule = "pain: more than mild tenderness from day 3 on is contact"
	case m.Trend >= language.Worse && day != 0:
		f.Rule = "pain: growing is contact"
	default:
		f.Level = SelfCare
		f.Rule = "pain: tenderness in the first days is self-care"
		if day == 3 {
			f.CallHours = 96
		}
	}
	return f
}

// bleeding: specks that have stopped on day 0 are self-care; all else is contact.
func bleeding(f Finding, day int) Finding {
	m := f.Mention
	f.Level, f.DayMatters = Contact, true
	switch {
	case m.Strength >= language.Severe:
		f.Rule = "bleeding: profuse at any time is contact"
	case m.Trend >= language.Worse || m.Persisting:
		f.Rule = "bleeding: still going is contact"
	case day >= 1:
		f.Rule = "bleeding: after the first day is contact"
	case day == unknownDay && m.Strength >= language.Strong:
		f.Rule = "bleeding: strong, and the day is not known: contact"
	default:
		f.Level = SelfCare
		f.Rule = "bleeding: specks on the first day are self-care once they have stopped"
	}
	return f
}

// Grave tells whether a sign is contact or emergency on any day and at any strength.
func Grave(s language.SignID) bool {
	_, contact := always[s]
	_, emergency := urgent[s]
	return contact || emergency
}

// Urgent tells whether a sign is an emergency.
func Urgent(s language.SignID) bool {
	_, ok := urgent[s]
	return ok
}

// ByDayAlone tells whether the policy judges a sign by the day alone, however strong it is.
func ByDayAlone(s language.SignID) bool {
	row, ok := rows[s]
	return ok && row.severe == 0 && !row.rising
}
