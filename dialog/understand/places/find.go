package places

import (
	"slices"
	"strings"
)

const (
	outgrown  = 3 // a namesake this many sizes smaller is not meant
	maxNames  = 6 // words of a name with its country
	slipFrom  = 6 // letters from which one slip is forgiven
	slipsFrom = 9 // letters from which two are
)

// Find gives the places that a name may mean, the likeliest first: a city, a country or state by the cities that stand
// for its zones, or a city with its country or state behind it ("Portland, Maine"). Case and accents do not count, and
// in longer names a slip is forgiven. None means that the name is not known; several, that it does not say which.
func (t *Table) Find(name string) []Place {
	if found := t.Exact(name); len(found) > 0 {
		return found
	}
	return t.like(Fold(name))
}

// Exact is Find for a name without slips.
func (t *Table) Exact(name string) []Place {
	key := Fold(name)
	if found := t.called(key); len(found) > 0 {
		return found
	}
	words := strings.Fields(key)
	for cut := len(words) - 1; cut > 0 && len(words) <= maxNames; cut-- {
		if found := t.within(strings.Join(words[:cut], " "), strings.Join(words[cut:], " ")); len(found) > 0 {
			return found
		}
	}
	return nil
}

// called gives the cities of a name, and those of the areas of that name.
func (t *Table) called(key string) []Place {
	var out []Place
	add := func(i int) {
		if p := t.places[i]; !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, i := range t.byName[key] {
		if len(out) == 0 || out[0].Size-t.places[i].Size < outgrown {
			add(i)
		}
	}
	for _, a := range t.areas[key] {
		for _, i := range a.cities {
			add(i)
		}
	}
	return out
}

// within gives the cities of a name in an area, which is said by its name or, for a state, by its letters.
func (t *Table) within(name, where string) []Place {
	var out []Place
	for _, i := range t.byName[name] {
		if p := t.places[i]; p.Region != "" && strings.EqualFold(p.Region, where) || t.lies(p, where) {
			out = append(out, p)
		}
	}
	return out
}

func (t *Table) lies(p Place, where string) bool {
	return slices.ContainsFunc(t.areas[where], func(a area) bool {
		return a.country == p.Country && (a.region == "" || a.region == p.Region)
	})
}

// like finds the names that are a slip away. Where several are, none is meant for sure, and all are given.
func (t *Table) like(key string) []Place {
	slips := 0
	if len(key) >= slipFrom {
		slips = 1
	}
	if len(key) >= slipsFrom {
		slips = 2
	}
	var near []string
	for slip := 1; slip <= slips && len(near) == 0; slip++ {
		for name := range t.byName {
			if name[0] == key[0] && len(name) >= slipFrom-1 && apart(name, key, slip) {
				near = append(near, name)
			}
		}
		for name := range t.areas {
			if name[0] == key[0] && len(name) >= slipFrom-1 && apart(name, key, slip) {
				near = append(near, name)
			}
		}
	}
	slices.Sort(near)
	var out []Place
	for _, name := range slices.Compact(near) {
		for _, p := range t.called(name) {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int { return b.Size - a.Size })
	return out
}

// apart tells whether two names are at most some slips apart: a letter too many, too few, another one, or two that
// changed places.
func apart(a, b string, slips int) bool {
	if len(a)-len(b) > slips || len(b)-len(a) > slips {
		return false
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			other := 1
			if a[i-1] == b[j-1] {
				other = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+other)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)] <= slips
}

// Labels are the names of places as buttons show them, in a language: with the country or state where two share one.
func (t *Table) Labels(list []Place, lang string) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.In(lang)
		for j, q := range list {
			if j != i && q.In(lang) == out[i] {
				out[i] += " (" + t.area(p, lang) + ")"
				break
			}
		}
	}
	return out
}

// area names the state or country of a place.
func (t *Table) area(p Place, lang string) string {
	a, known := t.titles[p.Country+"-"+p.Region]
	switch {
	case !known:
		return p.Country
	case lang == "es" && a.spanish != "":
		return a.spanish
	}
	return a.name
}
