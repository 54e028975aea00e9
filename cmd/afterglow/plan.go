package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"afterglow/bot"
	"afterglow/content"
	"afterglow/internal/picture"
	"afterglow/reminders"
)

type planCommand struct {
	Treated string `required:"" placeholder:"TIME" help:"When the treatment was: 2026-11-20T15:00:00+01:00, '2026-11-20 15:00', 'yesterday 3pm'."`
	Setting string `enum:"clinic,home," default:"" help:"clinic or home."`
	Zone    string `default:"" placeholder:"ZONE" help:"Time zone: an IANA name, a city or an offset. Default: the machine's."`
	Format  string `enum:"text,json,ics,png" default:"text" help:"text, json, ics or png."`
}

func (c *planCommand) Run(g *Globals) error {
	library, err := content.Open(g.Overlay)
	if err != nil {
		return usageError{fmt.Errorf("load content: %w", err)}
	}
	zone := localZone()
	if c.Zone != "" {
		name, ok := bot.FindZone(c.Zone, time.Now())
		if !ok {
			return usageError{fmt.Errorf("--zone %q is no time zone: give an IANA name such as Europe/Berlin", c.Zone)}
		}
		if zone, err = time.LoadLocation(name); err != nil {
			return usageError{fmt.Errorf("--zone %q: %w", c.Zone, err)}
		}
	}
	treated, err := parseTreated(c.Treated, zone)
	if err != nil {
		return usageError{err}
	}
	plan := reminders.Build(reminders.Input{Treated: treated, Setting: content.Setting(c.Setting), Zone: zone,
		Quiet: reminders.DefaultQuiet, Library: library})
	switch c.Format {
	case "json":
		return writePlanJSON(g.out, treated.In(zone), c.Setting, zone, plan)
	case "ics":
		_, err = io.WriteString(g.out, reminders.Calendar(plan, treated, library))
	case "png":
		err = picture.Plan(g.out, plan, library, treated.In(zone))
	default:
		err = writePlanText(g.out, treated.In(zone), plan, library)
	}
	if err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	return nil
}

// parseTreated reads a treatment time, which may also lie ahead: people plan.
func parseTreated(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(text), zone); err == nil {
			return t, nil
		}
	}
	if t, ok := bot.ParseWhen(text, time.Now().In(zone)); ok {
		return t, nil
	}
	return time.Time{}, fmt.Errorf("--treated %q is no time: write 2026-11-20T15:00:00+01:00, '2026-11-20 15:00' or 'yesterday 3pm'", text)
}

type planJSON struct {
	TreatedAt  string          `json:"treated_at"`
	Setting    *string         `json:"setting"`
	Zone       string          `json:"zone"`
	Windows    []windowJSON    `json:"windows"`
	Milestones []milestoneJSON `json:"milestones"`
	Reminders  []reminderJSON  `json:"reminders"`
}

type windowJSON struct {
	Topic   string   `json:"topic"`
	From    string   `json:"from"`
	Until   string   `json:"until"`
	Says    string   `json:"says"`
	Sources []string `json:"sources"`
}

type milestoneJSON struct {
	Kind  reminders.Kind `json:"kind"`
	Topic string         `json:"topic"`
	At    string         `json:"at"`
}

type reminderJSON struct {
	Kind reminders.Kind `json:"kind"`
	At   string         `json:"at"`
	Text string         `json:"text"`
}

func writePlanJSON(w io.Writer, treated time.Time, setting string, zone *time.Location, p reminders.Plan) error {
	stamp := func(t time.Time) string { return t.In(zone).Format(time.RFC3339) }
	out := planJSON{TreatedAt: stamp(treated), Zone: zone.String(), Windows: []windowJSON{}, Milestones: []milestoneJSON{}, Reminders: []reminderJSON{}}
	if setting != "" {
		out.Setting = &setting
	}
	for _, x := range p.Windows {
		out.Windows = append(out.Windows, windowJSON{x.Topic, stamp(x.From), stamp(x.Until), x.Says, x.Sources})
	}
	for _, m := range p.Milestones {
		out.Milestones = append(out.Milestones, milestoneJSON{m.Kind, m.Topic, stamp(m.At)})
	}
	for _, r := range p.Reminders {
		out.Reminders = append(out.Reminders, reminderJSON{r.Kind, stamp(r.At), r.Text})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	return nil
}

func writePlanText(w io.Writer, treated time.Time, p reminders.Plan, l *content.Library) error {
	const layout = "Mon 2 Jan 2006 15:04"
	var b strings.Builder
	fmt.Fprintf(&b, "Microneedling on %s (%s)\n\nWhat has to wait\n", treated.Format(layout), treated.Location())
	for _, x := range p.Windows {
		title := x.Topic
		if t := l.Topic(x.Topic); t != nil {
			title = t.Title
		}
		red := "never red"
		if !x.RedUntil.IsZero() {
			red = "no until " + x.RedUntil.Format(layout)
		}
		fmt.Fprintf(&b, "  %-24s %s; all agree from %s\n%27s%s\n", title, red, x.Until.Format(layout), "", x.Says)
	}
	b.WriteString("\nMilestones\n")
	for _, m := range p.Milestones {
		fmt.Fprintf(&b, "  %s  %s\n", m.At.Format(layout), m.Kind)
	}
	b.WriteString("\nReminders\n")
	for _, r := range p.Reminders {
		fmt.Fprintf(&b, "  %s  %s\n", r.At.Format(layout), r.Text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
