package reminders_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem/reminders"
)

// at reads a time with the offset of its zone, and puts it on the zone's clock.
func at(t *testing.T, zone, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment.In(location(t, zone))
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := reminders.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestQuietAfter(t *testing.T) {
	night, noon, none := reminders.DefaultQuiet(), reminders.Quiet{From: 12 * 60, To: 14 * 60}, reminders.Quiet{}
	early := reminders.Quiet{From: 60, To: 2*60 + 30} // 01:00-02:30
	cases := []struct {
		name, zone string
		quiet      reminders.Quiet
		at, want   string
	}{
		{"the evening's last open minute", "Europe/Madrid", night, "2026-01-10T20:59:59+01:00", "2026-01-10T20:59:59+01:00"},
		{"the first quiet minute, over midnight", "Europe/Madrid", night, "2026-01-10T21:00:00+01:00", "2026-01-11T08:00:00+01:00"},
		{"after midnight", "Europe/Madrid", night, "2026-01-11T03:12:45+01:00", "2026-01-11T08:00:00+01:00"},
		{"the last quiet minute", "Europe/Madrid", night, "2026-01-11T07:59:59+01:00", "2026-01-11T08:00:00+01:00"},
		{"the end is open", "Europe/Madrid", night, "2026-01-11T08:00:00+01:00", "2026-01-11T08:00:00+01:00"},
		{"within a day", "Asia/Kathmandu", noon, "2026-01-11T13:00:00+05:45", "2026-01-11T14:00:00+05:45"},
		{"within a day, before it", "Asia/Kathmandu", noon, "2026-01-11T11:59:00+05:45", "2026-01-11T11:59:00+05:45"},
		{"the zero value is no quiet", "Asia/Tokyo", none, "2026-01-11T03:00:00+09:00", "2026-01-11T03:00:00+09:00"},
		{"a night with an hour less", "Europe/Madrid", night, "2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00"},
		{"a night with an hour more", "Europe/Madrid", night, "2026-10-24T22:00:00+02:00", "2026-10-25T08:00:00+01:00"},
		{"the end lies in a gap", "Europe/Madrid", early, "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"half an hour of Lord Howe", "Australia/Lord_Howe", night, "2026-10-03T23:00:00+10:30", "2026-10-04T08:00:00+11:00"},
		{"midnight does not exist in Santiago", "America/Santiago", night, "2026-09-05T22:00:00-04:00", "2026-09-06T08:00:00-03:00"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.quiet.After(at(t, c.zone, c.at)); got.Format(time.RFC3339) != c.want {
				t.Errorf("%s after %s is %s, want %s", c.quiet, c.at, got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestParseQuiet(t *testing.T) {
	cases := []struct {
		name, from, to, want string
		err                  error
	}{
		{"over midnight", "21:00", "08:00", "21:00-08:00", nil},
		{"within a day", "09:30", "17:05", "09:30-17:05", nil},
		{"one digit", "9:00", "17:00", "09:00-17:00", nil},
		{"the same twice is none", "08:00", "08:00", "", nil},
		{"an hour is left", "09:00", "08:00", "09:00-08:00", nil},
		{"less than an hour is left", "08:59", "08:00", "", reminders.ErrQuiet},
		{"no time", "evening", "08:00", "", reminders.ErrQuiet},
		{"an hour that there is not", "21:00", "24:00", "", reminders.ErrQuiet},
		{"a minute that there is not", "21:60", "08:00", "", reminders.ErrQuiet},
		{"nothing", "", "", "", reminders.ErrQuiet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q, err := reminders.ParseQuiet(c.from, c.to)
			if !errors.Is(err, c.err) || q.String() != c.want {
				t.Errorf("ParseQuiet(%q, %q) = %q, %v; want %q, %v", c.from, c.to, q, err, c.want, c.err)
			}
			if err != nil && q != (reminders.Quiet{}) {
				t.Errorf("an error comes with the quiet hours %s", q)
			}
		})
	}
}

// Whatever the quiet hours, the zone and the time: the end is the first minute that is open, and no sooner.
func TestQuietAnywhere(t *testing.T) {
	names := zoneNames(t)
	rapid.Check(t, func(r *rapid.T) {
		from := rapid.IntRange(0, 24*60-1).Draw(r, "from")
		length := rapid.IntRange(0, 23*60).Draw(r, "length")
		q := reminders.Quiet{From: from, To: (from + length) % (24 * 60)}
		now := drawTime(r, "at").In(location(t, rapid.SampledFrom(names).Draw(r, "zone")))
		quiet := func(t time.Time) bool { // by the words of the rule, minute by minute
			for m := range length {
				if t.Hour()*60+t.Minute() == (from+m)%(24*60) {
					return true
				}
			}
			return false
		}
		got := q.After(now)
		if q.Holds(now) != quiet(now) || quiet(got) || got.Before(now) {
			r.Fatalf("%s at %s: Holds %v, After %s", q, now, q.Holds(now), got)
		}
		for before := now; before.Before(got); before = before.Add(time.Minute) {
			if !quiet(before) {
				r.Fatalf("%s at %s: After %s, but %s is open already", q, now, got, before)
			}
		}
	})
}
