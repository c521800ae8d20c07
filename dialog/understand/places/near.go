package places

import (
	"math"
	"time"
)

const (
	farthest = 500.0  // km from the nearest place that still says something
	around   = 80.0   // km beyond the nearest place in which places are asked
	radius   = 6371.0 // km of the earth
)

// Near gives the zone of a point, in degrees. It is sure only where every place nearby has the same time as the nearest
// one, all through the year: near a border, and far out at sea, the person must be asked.
func (t *Table) Near(latitude, longitude float64, now time.Time) (zone string, sure bool) {
	if math.IsNaN(latitude) || math.IsNaN(longitude) || math.Abs(latitude) > 90 || math.Abs(longitude) > 180 {
		return "", false
	}
	nearest, least := 0, math.Inf(1)
	for i, p := range t.places {
		if d := distance(p, latitude, longitude); d < least {
			nearest, least = i, d
		}
	}
	if least > farthest {
		return "", false
	}
	reach := max(2*least, least+around)
	for _, p := range t.places {
		if distance(p, latitude, longitude) <= reach && !t.Same(t.places[nearest], p, now) {
			return "", false
		}
	}
	return t.places[nearest].Zone, true
}

// distance is how far a place is from a point, in km along the earth.
func distance(p Place, latitude, longitude float64) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	a, b := rad(p.Latitude), rad(latitude)
	h := math.Pow(math.Sin((b-a)/2), 2) + math.Cos(a)*math.Cos(b)*math.Pow(math.Sin(rad(longitude-p.Longitude)/2), 2)
	return 2 * radius * math.Asin(min(1, math.Sqrt(h)))
}
