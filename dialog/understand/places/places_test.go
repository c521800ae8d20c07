package places

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func load(t *testing.T) *Table {
	t.Helper()
	table, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// november is a Wednesday of winter time in the north.
func november() time.Time { return time.Date(2026, 11, 18, 10, 20, 0, 0, time.UTC) }

// Every place has a zone that exists, a point on the earth, and an id that a button can hold.
func TestPlacesAreSound(t *testing.T) {
	table := load(t)
	id := regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,23}$`)
	for _, p := range table.All() {
		switch {
		case table.Location(p) == nil:
			t.Errorf("%s: there is no zone %q", p.Name, p.Zone)
		case p.Latitude < -90 || p.Latitude > 90 || p.Longitude < -180 || p.Longitude > 180:
			t.Errorf("%s: no such point: %v, %v", p.Name, p.Latitude, p.Longitude)
		case p.Size < 1 || p.Size > 5 || len(p.Country) != 2:
			t.Errorf("%s: size %d, country %q", p.Name, p.Size, p.Country)
		case !id.MatchString(p.ID()):
			t.Errorf("%s: the id %q is no id of a button", p.Name, p.ID())
		}
		if q, ok := table.ByID(p.ID()); !ok || q != p {
			t.Errorf("the id %q finds %v", p.ID(), q)
		}
		if len(table.Exact(p.Name+", "+p.Country)) == 0 && len(table.Exact(p.Name)) == 0 {
			t.Errorf("%s is not found by its name", p.Name)
		}
	}
}

// A place lies where its zone does: its longitude is near its offset from Greenwich.
func TestPlacesLieInTheirZones(t *testing.T) {
	table := load(t)
	for _, p := range table.All() {
		_, offset := time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC).In(table.Location(p)).Zone()
		apart := p.Longitude/15 - float64(offset)/3600
		for apart > 12 {
			apart -= 24
		}
		for apart < -12 {
			apart += 24
		}
		if apart > 3.8 || apart < -3.8 {
			t.Errorf("%s (%v, %v) is %.1f hours from the sun in %s", p.Name, p.Latitude, p.Longitude, apart, p.Zone)
		}
	}
}

// Every country of the zone.tab of this machine has a place.
func TestEveryCountryHasAPlace(t *testing.T) {
	table := load(t)
	file, err := os.Open(filepath.Join("/usr/share/zoneinfo", "zone.tab"))
	if err != nil {
		t.Skip("this machine has no zone.tab to compare with")
	}
	defer func() { _ = file.Close() }()
	known := make(map[string]bool)
	for _, p := range table.All() {
		known[p.Country] = true
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if f := strings.Split(lines.Text(), "\t"); !strings.HasPrefix(lines.Text(), "#") && f[0] != "AQ" && !known[f[0]] {
			t.Errorf("no place is in the country %s (%s)", f[0], f[2])
		}
	}
}

func TestFind(t *testing.T) {
	table := load(t)
	for _, c := range []struct{ name, want string }{
		{"Madrid", "Europe/Madrid"},
		{"MADRID", "Europe/Madrid"},
		{"bogota", "America/Bogota"},
		{"São Paulo", "America/Sao_Paulo"},
		{"Saint Petersburg", "Europe/Moscow"},
		{"Portland", "America/Los_Angeles America/New_York"},
		{"Portland, OR", "America/Los_Angeles"},
		{"portland maine", "America/New_York"},
		{"Portland, Spain", ""},
		{"Washington", "America/New_York America/Los_Angeles"},
		{"España", "Europe/Madrid"},
		{"georgia", "Asia/Tbilisi America/New_York"},
		{"Barclona", "Europe/Madrid"},
		{"Johannesbrug", "Africa/Johannesburg"},
		{"lma", ""},
		{"leds", ""},
		{"", ""},
		{"nowhere at all", ""},
		{strings.Repeat("a ", 200), ""},
	} {
		var zones []string
		for _, p := range table.Find(c.name) {
			zones = append(zones, p.Zone)
		}
		if got := strings.Join(zones, " "); got != c.want {
			t.Errorf("Find(%q) gives %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNear(t *testing.T) {
	table := load(t)
	for _, c := range []struct {
		name                string
		latitude, longitude float64
		want                string // "": not sure
	}{
		{"Madrid", 40.4, -3.7, "Europe/Madrid"},
		{"a village of Castile", 41.5, -4.2, "Europe/Madrid"},
		{"Gran Canaria", 27.9, -15.6, "Atlantic/Canary"},
		{"Iowa", 42, -93.5, "America/Chicago"},
		{"Bengaluru", 12.97, 77.6, "Asia/Kolkata"},
		{"Terceira", 38.7, -27.2, "Atlantic/Azores"},
		{"Tokyo", 35.7, 139.7, "Asia/Tokyo"},
		{"between Spain and Portugal", 41.9, -8.6, ""},
		{"the middle of the Atlantic", 5, -30, ""},
		{"the south pole", -90, 0, ""},
		{"no point", 100, 0, ""},
	} {
		zone, sure := table.Near(c.latitude, c.longitude, november())
		if zone != c.want || sure != (c.want != "") {
			t.Errorf("%s: Near gives %q, %v; want %q", c.name, zone, sure, c.want)
		}
	}
}

// Two places whose clocks agree now and half a year on may still part in between.
func TestSame(t *testing.T) {
	table := load(t)
	march := time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"phoenix-us-az", "los-angeles-us-ca", false},
		{"madrid-es", "paris-fr", true},
		{"madrid-es", "las-palmas-es", false},
		{"london-gb", "accra-gh", false},
	} {
		a, okA := table.ByID(c.a)
		b, okB := table.ByID(c.b)
		if got := table.Same(a, b, march); !okA || !okB || got != c.want {
			t.Errorf("%s and %s: Same gives %v (known: %v, %v), want %v", c.a, c.b, got, okA, okB, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	table := load(t)
	for _, c := range []struct{ name, lang, want string }{
		{"Portland", "en", "Portland (Oregon); Portland (Maine)"},
		{"Portland", "es", "Portland (Oregón); Portland (Maine)"},
		{"Córdoba", "es", "Córdoba (Argentina); Córdoba (España)"},
		{"London", "es", "Londres"},
	} {
		if got := strings.Join(table.Labels(table.Find(c.name), c.lang), "; "); got != c.want {
			t.Errorf("the labels of %q in %s are %q, want %q", c.name, c.lang, got, c.want)
		}
	}
}
