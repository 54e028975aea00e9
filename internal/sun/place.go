package sun

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed places.txt
var placeList string

// Place is a point on the earth, in degrees: north and east are positive.
type Place struct {
	Lat, Lon float64
}

// Of gives the principal place of an IANA zone; ok is false for zones that lie nowhere, such as UTC,
// Etc/GMT+3 or Local.
func Of(zone string) (p Place, ok bool) {
	p, ok = places()[zone]
	return p, ok
}

// places are read when the first one is asked for: most commands never ask.
var places = sync.OnceValue(func() map[string]Place {
	out := map[string]Place{}
	for line := range strings.Lines(placeList) {
		if line[0] == '#' {
			continue
		}
		zone, p, err := readPlace(line)
		if err != nil {
			panic(err) // the file is part of the program, and a test reads it
		}
		out[zone] = p
	}
	return out
})

func readPlace(line string) (zone string, p Place, err error) {
	f := strings.Fields(line)
	if len(f) != 3 {
		return "", p, fmt.Errorf("places.txt: %q is not 'zone lat lon'", line)
	}
	if p.Lat, err = strconv.ParseFloat(f[1], 64); err != nil {
		return "", p, fmt.Errorf("places.txt: the latitude of %s: %w", f[0], err)
	}
	if p.Lon, err = strconv.ParseFloat(f[2], 64); err != nil {
		return "", p, fmt.Errorf("places.txt: the longitude of %s: %w", f[0], err)
	}
	return f[0], p, nil
}
