package understand

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tandem/dialog/understand/places"
)

const (
	clockSlack = 20 // minutes that a clock that is told may be off
	halfDay    = 12 * 60
	townSize   = 2 // smaller places are offered last
)

// zoneNamed reads the IANA name of a zone, however it is cased. One that is only an offset says where nobody is.
func (l *Lexicon) zoneNamed(text string, now time.Time) (w Where, why Why, named bool) {
	name := strings.ReplaceAll(strings.TrimSpace(text), " ", "_")
	area, rest, cut := strings.Cut(name, "/")
	if !cut || area == "" || rest == "" || len(name) > 40 || strings.EqualFold(area, "right") {
		return Where{}, "", false
	}
	for _, p := range l.zones.table.All() {
		if strings.EqualFold(p.Zone, name) {
			largest, _ := l.zones.table.Largest(p.Zone)
			return Where{Zone: p.Zone, Place: largest}, "", true
		}
	}
	loc, err := time.LoadLocation(zoneCase(name))
	if err != nil {
		return Where{}, "", false
	}
	if strings.EqualFold(area, "Etc") {
		_, seconds := now.In(loc).Zone()
		w, why = l.among(l.placesWhere(now, func(_, offset int) bool { return offset == seconds }), now)
		return w, why, true
	}
	return Where{Zone: loc.String()}, "", true
}

// zoneCase writes the words of a zone's name with capitals, as the tz database does.
func zoneCase(name string) string {
	out := []byte(strings.ToLower(name))
	for i, c := range out {
		if c >= 'a' && c <= 'z' && (i == 0 || out[i-1] == '/' || out[i-1] == '_' || out[i-1] == '-') {
			out[i] = c - 'a' + 'A'
		}
	}
	out = []byte(strings.NewReplacer("_Of_", "_of_", "_Es_", "_es_", "-Au-", "-au-").Replace(string(out)))
	if strings.HasPrefix(string(out), "Us/") || strings.HasPrefix(string(out), "Etc/Gmt") {
		return strings.NewReplacer("Us/", "US/", "Gmt", "GMT").Replace(string(out))
	}
	return string(out)
}

var offsetForm = regexp.MustCompile(`^(?:.*\s)?(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?:\s*h(?:ours|oras)?)?$`)

// offsetIn reads "UTC+2", "gmt -3:30", "+02:00" as seconds east of Greenwich.
func offsetIn(text string) (seconds int, said bool) {
	m := offsetForm.FindStringSubmatch(strings.Trim(Normalize(text), " .!"))
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[2])   // two digits: no error
	minutes, _ := strconv.Atoi(m[3]) // two digits, or none, which is 0
	if hours > 14 || minutes > 59 {
		return 0, false
	}
	seconds = hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return seconds, true
}

// zoneByClock reads what time it is where the person is. A bare hour is either half of the day.
func (l *Lexicon) zoneByClock(text string, now time.Time) (Where, Why) {
	toks := l.withoutClockWords(l.tokens(nil, text))
	if len(toks) == 0 {
		return Where{}, NotUnderstood
	}
	m := l.readMoment(toks, now, Either, true)
	if m.refusal() != "" || len(m.clocks) == 0 || len(m.days) > 0 || m.negated {
		for _, c := range m.clocks {
			if c.why != "" {
				return Where{}, c.why
			}
		}
		return Where{}, NotUnderstood
	}
	c, why := m.clocks[0].in(m.part)
	if why != "" {
		return Where{}, why
	}
	told := c.hour*60 + c.minute
	return l.among(l.placesWhere(now, func(shown, _ int) bool {
		return minutesApart(shown, told) <= clockSlack || c.bare && minutesApart(shown, told+halfDay) <= clockSlack
	}), now)
}

// withoutClockWords takes out the words around a clock, which would make a bare hour one among strangers.
func (l *Lexicon) withoutClockWords(toks []token) []token {
	var out []token
	for i := 0; i < len(toks); {
		if n := l.zones.clock.len(toks, i); n > 0 && l.times.halfPast.len(toks, i) == 0 {
			i += n
			continue
		}
		out = append(out, toks[i])
		i++
	}
	return out
}

// minutesApart is how far two clocks are apart, at most half a day.
func minutesApart(a, b int) int {
	d := ((a-b)%(2*halfDay) + 2*halfDay) % (2 * halfDay)
	return min(d, 2*halfDay-d)
}

// placesWhere lists the places whose clocks fit: first those in the countries that speak the language, then the larger.
// fits is given the minutes of the day that the place's clock shows now, and its offset in seconds.
func (l *Lexicon) placesWhere(now time.Time, fits func(shown, offset int) bool) []places.Place {
	var out []places.Place
	for _, p := range l.zones.table.All() {
		loc := l.zones.table.Location(p)
		if loc == nil {
			continue
		}
		at := now.In(loc)
		if _, offset := at.Zone(); fits(at.Hour()*60+at.Minute(), offset) {
			out = append(out, p)
		}
	}
	order := func(p places.Place) int {
		if i := slices.Index(l.zones.likely, p.Country); i >= 0 {
			return i
		}
		return len(l.zones.likely)
	}
	last := func(yes bool) int {
		if yes {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b places.Place) int {
		return cmp.Or(last(a.Size < townSize)-last(b.Size < townSize), l.rank(a)-l.rank(b), b.Size-a.Size,
			order(a)-order(b), last(!a.Names())-last(!b.Names()))
	})
	return out
}
