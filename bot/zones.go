package bot

import (
	_ "embed"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the bot runs in images without a time zone database
)

//go:embed zones.txt
var zoneList string

// zoneIndex finds time zones by IANA name, by place, by offset and by the clock on somebody's wall.
type zoneIndex struct {
	byName map[string]string
}

var newZoneIndex = sync.OnceValue(func() *zoneIndex {
	x := &zoneIndex{byName: map[string]string{}}
	for _, line := range strings.Split(zoneList, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		zone, names, _ := strings.Cut(line, ":")
		x.byName[placeKey(zone)] = zone
		x.byName[placeKey(zone[strings.LastIndexByte(zone, '/')+1:])] = zone
		for _, n := range strings.Split(names, ",") {
			if n = placeKey(n); n != "" {
				x.byName[n] = zone
			}
		}
	}
	return x
})

func placeKey(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '.' || r == ',' || r == '\''
	}), " ")
}

var (
	offsetForm = regexp.MustCompile(`^(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?$`)
	clockForm  = regexp.MustCompile(`(?:^|\D)(\d{1,2})[:.](\d{2})\s*(am|pm)?|(?:^|\D)(\d{1,2})\s*(am|pm)`)
)

// find gives the IANA name for what somebody wrote: 'Europe/Berlin', 'san francisco', 'UTC+2', 'it is
// 14:30 here'. Offsets become the fixed zones Etc/GMT…, whose sign is the other way round.
func (x *zoneIndex) find(text string, now time.Time) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 100 {
		return "", false
	}
	if zone, ok := x.byName[placeKey(text)]; ok {
		return zone, true
	}
	if strings.Contains(text, "/") {
		if _, err := time.LoadLocation(text); err == nil {
			return text, true
		}
	}
	low := strings.ToLower(text)
	if m := offsetForm.FindStringSubmatch(low); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes := 0
		if m[3] != "" {
			minutes, _ = strconv.Atoi(m[3])
		}
		offset := hours*60 + minutes
		if m[1] == "-" {
			offset = -offset
		}
		return zoneOfOffset(offset)
	}
	if m := clockForm.FindStringSubmatch(low); m != nil {
		hour, minute, half := m[1], m[2], m[3]
		if hour == "" {
			hour, minute, half = m[4], "0", m[5]
		}
		h, _ := strconv.Atoi(hour)
		mi, _ := strconv.Atoi(minute)
		if half == "pm" && h < 12 {
			h += 12
		}
		if half == "am" && h == 12 {
			h = 0
		}
		if h > 23 || mi > 59 {
			return "", false
		}
		utc := now.UTC()
		offset := h*60 + mi - utc.Hour()*60 - utc.Minute()
		offset = int(math.Round(float64(offset)/30)) * 30
		for offset > 14*60 {
			offset -= 24 * 60
		}
		for offset < -11*60 {
			offset += 24 * 60
		}
		return zoneOfOffset(offset)
	}
	// 'i live in berlin, germany': the longest run of words that names a place.
	words := strings.Fields(placeKey(text))
	for n := min(len(words), 4); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			key := strings.Join(words[i:i+n], " ")
			if zone, ok := x.byName[key]; ok && (len(key) > 3 || len(words) == 1) {
				return zone, true
			}
		}
	}
	return "", false
}

// halfHours are zones for the offsets that no Etc/GMT zone has.
var halfHours = map[int]string{
	210: "Asia/Tehran", 270: "Asia/Kabul", 330: "Asia/Kolkata", 345: "Asia/Kathmandu", 390: "Asia/Yangon",
	525: "Australia/Eucla", 570: "Australia/Darwin", 630: "Australia/Adelaide", 765: "Pacific/Chatham", -210: "America/St_Johns", -570: "Pacific/Marquesas",
}

func zoneOfOffset(minutes int) (string, bool) {
	if minutes%60 == 0 && minutes >= -12*60 && minutes <= 14*60 {
		if minutes == 0 {
			return "Etc/UTC", true
		}
		return fmt.Sprintf("Etc/GMT%+d", -minutes/60), true
	}
	z, ok := halfHours[minutes]
	return z, ok
}

// zone is the person's location, or the machine's where they have not told it.
func (c *Core) zone(p *Person) *time.Location {
	if p.Zone == "" {
		return c.local
	}
	return p.Location()
}

// FindZone gives the IANA name for an IANA name, a place, an offset or a time on somebody's wall.
func FindZone(text string, now time.Time) (string, bool) { return newZoneIndex().find(text, now) }
