// Package places is a small gazetteer: which time zone a city, a country or a point on the map is in, without asking
// anybody. It holds a city for every zone there is, and the larger ones of the world.
package places

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Place is a city, or an island that is known by its own name.
type Place struct {
	Name      string // in English, or as its people write it
	Spanish   string // where Spanish has a name of its own; "" as Name
	Country   string // ISO 3166, two letters
	Region    string // a state or province where a country has several zones, such as "OR"; "" elsewhere
	Zone      string // IANA name
	Latitude  float64
	Longitude float64
	Size      int // people in and around it: 5 above five million, 4 above one, 3 above 300,000, 2 above 50,000, 1 below
}

// In is the name of the place in a language: "en" or "es".
func (p Place) In(lang string) string {
	if lang == "es" && p.Spanish != "" {
		return p.Spanish
	}
	return p.Name
}

const maxName = 17 // bytes of a name in an id: with country and region it stays within a button's 24

// ID names the place for a button: lower-case letters, digits and -, at most 24 bytes, such as "portland-us-or".
func (p Place) ID() string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, Fold(p.Name))
	id := strings.Trim(name[:min(len(name), maxName)], "-") + "-" + strings.ToLower(p.Country)
	if p.Region != "" {
		id += "-" + strings.ToLower(p.Region)
	}
	return id
}

// Table is the gazetteer. It does not change, and is safe for concurrent use.
type Table struct {
	places    []Place
	byName    map[string][]int // folded name -> places, the largest first
	areas     map[string][]area
	titles    map[string]area // country-region -> the area of that name
	byID      map[string]int
	locations func() map[string]*time.Location
}

// area is a country, a state, or a zone that people call by name, with the cities that stand for its zones.
type area struct {
	name, spanish   string
	country, region string
	cities          []int
}

// Load gives the gazetteer. It is part of the program, and read once; an error means that the program is broken.
func Load() (*Table, error) { return loadTable() }

var loadTable = sync.OnceValues(readTable)

// All lists every place.
func (t *Table) All() []Place { return slices.Clone(t.places) }

// ByID finds a place by its ID.
func (t *Table) ByID(id string) (Place, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Place{}, false
	}
	return t.places[i], true
}

// Largest is the largest place of a zone; false where no place is in a zone of that name.
func (t *Table) Largest(zone string) (Place, bool) {
	best := Place{}
	for _, p := range t.places {
		if p.Zone == zone && (p.Size > best.Size || p.Size == best.Size && p.Names() && !best.Names()) {
			best = p
		}
	}
	return best, best.Zone != ""
}

// Names tells whether the place is the one that its zone is called after.
func (p Place) Names() bool {
	return strings.HasSuffix(Fold(p.Zone), "/"+strings.ReplaceAll(Fold(p.Name), " ", "_"))
}

// Location is the zone of a place; nil where this machine's time zone data lacks it.
func (t *Table) Location(p Place) *time.Location { return t.locations()[p.Zone] }

// Same tells whether two places have the same time, at a moment and in every season of the year that follows.
func (t *Table) Same(a, b Place, now time.Time) bool {
	if a.Zone == b.Zone {
		return true
	}
	x, y := t.Location(a), t.Location(b)
	if x == nil || y == nil {
		return false
	}
	for months := 0; months < 12; months += 3 { // half a year on would not do: March and September are both summer time
		at := now.AddDate(0, months, 0)
		_, p := at.In(x).Zone()
		if _, q := at.In(y).Zone(); p != q {
			return false
		}
	}
	return true
}

// Fold is the form in which names are compared: lower case, without accents, points and apostrophes, with single
// spaces in place of hyphens and commas.
func Fold(name string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
			return -1
		case r == 'ø':
			return 'o'
		case r == 'ł':
			return 'l'
		case r == '-', r == ',', r == '.', r == '(', r == ')':
			return ' '
		}
		return r
	}, norm.NFD.String(strings.ToLower(name)))
	return strings.Join(strings.Fields(folded), " ")
}
