package reminders_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/reminders"
)

// What the clocks of the world do to a schedule. Times are written as the person's own clock shows them.
func TestClocks(t *testing.T) {
	cases := []struct {
		name, spec, zone, after string
		want                    []string
	}{
		{"a gap in New York", "30 2 * * *", "America/New_York", "2026-03-07T00:00:00-05:00",
			[]string{"2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"}},
		{"the gap's own end in New York", "0 3 * * *", "America/New_York", "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-08T03:00:00-04:00", "2026-03-09T03:00:00-04:00"}},
		{"an hour twice in New York", "30 1 * * *", "America/New_York", "2026-10-31T12:00:00-04:00",
			[]string{"2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"}},
		{"asked between the two in New York", "30 1 * * *", "America/New_York", "2026-11-01T01:40:00-04:00",
			[]string{"2026-11-02T01:30:00-05:00"}},
		{"asked in the second of the two in New York", "30,50 1 * * *", "America/New_York", "2026-11-01T01:10:00-05:00",
			[]string{"2026-11-02T01:30:00-05:00"}},
		{"many swallowed in London", "*/20 * * * *", "Europe/London", "2026-03-29T00:30:00Z",
			[]string{"2026-03-29T00:40:00Z", "2026-03-29T02:00:00+01:00", "2026-03-29T02:20:00+01:00"}},
		{"many swallowed in London, and nothing due at the end", "10,20 * * * *", "Europe/London", "2026-03-29T00:10:00Z",
			[]string{"2026-03-29T00:20:00Z", "2026-03-29T02:00:00+01:00", "2026-03-29T02:10:00+01:00"}},
		{"many repeated in London", "*/30 * * * *", "Europe/London", "2026-10-25T00:40:00+01:00",
			[]string{"2026-10-25T01:00:00+01:00", "2026-10-25T01:30:00+01:00", "2026-10-25T02:00:00Z"}},
		{"no midnight in Santiago", "0 0 * * *", "America/Santiago", "2026-09-05T00:00:00-04:00",
			[]string{"2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"}},
		{"no midnight in Santiago, on Sundays", "30 0 * * 0", "America/Santiago", "2026-09-05T00:00:00-04:00",
			[]string{"2026-09-06T01:00:00-03:00", "2026-09-13T00:30:00-03:00"}},
		{"late evening twice in Santiago", "30 23 * * *", "America/Santiago", "2026-04-04T00:00:00-03:00",
			[]string{"2026-04-04T23:30:00-03:00", "2026-04-05T23:30:00-04:00"}},
		{"no midnight in Cairo", "15 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00+02:00",
			[]string{"2026-04-24T01:00:00+03:00", "2026-04-25T00:15:00+03:00"}},
		{"no midnight in Beirut", "0 0 * * *", "Asia/Beirut", "2026-03-28T12:00:00+02:00",
			[]string{"2026-03-29T01:00:00+03:00", "2026-03-30T00:00:00+03:00"}},
		{"half an hour's gap in Lord Howe", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00+10:30",
			[]string{"2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"}},
		{"half an hour twice in Lord Howe", "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00:00+11:00",
			[]string{"2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"}},
		{"after the half hour in Lord Howe", "0 2 * * *", "Australia/Lord_Howe", "2026-04-04T12:00:00+11:00",
			[]string{"2026-04-05T02:00:00+10:30", "2026-04-06T02:00:00+10:30"}},
		{"no such day in Apia", "0 9 * * *", "Pacific/Apia", "2011-12-29T00:00:00-10:00",
			[]string{"2011-12-29T09:00:00-10:00", "2011-12-31T09:00:00+14:00"}},
		{"no such day of the month in Apia", "0 9 30 * *", "Pacific/Apia", "2011-12-01T00:00:00-10:00",
			[]string{"2012-01-30T09:00:00+14:00"}},
		{"every hour across Apia's day", "0 * * * *", "Pacific/Apia", "2011-12-29T22:30:00-10:00",
			[]string{"2011-12-29T23:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T01:00:00+14:00"}},
		{"Kathmandu", "0 6 * * 1-5", "Asia/Kathmandu", "2026-03-06T06:00:00+05:45",
			[]string{"2026-03-09T06:00:00+05:45", "2026-03-10T06:00:00+05:45"}},
		{"Ramadan begins in Casablanca", "30 2 * * *", "Africa/Casablanca", "2026-02-14T12:00:00+01:00",
			[]string{"2026-02-15T02:30:00+01:00", "2026-02-16T02:30:00Z"}},
		{"Ramadan ends in Casablanca", "30 2 * * *", "Africa/Casablanca", "2026-03-21T12:00:00Z",
			[]string{"2026-03-22T03:00:00+01:00", "2026-03-23T02:30:00+01:00"}},
		{"a gap to midnight in Nuuk", "30 23 * * *", "America/Nuuk", "2026-03-27T12:00:00-02:00",
			[]string{"2026-03-27T23:30:00-02:00", "2026-03-28T22:59:00-02:00", "2026-03-29T23:30:00-01:00"}},
		{"a gap to midnight in Nuuk, where midnight is due", "0,30 23,0 * * *", "America/Nuuk", "2026-03-28T12:00:00-02:00",
			[]string{"2026-03-29T00:00:00-01:00", "2026-03-29T00:30:00-01:00"}},
		{"over midnight in Toronto", "45 23 30 3 *", "America/Toronto", "1919-01-01T00:00:00-05:00",
			[]string{"1919-03-30T23:29:00-05:00", "1920-03-30T23:45:00-05:00"}},
		{"a rule of far ahead, in the last days of a leap year", "0 9 * * *", "America/New_York", "2096-12-29T12:00:00-05:00",
			[]string{"2096-12-30T09:00:00-05:00", "2096-12-31T09:00:00-05:00", "2097-01-01T09:00:00-05:00"}},
		{"a fraction before", "0 9 * * *", "UTC", "2026-03-07T08:59:59.999999999Z", []string{"2026-03-07T09:00:00Z"}},
		{"a fraction after", "0 9 * * *", "UTC", "2026-03-07T09:00:00.000000001Z", []string{"2026-03-08T09:00:00Z"}},
		{"the end of time", "0 9 * * *", "UTC", "9999-12-30T09:00:00Z", []string{"9999-12-31T09:00:00Z", ""}},
		{"its last evening in the west", "0 22 31 12 *", "America/New_York", "9998-12-31T23:00:00-05:00", []string{""}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := parse(t, reminders.Rhythm{Spec: c.spec, Zone: c.zone})
			if diff := cmp.Diff(c.want, some(s, instant(t, c.after), len(c.want))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", s, diff)
			}
		})
	}
}

// Days, weeks, beginnings and ends.
func TestDays(t *testing.T) {
	cases := []struct {
		name  string
		r     reminders.Rhythm
		after string
		want  []string
	}{
		{"the 31st", reminders.Rhythm{Spec: "0 9 31 * *"}, "2027-01-01", []string{"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"}},
		{"the 29th in February", reminders.Rhythm{Spec: "0 9 29 2 *"}, "2027-01-01", []string{"2027-02-28", "2028-02-29", "2029-02-28"}},
		{"the 30th in February", reminders.Rhythm{Spec: "0 9 30 2 ?"}, "2027-01-01", []string{"2027-02-28", "2028-02-29"}},
		{"the 31st of short months", reminders.Rhythm{Spec: "0 9 31 4,6 *"}, "2027-01-01", []string{"2027-04-30", "2027-06-30", "2028-04-30"}},
		{"a list leaves short months out", reminders.Rhythm{Spec: "0 9 30,31 * *"}, "2027-02-01", []string{"2027-03-30", "2027-03-31", "2027-04-30"}},
		{"leap days of a list", reminders.Rhythm{Spec: "0 9 29,30 2 *"}, "2096-02-01", []string{"2096-02-29", "2104-02-29", "2108-02-29"}},
		{"the 31st or a Monday", reminders.Rhythm{Spec: "0 9 31 * 1"}, "2027-02-20", []string{"2027-02-22", "2027-03-01"}},
		{"the 13th or a Friday", reminders.Rhythm{Spec: "0 9 13 * 5"}, "2027-02-06", []string{"2027-02-12", "2027-02-13", "2027-02-19"}},
		{"every second day or a Monday", reminders.Rhythm{Spec: "0 9 */2 * 1"}, "2027-02-06", []string{"2027-02-07", "2027-02-08", "2027-02-09"}},
		{"Sunday is 0", reminders.Rhythm{Spec: "0 9 * * 0"}, "2027-02-06", []string{"2027-02-07", "2027-02-14"}},
		{"Sunday is 7", reminders.Rhythm{Spec: "0 9 * * 7"}, "2027-02-06", []string{"2027-02-07", "2027-02-14"}},
		{"a weekend", reminders.Rhythm{Spec: "0 9 * * 6-7"}, "2027-02-01", []string{"2027-02-06", "2027-02-07", "2027-02-13"}},
		{"every two weeks", reminders.Rhythm{Spec: "0 9 * * 1,0", Every: 2, From: day("2027-02-03")}, "2026-01-01",
			[]string{"2027-02-07", "2027-02-15", "2027-02-21", "2027-03-01"}},
		{"every week, from a day", reminders.Rhythm{Spec: "0 9 * * 3", Every: 1, From: day("2027-02-03")}, "2026-01-01", []string{"2027-02-03", "2027-02-10"}},
		{"every ten years and a leap day", reminders.Rhythm{Spec: "0 9 29,30 2 *", Every: 520, From: day("2104-02-29")}, "2096-02-29",
			[]string{"2104-02-29", "6788-02-29"}},
		{"over New Year", reminders.Rhythm{Spec: "0 9 * * 5", Every: 3, From: day("2026-12-18")}, "2026-12-01", []string{"2026-12-18", "2027-01-08", "2027-01-29"}},
		{"until the very time", reminders.Rhythm{Spec: "0 9 * * *", Until: day("2027-02-04").Add(9 * time.Hour)}, "2027-02-03", []string{"2027-02-03", "2027-02-04", ""}},
		{"until just before", reminders.Rhythm{Spec: "0 9 * * *", Until: day("2027-02-04").Add(9*time.Hour - 1)}, "2027-02-03", []string{"2027-02-03", ""}},
		{"an end before the beginning", reminders.Rhythm{Spec: "0 9 * * *", From: day("2027-02-04"), Until: day("2027-02-03")}, "2027-01-01", []string{""}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.r.Zone = "UTC"
			var want []string
			for _, w := range c.want {
				if w != "" {
					w += "T09:00:00Z"
				}
				want = append(want, w)
			}
			s := parse(t, c.r)
			if diff := cmp.Diff(want, some(s, day(c.after), len(want))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", s, diff)
			}
		})
	}
}

// Somebody who moves keeps the times on their wall, and the weeks that count.
func TestIn(t *testing.T) {
	from, err := time.Parse(time.RFC3339, "2026-03-02T00:30:00+01:00") // a Monday in Madrid, still Sunday in New York
	if err != nil {
		t.Fatal(err)
	}
	until := from.AddDate(0, 0, 28).Add(8*time.Hour + 30*time.Minute)
	madrid := parse(t, reminders.Rhythm{Spec: "0 9 * * 1", Zone: "Europe/Madrid", Every: 2, From: from, Until: until})
	york, err := reminders.Zone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	moved, err := madrid.In(york)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2026-03-02T09:00:00-05:00", "2026-03-16T09:00:00-04:00", "2026-03-30T09:00:00-04:00", ""}
	if diff := cmp.Diff(want, some(moved, from, 4)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", moved, diff)
	}
	again := parse(t, moved.Rhythm())
	if again.String() != moved.String() || again.Zone().String() != "America/New_York" {
		t.Errorf("%s was stored and read as %s", moved, again)
	}
	for _, zone := range []*time.Location{nil, time.Local} {
		if _, err := madrid.In(zone); !errors.Is(err, reminders.ErrZone) {
			t.Errorf("a move to %v: %v", zone, err)
		}
	}
}

func TestString(t *testing.T) {
	r := reminders.Rhythm{Spec: " 00  09 ? JAN-mar Mon,SUN ", Zone: "Asia/Kathmandu", Every: 2, From: day("2026-03-02"), Until: day("2026-05-02")}
	want := "0 9 * 1-3 1,0 Asia/Kathmandu every 2 weeks from 2026-03-02T00:00:00Z until 2026-05-02T00:00:00Z"
	if got := parse(t, r).String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := parse(t, reminders.Rhythm{Spec: "*/1 9 * * *", Zone: "UTC"}).String(); got != "* 9 * * * UTC" {
		t.Errorf("got %s", got)
	}
}

// Whatever is asked of a schedule that was never there to be asked: it answers.
func TestFarTimes(t *testing.T) {
	s := parse(t, reminders.Rhythm{Spec: "0 9 * * *", Zone: "Europe/Madrid"})
	if got := s.Next(time.Unix(1<<40, 0)); !got.IsZero() {
		t.Errorf("in the year 36812: %s", got)
	}
	if got := s.Next(time.Unix(-1<<40, 0)); got.Year() != 1 || !strings.Contains(got.Format(time.TimeOnly), "09:00:00") {
		t.Errorf("before the year 1: %s", got)
	}
}

func some(s *reminders.Schedule, after time.Time, n int) []string {
	var out []string
	for range n {
		if after = s.Next(after); after.IsZero() {
			return append(out, "")
		}
		out = append(out, after.Format(time.RFC3339))
	}
	return out
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// day is a day's midnight in UTC; a text that is none gives the year 1, and a test that fails.
func day(text string) time.Time {
	at, _ := time.Parse(time.DateOnly, text)
	return at
}
