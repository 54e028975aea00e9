// Package sun reckons where the sun stands over a time zone: when it sets, and when it stands so high
// that ultraviolet light is likely strong. It needs no network and knows nothing of clouds, ozone,
// snow or altitude, so what it says is no forecast.
//
// A person's zone stands for the person's place. Zones are wide: within one of them the sun may set
// an hour sooner or later, and stand ten degrees higher or lower, than at its principal city.
package sun

//go:generate go run ./gather /usr/share/zoneinfo places.txt
