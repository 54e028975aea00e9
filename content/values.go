package content

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var spanForm = regexp.MustCompile(`^(\d+)(m|h|d|w|mo)$`)

var spanUnits = map[string]time.Duration{
	"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour, "mo": 30 * 24 * time.Hour,
}

// UnmarshalYAML reads a span such as 6h, 2d, 3w or 3mo; a bare 0 is no time at all.
func (s *Span) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	if text == "0" {
		*s = 0
		return nil
	}
	m := spanForm.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("%q is not a length of time: write 6h, 2d, 3w or 3mo", text)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n > 10000 {
		return fmt.Errorf("%q is too long a time", text)
	}
	*s = Span(time.Duration(n) * spanUnits[m[2]])
	return nil
}

// UnmarshalYAML reads a range of days: "0", "0-3" or "5-".
func (d *Days) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	from, to, ranged := strings.Cut(text, "-")
	var err error
	d.Set = true
	if d.From, err = strconv.Atoi(from); err != nil {
		return fmt.Errorf("%q is not a range of days: write \"0\", \"0-3\" or \"5-\"", text)
	}
	switch {
	case !ranged:
		d.To = d.From
	case to == "":
		d.To = -1
	default:
		if d.To, err = strconv.Atoi(to); err != nil || d.To < d.From {
			return fmt.Errorf("%q is not a range of days: write \"0\", \"0-3\" or \"5-\"", text)
		}
	}
	return nil
}
