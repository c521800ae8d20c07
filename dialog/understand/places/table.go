package places

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The zones' own places are those of the tz database's zone.tab, which is in the public domain; the other cities, and
// which country they are in, are facts written down by hand.
//
//go:embed *.tsv
var files embed.FS

func readTable() (*Table, error) {
	t := &Table{
		byName: make(map[string][]int), areas: make(map[string][]area), titles: make(map[string]area),
		byID: make(map[string]int),
	}
	if err := eachRow("places.tsv", 9, t.addPlace); err != nil {
		return nil, err
	}
	for _, found := range t.byName {
		slices.SortStableFunc(found, func(a, b int) int { return t.places[b].Size - t.places[a].Size })
	}
	if err := eachRow("areas.tsv", 6, t.addArea); err != nil {
		return nil, err
	}
	t.locations = sync.OnceValue(t.readLocations)
	return t, nil
}

// eachRow gives each row of an embedded table of a number of columns to a function.
func eachRow(name string, columns int, add func(row []string) error) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read the places: %w", err)
	}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		if strings.HasPrefix(line, "//") {
			continue
		}
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(row) != columns {
			return fmt.Errorf("%s, line %d: %d columns, and a row has %d", name, number, len(row), columns)
		}
		if err := add(row); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, number, err)
		}
	}
	return nil
}

func (t *Table) addPlace(row []string) error {
	p := Place{Name: row[0], Spanish: row[1], Country: row[3], Region: row[4], Zone: row[5]}
	var err error
	if p.Latitude, err = strconv.ParseFloat(row[6], 64); err != nil {
		return fmt.Errorf("the latitude of %s: %w", p.Name, err)
	}
	if p.Longitude, err = strconv.ParseFloat(row[7], 64); err != nil {
		return fmt.Errorf("the longitude of %s: %w", p.Name, err)
	}
	if p.Size, err = strconv.Atoi(row[8]); err != nil {
		return fmt.Errorf("the size of %s: %w", p.Name, err)
	}
	if _, twice := t.byID[p.ID()]; twice {
		return fmt.Errorf("%s stands here twice", p.Name)
	}
	i := len(t.places)
	t.places, t.byID[p.ID()] = append(t.places, p), i
	for _, key := range keys(row[:3]) {
		t.byName[key] = append(t.byName[key], i)
	}
	return nil
}

func (t *Table) addArea(row []string) error {
	a := area{name: row[0], spanish: row[1], country: row[3], region: row[4]}
	for city := range strings.SplitSeq(row[5], ";") {
		name, country, elsewhere := strings.Cut(city, "@")
		if !elsewhere {
			country = a.country
		}
		found := slices.IndexFunc(t.places, func(p Place) bool {
			return p.Name == name && p.Country == country && (a.region == "" || p.Region == a.region)
		})
		if found < 0 {
			return fmt.Errorf("%s: the table has no city %s", a.name, city)
		}
		a.cities = append(a.cities, found)
	}
	if _, known := t.titles[a.country+"-"+a.region]; !known { // a country stands before its parts
		t.titles[a.country+"-"+a.region] = a
	}
	for _, key := range keys(row[:3]) {
		t.areas[key] = append(t.areas[key], a)
	}
	return nil
}

// keys are the folded names of a row: its own, the Spanish one and the others.
func keys(columns []string) []string {
	var out []string
	for _, name := range append(columns[:2:2], strings.Split(columns[2], ",")...) {
		if key := Fold(name); key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// readLocations reads each zone of the table once. One that this machine does not know is left out.
func (t *Table) readLocations() map[string]*time.Location {
	out := make(map[string]*time.Location)
	for _, p := range t.places {
		if out[p.Zone] != nil {
			continue
		}
		if loc, err := time.LoadLocation(p.Zone); err == nil {
			out[p.Zone] = loc
		}
	}
	return out
}
