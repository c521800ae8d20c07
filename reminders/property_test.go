package reminders_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tandem/reminders"
)

var (
	begin = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	end   = time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
)

func parse(t testing.TB, r reminders.Rhythm) *reminders.Schedule {
	t.Helper()
	s, err := reminders.Parse(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Something daily comes once on every local day, at its time wherever that exists, in every zone.
func TestDailyInEveryZone(t *testing.T) {
	for _, name := range zoneNames(t) {
		t.Run(name, func(t *testing.T) {
			zone, err := reminders.Zone(name)
			if err != nil {
				t.Fatal(err)
			}
			rapid.Check(t, func(t *rapid.T) {
				hour, minute := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
				s, err := reminders.ParseIn(reminders.Rhythm{Spec: fmt.Sprintf("%d %d * * *", minute, hour), Zone: name}, zone)
				if err != nil {
					t.Fatal(err)
				}
				at := s.Next(drawTime(t, "from"))
				for range 200 {
					next := s.Next(at)
					y, m, d := at.Date()
					tomorrow := time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC)
					if next.Format(time.DateOnly) != tomorrow.Format(time.DateOnly) {
						t.Fatalf("%s: %s is followed by %s, which is not the next day", s, at, next)
					}
					if (next.Hour() != hour || next.Minute() != minute) && shows(next, hour, minute) {
						t.Fatalf("%s: %s, and the clock does show %02d:%02d on that day", s, next, hour, minute)
					}
					at = next
				}
			})
		})
	}
}

// shows tells whether the clock shows a time on the local day that an instant lies in.
func shows(day time.Time, hour, minute int) bool {
	for at := day.Add(-26 * time.Hour); at.Before(day.Add(26 * time.Hour)); at = at.Add(time.Minute) {
		if at.Hour() == hour && at.Minute() == minute && at.Format(time.DateOnly) == day.Format(time.DateOnly) {
			return true
		}
	}
	return false
}

// At every jump of every clock, Next gives what a walk over the minutes gives.
func TestEveryJump(t *testing.T) {
	all := []asks{
		{spec: "0 0 * * *", minutes: set(0), hours: set(0)},
		{spec: "30 1 * * *", minutes: set(30), hours: set(1)},
		{spec: "15 2 * * *", minutes: set(15), hours: set(2)},
		{spec: "59 23 * * *", minutes: set(59), hours: set(23)},
		{spec: "45 0,23 * * *", minutes: set(45), hours: set(0, 23)},
		{spec: "0 * * * *", minutes: set(0)},
		{spec: "*/15 * * * *", minutes: set(0, 15, 30, 45)},
		{spec: "20 22-23 * * 6", minutes: set(20), hours: set(22, 23), ws: set(6)},
		{spec: "* * * * 7", ws: set(0)},
	}
	count := 0
	for zone, at := range clocks(t, begin, end) {
		for _, jump := range at {
			from, to := jump.Add(-26*time.Hour), jump.Add(26*time.Hour)
			shown := walk(t, zone, from, to)
			for _, a := range all {
				s := parse(t, reminders.Rhythm{Spec: a.spec, Zone: zone.String()})
				if diff := cmp.Diff(shown.due(a.at, from, to), follow(t, s, from, to)); diff != "" {
					t.Fatalf("%s at %s (-walked +Next):\n%s", s, jump.In(zone), diff)
				}
			}
			count++
		}
	}
	if count < 1000 {
		t.Errorf("only %d jumps were looked at", count)
	}
}

// Any spec, in any zone, at any time: what Next gives is what a walk over the minutes gives.
func TestAnySpec(t *testing.T) {
	names := zoneNames(t)
	rapid.Check(t, func(r *rapid.T) {
		a := drawAsks(r)
		name := rapid.SampledFrom(names).Draw(r, "zone")
		s, err := reminders.Parse(reminders.Rhythm{Spec: a.spec, Zone: name})
		if err != nil {
			r.Skip(err) // a list of days that no month has
		}
		from := drawTime(r, "from")
		if at := jumps(s.Zone(), from, from.AddDate(1, 0, 0)); len(at) > 0 && from.AddDate(1, 0, 0).Before(end) {
			from = at[0].Add(-30 * time.Hour)
		}
		to := from.AddDate(0, 0, 4)
		if diff := cmp.Diff(walk(t, s.Zone(), from, to).due(a.at, from, to), follow(t, s, from, to)); diff != "" {
			r.Fatalf("%s from %s (-walked +Next):\n%s", s, from, diff)
		}
	})
}

// Days and weeks by the calendar, over years, where the clock does nothing.
func TestAnyDays(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := drawAsks(r)
		fields := strings.Fields(a.spec)
		a.spec = "0 12 " + strings.Join(fields[2:], " ")
		a.minutes, a.hours = set(0), set(12)
		a.every = rapid.IntRange(1, 6).Draw(r, "every")
		a.from = time.Date(2020, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*rapid.IntRange(0, 700).Draw(r, "week"))
		s, err := reminders.Parse(reminders.Rhythm{Spec: a.spec, Zone: "UTC", Every: a.every, From: a.from})
		if err != nil {
			r.Skip(err)
		}
		var want []time.Time
		for day := a.from; day.Before(a.from.AddDate(5, 0, 0)); day = day.AddDate(0, 0, 1) {
			if noon := day.Add(12 * time.Hour); a.at(noon.Unix() / 60) {
				want = append(want, noon)
			}
		}
		if diff := cmp.Diff(want, follow(t, s, a.from.AddDate(-1, 0, 0), a.from.AddDate(5, 0, 0))); diff != "" {
			r.Fatalf("%s (-walked +Next):\n%s", s, diff)
		}
	})
}

// A later time never gives an earlier answer, and what is due stays so until it is past.
func TestMonotonic(t *testing.T) {
	names := zoneNames(t)
	rapid.Check(t, func(r *rapid.T) {
		s, err := reminders.Parse(reminders.Rhythm{Spec: drawAsks(r).spec, Zone: rapid.SampledFrom(names).Draw(r, "zone")})
		if err != nil {
			r.Skip(err)
		}
		a := drawTime(r, "a")
		next := s.Next(a)
		if !next.After(a) {
			r.Fatalf("%s: after %s comes %s", s, a, next)
		}
		part := rapid.Float64Range(0, 0.999).Draw(r, "part")
		between := a.Add(time.Duration(float64(next.Sub(a)) * part))
		if got := s.Next(between); !got.Equal(next) {
			r.Fatalf("%s: after %s comes %s, and after %s, which is before that, %s", s, a, next, between, got)
		}
		if later := s.Next(next); !later.After(next) {
			r.Fatalf("%s: %s is followed by %s", s, next, later)
		}
	})
}

// No text makes the parser panic, and what it takes can be written out and read again.
func TestAnyText(t *testing.T) {
	word := rapid.SampledFrom([]string{"*", "?", "0", "7", "31", "60", "-", "/", ",", "mon", "sun", "jan", " ", "  ", "\t", "@every 1s", "TZ=", "é", "\x00", "L", "+1", "99999999999999999999"})
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 24).Draw(r, "words"), "")
		s, err := reminders.Parse(reminders.Rhythm{Spec: text, Zone: "UTC"})
		if err != nil {
			return
		}
		again, err := reminders.Parse(s.Rhythm())
		if err != nil || again.String() != s.String() {
			r.Fatalf("%q was read as %q, and that as %q, %v", text, s, again, err)
		}
	})
}

func drawTime(t *rapid.T, name string) time.Time {
	return time.UnixMilli(rapid.Int64Range(begin.UnixMilli(), end.AddDate(-1, 0, 0).UnixMilli()).Draw(t, name))
}

// drawAsks draws a spec, its text and its meaning side by side.
func drawAsks(t *rapid.T) asks {
	var a asks
	var texts [5]string
	texts[0], a.minutes = drawField(t, "minute", 0, 59)
	texts[1], a.hours = drawField(t, "hour", 0, 23)
	texts[2], a.days = drawField(t, "day", 1, 31)
	texts[3], a.months = drawField(t, "month", 1, 12)
	texts[4], a.ws = drawField(t, "weekday", 0, 6)
	a.spec = strings.Join(texts[:], " ")
	return a
}

func drawField(t *rapid.T, name string, lo, hi int) (string, map[int]bool) {
	v := rapid.IntRange(lo, hi)
	switch rapid.SampledFrom([]string{"any", "one", "range", "step", "list"}).Draw(t, name) {
	case "one":
		one := v.Draw(t, name)
		return strconv.Itoa(one), set(one)
	case "range":
		ends := []int{v.Draw(t, name), v.Draw(t, name)}
		slices.Sort(ends)
		out := map[int]bool{}
		for i := ends[0]; i <= ends[1]; i++ {
			out[i] = true
		}
		return fmt.Sprintf("%d-%d", ends[0], ends[1]), out
	case "step":
		step, out := rapid.IntRange(2, hi-lo).Draw(t, name), map[int]bool{}
		for i := lo; i <= hi; i += step {
			out[i] = true
		}
		return fmt.Sprintf("*/%d", step), out
	case "list":
		values := rapid.SliceOfNDistinct(v, 2, 4, rapid.ID[int]).Draw(t, name)
		return strings.ReplaceAll(strings.Trim(fmt.Sprint(values), "[]"), " ", ","), set(values...)
	default:
		return "*", nil
	}
}

func set(values ...int) map[int]bool {
	out := map[int]bool{}
	for _, v := range values {
		out[v] = true
	}
	return out
}
