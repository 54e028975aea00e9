package sun

import (
	"math"
	"time"
)

// j2000 is the instant from which the formulas below count days: noon of 1 January 2000. That it is
// meant in terrestrial time, a minute ahead of UTC, moves the sun by less than a thousandth of a degree.
var j2000 = time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)

// Elevation is how high the centre of the sun stands over the horizon, in degrees, without the
// bending of light by the air (which lifts it by half a degree at the horizon and by a sixtieth at
// 45°).
func Elevation(t time.Time, p Place) float64 {
	dec, hour := seen(t, p)
	lat := radians(p.Lat)
	return degrees(math.Asin(math.Sin(lat)*math.Sin(dec) + math.Cos(lat)*math.Cos(dec)*math.Cos(hour)))
}

// seen gives the declination of the sun and its hour angle at a place, in radians; the hour angle
// lies between -π and π and is 0 when the sun stands in the south or north.
//
// The series is the low-precision one of the Astronomical Almanac (section C, "low precision formulas
// for the Sun's coordinates"), good to 0.01° from 1950 to 2050; sidereal time is the linear part of
// the formula of the U.S. Naval Observatory.
func seen(t time.Time, p Place) (declination, hourAngle float64) {
	n := t.Sub(j2000).Hours() / 24
	mean := 280.460 + 0.9856474*n             // mean longitude, with aberration
	anomaly := radians(357.528 + 0.9856003*n) // mean anomaly
	lon := radians(mean + 1.915*math.Sin(anomaly) + 0.020*math.Sin(2*anomaly))
	tilt := radians(23.439 - 0.0000004*n) // of the earth's axis
	declination = math.Asin(math.Sin(tilt) * math.Sin(lon))
	ascension := math.Atan2(math.Cos(tilt)*math.Sin(lon), math.Cos(lon))
	sidereal := 280.46062 + 360.98564737*n // at Greenwich
	return declination, math.Remainder(radians(sidereal+p.Lon)-ascension, 2*math.Pi)
}

func radians(d float64) float64 { return d * math.Pi / 180 }
func degrees(r float64) float64 { return r * 180 / math.Pi }
