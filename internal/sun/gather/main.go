// Command gather makes the list of places of package sun from a directory of the IANA time zone
// database, as Linux distributions install it: go run ./gather /usr/share/zoneinfo places.txt.
package main

import (
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const head = `# Where time zones lie: zone, latitude, longitude (degrees; north and east positive).
# Made by gather from zone1970.tab, zone.tab and the links of tzdata.zi of the IANA time zone
# database %s. IANA's data is in the public domain, and so is this file.
`

// nearer are old names whose clock is kept by a far-off city, and the name that lies where they do.
// An empty one lies nowhere in the tables and is left out: no place is better than a wrong one.
var nearer = map[string]string{
	"Africa/Asmera": "Africa/Asmara", "Africa/Timbuktu": "Africa/Bamako", "America/Coral_Harbour": "America/Atikokan",
	"America/Virgin": "America/St_Thomas", "Iceland": "Atlantic/Reykjavik", "Pacific/Ponape": "Pacific/Pohnpei",
	"Pacific/Truk": "Pacific/Chuuk", "Pacific/Yap": "Pacific/Chuuk",
	"America/Yellowknife": "", "Antarctica/South_Pole": "", "Asia/Chongqing": "", "Asia/Chungking": "", "Asia/Harbin": "", "Atlantic/Jan_Mayen": "",
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: gather <zoneinfo directory> <file>")
	}
	places, version := map[string]string{}, ""
	// zone.tab comes last: it has a place in each country, even where two keep the same clock.
	for _, table := range []string{"zone1970.tab", "zone.tab"} {
		for _, line := range lines(os.Args[1], table) {
			if f := strings.Split(line, "\t"); len(f) >= 3 && line[0] != '#' {
				places[f[2]] = point(f[1])
			}
		}
	}
	links := map[string]string{}
	for _, line := range lines(os.Args[1], "tzdata.zi") {
		if v, ok := strings.CutPrefix(line, "# version "); ok {
			version = v
		}
		if f := strings.Fields(line); len(f) == 3 && f[0] == "L" {
			links[f[2]] = f[1]
		}
	}
	maps.Copy(links, nearer)
	for name := range links {
		if _, ok := places[name]; ok {
			continue
		}
		to := links[name]
		for places[to] == "" && links[to] != "" {
			to = links[to]
		}
		if places[to] != "" {
			places[name] = places[to]
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, head, version)
	for _, name := range slices.Sorted(maps.Keys(places)) {
		fmt.Fprintln(&b, name, places[name])
	}
	if err := os.WriteFile(os.Args[2], []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

func lines(dir, file string) []string {
	b, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		log.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// point turns +5230+01322 into "52.50 13.37". A hundredth of a degree is a kilometer: more than
// enough for a zone.
func point(iso string) string {
	cut := 1 + strings.IndexAny(iso[1:], "+-")
	return fmt.Sprintf("%.2f %.2f", angle(iso[:cut], 2), angle(iso[cut:], 3))
}

// angle reads a sign, degrees of so many digits, minutes and perhaps seconds.
func angle(text string, digits int) float64 {
	rest, sum := text[1:], 0.0
	for unit := 1.0; rest != ""; unit /= 60 {
		n, err := strconv.Atoi(rest[:digits])
		if err != nil {
			log.Fatalf("%s is no angle: %v", text, err)
		}
		sum, rest, digits = sum+float64(n)*unit, rest[digits:], 2
	}
	if text[0] == '-' {
		return -sum
	}
	return sum
}
