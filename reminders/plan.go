package reminders

import (
	"slices"
	"strings"
	"time"

	"afterglow/content"
)

// Kind is the kind of a reminder or milestone, as in the outer interface.
type Kind string

// The milestones: what may be done again, what may be seen, what comes next.
const (
	MakeupOK         Kind = "makeup-ok"
	ExerciseOK       Kind = "exercise-ok"
	RetinolOK        Kind = "retinol-ok"
	VitaminCOK       Kind = "vitamin-c-ok"
	AcidsOK          Kind = "acids-ok"
	SwimmingOK       Kind = "swimming-ok"
	RoutineOK        Kind = "routine-ok"
	AlcoholSmokingOK Kind = "alcohol-smoking-ok"
	Results          Kind = "results"
	NextSession      Kind = "next-session"
)

// milestones are the windows whose turning green is worth a message.
var milestones = []struct {
	kind   Kind
	window string
}{
	{MakeupOK, "makeup"}, {ExerciseOK, "exercise"}, {RetinolOK, "retinol"}, {VitaminCOK, "vitamin-c"},
	{AcidsOK, "exfoliating-acids"}, {SwimmingOK, "swimming"}, {RoutineOK, "resume-routine"},
	{AlcoholSmokingOK, "alcohol"}, {NextSession, "next-session"},
}

// ComesBack tells whether a window is one of those whose turning green is told.
func ComesBack(window string) bool {
	for _, m := range milestones {
		if m.window == window {
			return true
		}
	}
	return false
}

// resultsAt is when results are worth a look: first ones after 2–3 weeks, the most after about 3
// months (BHSkin).
var resultsAt = []time.Duration{21 * 24 * time.Hour, 90 * 24 * time.Hour}

// Input is what a plan is made of. Beside Treated and Library, what is left out changes nothing.
type Input struct {
	Treated time.Time
	Setting content.Setting
	Zone    *time.Location
	Quiet   Quiet
	Library *content.Library

	Level Level
	Off   []Kind // switched off by the person
	// Times are the minutes of the day, from midnight, at which the person wants daily kinds instead
	// of at the content's hours.
	Times map[Kind]int
	// Hours is the zone by whose clock the hours of daily kinds are meant; nil: by Zone's. A traveller
	// may want to keep the interval rather than the hour.
	Hours *time.Location
	Pause Pause
	// Sensitive are the instants at which the person said that the skin is still sensitive: each
	// moves what was not green then by one day.
	Sensitive []time.Time
	// Held is set while a report that calls for the clinic is open: nothing is allowed meanwhile.
	Held bool
	// Gated is set for a person who is asked how the skin is: what needs calm skin is offered when
	// Calm, the last check-in if that was a calm one, is recent; else it asks for one.
	Gated bool
	Calm  time.Time
	// Heard is when the person last gave a sign of life. Unanswered check-ins count from there; the
	// zero value does not count them.
	Heard time.Time
}

// Plan is everything that follows from one treatment.
type Plan struct {
	Windows    []Window
	Milestones []Milestone
	Reminders  []Reminder
}

// Window is a time in which something has to wait.
type Window struct {
	Topic       string
	From, Until time.Time // Until is when no guide objects any more
	RedUntil    time.Time // zero when it is never red
	Says        string
	Sources     []string
}

// Milestone is the instant at which a window turns green, or results show.
type Milestone struct {
	Kind  Kind
	Topic string
	At    time.Time
}

// Reminder is one scheduled message, at an instant outside the quiet hours.
type Reminder struct {
	Kind  Kind
	Topic string
	At    time.Time
	Text  string
}

// maxPerDay is how many scheduled messages a day brings at most unless the user asks for more.
const maxPerDay = 3

// morePerDay is how many they are when the user asks for more: a bound for a content that says too
// much, not an aim.
const morePerDay = 8

// Build makes the plan.
func Build(in Input) Plan {
	if in.Zone == nil {
		in.Zone = time.UTC
	}
	treated := in.Treated.In(in.Zone)
	var p Plan
	lights := map[string]content.Lights{}
	for _, w := range in.Library.Windows {
		l := w.At(in.Setting, treated, in.Zone).Later(in.Sensitive)
		lights[w.ID] = l
		if l.GreenFrom.IsZero() {
			continue
		}
		p.Windows = append(p.Windows, Window{Topic: w.Topic, From: treated, Until: l.GreenFrom, RedUntil: l.RedUntil,
			Says: l.Side.Says, Sources: guidesOf(in.Library, l.Side.Rests)})
	}
	for _, m := range milestones {
		l, ok := lights[m.window]
		if !ok || l.GreenFrom.IsZero() {
			continue
		}
		p.Milestones = append(p.Milestones, Milestone{m.kind, in.Library.Window(m.window).Topic, l.GreenFrom})
	}
	for _, after := range resultsAt {
		p.Milestones = append(p.Milestones, Milestone{Results, "results-timeline", treated.Add(after)})
	}
	slices.SortStableFunc(p.Milestones, func(a, b Milestone) int { return a.At.Compare(b.At) })
	p.Reminders = in.schedule(p, lights)
	return p
}

// schedule lays the content's cadences and the milestones onto the user's days.
func (in Input) schedule(p Plan, lights map[string]content.Lights) []Reminder {
	treated := in.Treated.In(in.Zone)
	hours := in.Zone
	if in.Hours != nil {
		hours = in.Hours
	}
	var out []Reminder
	for _, r := range in.Library.Reminders {
		if r.Setting != content.AnySetting && in.Setting != content.AnySetting && r.Setting != in.Setting {
			continue
		}
		texts := r.Texts
		if len(texts) == 0 {
			continue
		}
		add := func(at time.Time, n int) {
			out = append(out, Reminder{Kind(r.Kind), r.Topic, in.Quiet.After(at), texts[n%len(texts)]})
		}
		offer := func(m Milestone, n int) {
			add(m.At, n)
			if r.AskFirst != "" && in.Gated && !CalmEnough(in.Calm, m.At) {
				out[len(out)-1].Text = r.AskFirst
			}
		}
		if r.After > 0 {
			// 'Tonight' is not said the next morning: where the night is quiet already it is left to
			// the answer that the person just got.
			at := treated.Add(r.After.Duration())
			if in.Quiet.Contains(at) {
				at = treated
			}
			if !in.Quiet.Contains(at) {
				add(at, 0)
			}
			continue
		}
		if milestone := slices.IndexFunc(p.Milestones, func(m Milestone) bool { return string(m.Kind) == r.Kind }); milestone >= 0 {
			n := 0
			for _, m := range p.Milestones {
				if string(m.Kind) == r.Kind {
					offer(m, n)
					n++
				}
			}
			continue
		}
		until := time.Time{}
		if l, ok := lights[r.While]; ok {
			until = l.GreenFrom
		}
		y, mo, d := treated.Date()
		for n, day := range r.OnDays {
			minute, chosen := in.Times[Kind(r.Kind)]
			if !chosen {
				minute = r.Hour()*60 + r.Minute()
			}
			at := Civil(y, mo, d+day, minute/60, minute%60, hours).In(in.Zone)
			if !at.After(treated) || !until.IsZero() && !at.Before(until) || r.While != "" && until.IsZero() {
				continue
			}
			add(at, n)
		}
	}
	inOrder(out)
	return within(in.wanted(out), in.Level.perDay())
}

// calmHolds is how old a calm check-in may be when something comes back: it takes in yesterday's, at
// whatever hour both were.
const calmHolds = 36 * time.Hour

// CalmEnough tells whether a calm check-in, zero when there was none, lets come back at an instant
// what needs calm skin.
func CalmEnough(calm, back time.Time) bool { return !calm.Before(back.Add(-calmHolds)) }

func inOrder(all []Reminder) {
	slices.SortStableFunc(all, func(a, b Reminder) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return priority(a.Kind) - priority(b.Kind)
	})
}

// within keeps each day to its budget. What falls due within the same half hour is one message; of
// the messages that are too many, those go whose most important part is the least important.
func within(all []Reminder, perDay int) []Reminder {
	var out []Reminder
	for begin := 0; begin < len(all); {
		end := begin
		for end < len(all) && sameCivilDay(all[begin].At, all[end].At) {
			end++
		}
		messages := split(all[begin:end])
		for len(messages) > perDay {
			worst := 0
			for i := range messages {
				if importance(messages[i]) >= importance(messages[worst]) {
					worst = i
				}
			}
			messages = slices.Delete(messages, worst, worst+1)
		}
		out = append(out, slices.Concat(messages...)...)
		begin = end
	}
	return out
}

// Messages are the reminders as they go out: each message's parts, in order.
func (p Plan) Messages() [][]Reminder {
	var out [][]Reminder
	for _, g := range together(p.Reminders) {
		for i := range g.reminders {
			g.reminders[i].At = g.at
		}
		out = append(out, g.reminders)
	}
	return out
}

// halfHour is how close reminders may lie to become one message.
const halfHour = 30 * time.Minute

// split parts the reminders of a day into messages.
func split(day []Reminder) [][]Reminder {
	var out [][]Reminder
	for _, r := range day {
		if n := len(out); n > 0 && r.At.Sub(out[n-1][0].At) <= halfHour {
			out[n-1] = append(out[n-1], r)
			continue
		}
		out = append(out, []Reminder{r})
	}
	return out
}

func importance(message []Reminder) int {
	best := priority(message[0].Kind)
	for _, r := range message {
		best = min(best, priority(r.Kind))
	}
	return best
}

func sameCivilDay(a, b time.Time) bool {
	y1, m1, d1 := a.Date()
	y2, m2, d2 := b.Date()
	return y1 == y2 && m1 == m2 && d1 == d2
}

// priority orders kinds by how much a missed one would cost; the smallest is kept longest.
func priority(k Kind) int {
	switch {
	case k == "first-night":
		return 0
	case k == "check-in":
		return 1
	case strings.HasSuffix(string(k), "-ok") || k == NextSession || k == Results:
		return 2
	case k == "spf":
		return 3
	case k == "no-actives" || k == "no-sun":
		return 4
	}
	return 5
}

func guidesOf(l *content.Library, rests []string) []string {
	out := []string{}
	for _, g := range l.Guides {
		if slices.ContainsFunc(rests, func(r string) bool { return strings.HasPrefix(r, g.ID+"/") }) {
			out = append(out, g.ID)
		}
	}
	return out
}
