package simulate

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// homes are where the people live, with weights that make a hundred: mostly America and Europe, as
// the guides are, with clocks that are half an hour off, have no summer time, or change it in
// another month.
var homes = []struct {
	zone   string
	weight int
}{
	{"America/New_York", 16}, {"America/Chicago", 10}, {"America/Los_Angeles", 10}, {"America/Denver", 3},
	{"America/Toronto", 4}, {"America/Phoenix", 2}, {"America/Mexico_City", 4}, {"America/Sao_Paulo", 6},
	{"America/St_Johns", 1}, {"Europe/London", 8}, {"Europe/Berlin", 8}, {"Europe/Paris", 5},
	{"Europe/Madrid", 3}, {"Europe/Istanbul", 3}, {"Africa/Lagos", 2}, {"Asia/Dubai", 2},
	{"Asia/Kolkata", 5}, {"Asia/Seoul", 3}, {"Asia/Tokyo", 2}, {"Australia/Sydney", 2}, {"Pacific/Auckland", 1},
}

// loadHomes reads the zones of homes, in their order.
func loadHomes() ([]*time.Location, error) {
	zones := make([]*time.Location, len(homes))
	for i, h := range homes {
		var err error
		if zones[i], err = time.LoadLocation(h.zone); err != nil {
			return nil, fmt.Errorf("read the zone of a simulated person: %w", err)
		}
	}
	return zones, nil
}

// drawHome picks one of homes by its weight.
func drawHome(r *rand.Rand) int {
	all := 0
	for _, h := range homes {
		all += h.weight
	}
	n := r.IntN(all)
	for i, h := range homes {
		if n -= h.weight; n < 0 {
			return i
		}
	}
	return 0
}
