package reminders_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/reminders"
)

// The tests' own account of when something is due. It shares nothing with Next: it walks over the instants one minute
// after another, writes down when a clock on the wall shows which time, and asks for every minute of the calendar.

// strip is what a zone's clock shows over a while. Civil minutes are those of a calendar without a zone, from 1970.
type strip struct {
	first int64         // the first civil minute that is looked at
	shown []time.Time   // when the clock first shows it; zero: never
	days  map[int64]int // civil days of which a minute is shown
}

const civilDay = 24 * 60

// margin is walked around a while, so that no jump of the clock is half seen.
const margin = 28 * time.Hour

func civil(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC).Unix() / 60
}

func walk(t testing.TB, zone *time.Location, from, to time.Time) strip {
	begin, end := from.Add(-margin).Truncate(time.Minute).In(zone), to.Add(margin).In(zone)
	s := strip{first: civil(begin) - civilDay, days: map[int64]int{}}
	s.shown = make([]time.Time, civil(end)-s.first+civilDay)
	for at := begin; at.Before(end); at = at.Add(time.Minute) {
		if at.Second() != 0 {
			t.Fatalf("%s: the clock shows %s; the walk goes by whole minutes", zone, at)
		}
		c := civil(at)
		s.days[c/civilDay]++
		if s.shown[c-s.first].IsZero() {
			s.shown[c-s.first] = at
		}
	}
	return s
}

// due lists what is asked for, in the while from a time (not included) to another.
func (s strip) due(asked func(minute int64) bool, from, to time.Time) []time.Time {
	due := map[int64]bool{}
	var overnight [][2]time.Time // the last minute of a day, and the end of the gap behind it
	for i, at := range s.shown {
		c := s.first + int64(i)
		if !asked(c) || s.days[c/civilDay] == 0 {
			continue
		}
		if !at.IsZero() {
			due[at.Unix()] = true
			continue
		}
		next, last := s.after(i), s.before(i)
		switch {
		case next < 0 || last < 0: // at the edge of what was walked
		case (s.first+int64(next))/civilDay == c/civilDay:
			due[s.shown[next].Unix()] = true
		default:
			overnight = append(overnight, [2]time.Time{s.shown[last], s.shown[next]})
		}
	}
	for _, o := range overnight {
		if !due[o[1].Unix()] {
			due[o[0].Unix()] = true
		}
	}
	var out []time.Time
	for at := range due {
		if t := time.Unix(at, 0); t.After(from) && !t.After(to) {
			out = append(out, t.UTC())
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

func (s strip) after(i int) int {
	for ; i < len(s.shown); i++ {
		if !s.shown[i].IsZero() {
			return i
		}
	}
	return -1
}

func (s strip) before(i int) int {
	for ; i >= 0 && s.shown[i].IsZero(); i-- {
		continue
	}
	return i
}

// asks is a spec as sets, made together with its text and never read from it.
type asks struct {
	spec                             string
	minutes, hours, days, months, ws map[int]bool // nil: any
	every                            int
	from                             time.Time // a Monday's midnight, as on the wall
}

func (a asks) at(minute int64) bool {
	t := time.Unix(minute*60, 0).UTC()
	return in(a.minutes, t.Minute()) && in(a.hours, t.Hour()) && in(a.months, int(t.Month())) && a.day(t) && a.week(t)
}

func (a asks) day(t time.Time) bool {
	if a.days != nil && a.ws != nil {
		return a.days[t.Day()] || a.ws[int(t.Weekday())]
	}
	tomorrow := t.AddDate(0, 0, 1)
	if len(a.days) == 1 && tomorrow.Day() == 1 {
		for day := range a.days {
			return day == t.Day() || day > t.Day() && day >= 29
		}
	}
	return in(a.days, t.Day()) && in(a.ws, int(t.Weekday()))
}

func (a asks) week(t time.Time) bool {
	if a.every < 2 {
		return true
	}
	weeks := int(t.Sub(a.from) / (7 * 24 * time.Hour))
	return !t.Before(a.from) && weeks%a.every == 0
}

func in(set map[int]bool, v int) bool { return set == nil || set[v] }

// follow lists what Next gives from one time to another.
func follow(t testing.TB, s *reminders.Schedule, from, to time.Time) []time.Time {
	t.Helper()
	var out []time.Time
	for at := s.Next(from); !at.IsZero() && !at.After(to); at = s.Next(at) {
		if len(out) > 0 && !at.After(out[len(out)-1]) {
			t.Fatalf("%s: %s is followed by %s", s, out[len(out)-1], at)
		}
		out = append(out, at.UTC())
	}
	return out
}

// zoneNames reads the names of the tz database (public domain).
func zoneNames(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(data))
	if len(names) < 590 {
		t.Fatalf("only %d zones", len(names))
	}
	return names
}

// jumps finds the instants at which a zone's clock jumps.
func jumps(zone *time.Location, from, to time.Time) []time.Time {
	offset := func(t time.Time) int { _, o := t.In(zone).Zone(); return o }
	var out []time.Time
	from = from.Truncate(time.Minute)
	was := offset(from)
	for at := from; at.Before(to); {
		next := at.Add(6 * time.Hour)
		if before := was; before != offset(next) {
			was = offset(next)
			lo, hi := at, next
			for hi.Sub(lo) > time.Minute {
				mid := lo.Add(hi.Sub(lo) / 2).Truncate(time.Minute)
				if offset(mid) == before {
					lo = mid
				} else {
					hi = mid
				}
			}
			out = append(out, hi)
		}
		at = next
	}
	return out
}

// clocks are the zones of the database, each kind once: many names share one clock over these years.
func clocks(t testing.TB, from, to time.Time) map[*time.Location][]time.Time {
	t.Helper()
	out, seen := map[*time.Location][]time.Time{}, map[string]bool{}
	for _, name := range zoneNames(t) {
		zone, err := reminders.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		at := jumps(zone, from, to)
		key := fmt.Sprint(from.In(zone).Format("-0700"), at)
		for _, j := range at {
			key += j.In(zone).Format("-0700")
		}
		if !seen[key] {
			seen[key], out[zone] = true, at
		}
	}
	return out
}
