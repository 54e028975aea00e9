package reminders

import (
	"strings"
	"time"

	"afterglow/content"
	"afterglow/internal/sun"
)

// tenMinutes is how finely the strong sun is told: a zone is too wide for more.
const tenMinutes = 10 * time.Minute

// wordsOf is what a row says at an instant. A reminder of sunscreen also tells when the sun will be
// strong on that day where the row's zone lies. It is reckoned when the message goes out, not when
// the plan is made, because a message may come on another day than it was planned for.
func wordsOf(l *content.Library, r Row, now time.Time) string {
	if r.Kind != "spf" {
		return r.Text
	}
	if strong := strongSun(l, now.In(location(r.Zone))); strong != "" {
		return r.Text + "\n" + strong
	}
	return r.Text
}

// strongSun says when ultraviolet light is likely strong today, or nothing: when nobody knows where
// the zone lies, when the sun never stands high enough, and when it is over for the day. The span is
// widened to full ten minutes, as too much care costs less than too little.
func strongSun(l *content.Library, now time.Time) string {
	phrase, ok := l.Phrases["spf.strong"] // a clinic's own content may leave it out
	if !ok {
		return ""
	}
	place, ok := sun.Of(now.Location().String())
	if !ok {
		return ""
	}
	span, ok := sun.Strong(now, place)
	if !ok || !now.Before(span.To) {
		return ""
	}
	from, to := floorTen(span.From), floorTen(span.To)
	if to.Before(span.To) {
		to = to.Add(tenMinutes)
	}
	return strings.NewReplacer("{from}", from.In(now.Location()).Format("15:04"),
		"{to}", to.In(now.Location()).Format("15:04")).Replace(phrase)
}

// floorTen cuts an instant down to ten minutes. Some zones differ from UTC by a quarter
// of an hour, so the minutes on the wall are cut and not those of UTC.
func floorTen(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Minute()%10)*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}
