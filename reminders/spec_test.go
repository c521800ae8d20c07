package reminders_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"tandem/reminders"
)

func TestSpellings(t *testing.T) {
	for spec, want := range map[string]string{
		"0 9 * * 1":                             "0 9 * * 1",
		"\t0   9 * * 1 ":                        "0 9 * * 1",
		"00 09 ? * mon":                         "0 9 * * 1",
		"*/5 8-18/2 1,15 JAN Fri":               "*/5 8-18/2 1,15 1 5",
		"5/20 * * * *":                          "5-59/20 * * * *",
		"0 9 * * 7":                             "0 9 * * 0",
		"0 9 * * 0-7":                           "0 9 * * 0,1,2,3,4,5,6,0",
		"0 9 * * 1-7/3":                         "0 9 * * 1,4,0",
		"0 9 * * fri-sun":                       "0 9 * * 5,6,0",
		"0 9 * * sun-tue":                       "0 9 * * 0-2",
		"0 9 * * 7/2":                           "0 9 * * 0",
		"0 9 * * 5/2":                           "0 9 * * 5-6/2",
		"0 9 31/1 * *":                          "0 9 31-31 * *",
		"59,0,59 23 * feb-Apr *":                "59,0,59 23 * 2-4 *",
		"*/60 */24 */31 */12 */7":               "*/60 */24 */31 */12 */7",
		"0 0 30,31 2 1":                         "0 0 30,31 2 1",
		"*,3 * ?/2 * *":                         "*,3 * */2 * *",
		strings.Repeat("1,", 200) + "1 * * * *": strings.Repeat("1,", 200) + "1 * * * *",
	} {
		s, err := reminders.Parse(reminders.Rhythm{Spec: spec, Zone: "UTC"})
		if err != nil {
			t.Errorf("%q: %v", spec, err)
			continue
		}
		if got := s.Rhythm().Spec; got != want {
			t.Errorf("%q was read as %q, want %q", spec, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	cases := []struct {
		spec string
		is   error
		says string
	}{
		{"", reminders.ErrSpec, "it is empty"},
		{" \t", reminders.ErrSpec, "it is empty"},
		{"61 * * * *", reminders.ErrSpec, `the minute "61": 61 is out of range; it goes from 0 to 59`},
		{"* 24 * * *", reminders.ErrSpec, "hour"},
		{"* * 0 * *", reminders.ErrSpec, "it goes from 1 to 31"},
		{"* * * 13 *", reminders.ErrSpec, "month"},
		{"* * * * 8", reminders.ErrSpec, "it goes from 0 to 7"},
		{"* * * * * *", reminders.ErrSpec, "six fields"},
		{"* * * *", reminders.ErrSpec, "4 fields"},
		{"daily", reminders.ErrSpec, "one field"},
		{"@every 0s", reminders.ErrSpec, "*/30 * * * *"},
		{"@daily", reminders.ErrSpec, "write 0 0 * * *"},
		{"@Weekly", reminders.ErrSpec, "write 0 0 * * 0"},
		{"@midnight", reminders.ErrSpec, "write 0 0 * * *"},
		{"@monthly", reminders.ErrSpec, "write 0 0 1 * *"},
		{"@yearly", reminders.ErrSpec, "write 0 0 1 1 *"},
		{"@hourly", reminders.ErrSpec, "write 0 * * * *"},
		{"@reboot", reminders.ErrSpec, "write five fields"},
		{"TZ=0", reminders.ErrSpec, "the zone by itself"},
		{"TZ=0 0 9 * * *", reminders.ErrSpec, "the zone by itself"},
		{" CRON_TZ=Europe/Madrid 0 9 * * *", reminders.ErrSpec, "the zone by itself"},
		{strings.Repeat("0", 10<<10), reminders.ErrSpec, "10240 bytes"},
		{strings.Repeat("*/5 ", 60), reminders.ErrSpec, "60 fields"},
		{"0 9 * * 1\n", reminders.ErrSpec, `'\n' has no meaning`},
		{"0 9 * * é", reminders.ErrSpec, "has no meaning"},
		{"0 9 * * 1#2", reminders.ErrSpec, "'#' has no meaning"},
		{"0 9\u00a0* * 1", reminders.ErrSpec, "has no meaning"},
		{"0 9 L * *", reminders.ErrSpec, `"L" is not a number from 1 to 31`},
		{"0 9 * * monday", reminders.ErrSpec, "neither a number nor a name such as mon"},
		{"0 9 * * unm", reminders.ErrSpec, "neither a number nor a name"},
		{"0 9 * mon *", reminders.ErrSpec, "neither a number nor a name such as feb"},
		{", * * * *", reminders.ErrSpec, "one side of a comma"},
		{"1,,2 * * * *", reminders.ErrSpec, "one side of a comma"},
		{"1, * * * *", reminders.ErrSpec, "one side of a comma"},
		{"+5 * * * *", reminders.ErrSpec, "has no meaning"},
		{"-5 * * * *", reminders.ErrSpec, `"" is not a number`},
		{"5- * * * *", reminders.ErrSpec, `"" is not a number`},
		{"1-2-3 * * * *", reminders.ErrSpec, `"2-3" is not a number`},
		{"*-5 * * * *", reminders.ErrSpec, `"*" is not a number`},
		{"5-1 * * * *", reminders.ErrSpec, "5-1 ends before it begins"},
		{"0 9 * * 7-2", reminders.ErrSpec, "7-2 ends before it begins"},
		{"*/0 * * * *", reminders.ErrSpec, `"0" is not a step`},
		{"*/ * * * *", reminders.ErrSpec, `"" is not a step`},
		{"*/x * * * *", reminders.ErrSpec, `"x" is not a step`},
		{"*/2/3 * * * *", reminders.ErrSpec, `"2/3" is not a step`},
		{"*/90 * * * *", reminders.ErrSpec, "a step of 90 is longer than the whole field"},
		{"*/99999999999999999999 * * * *", reminders.ErrSpec, "is not a step"},
		{"99999999999999999999 * * * *", reminders.ErrSpec, "is not a number"},
		{"0 0 30,31 2 *", reminders.ErrNever, "no month in it has such a day"},
		{"0 0 30-31 2 *", reminders.ErrNever, "write other days"},
		{"0 0 30/1 feb ?", reminders.ErrNever, "write other days"},
	}
	for _, c := range cases {
		s, err := reminders.Parse(reminders.Rhythm{Spec: c.spec, Zone: "UTC"})
		if s != nil || !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.60q: %v; want an error that says %q", c.spec, err, c.says)
			continue
		}
		if len(err.Error()) > 250 {
			t.Errorf("%.60q: an error of %d bytes: %v", c.spec, len(err.Error()), err)
		}
	}
}

func TestRefusedRhythms(t *testing.T) {
	from := day("2026-03-02")
	cases := []struct {
		name string
		r    reminders.Rhythm
		is   error
		says string
	}{
		{"no beginning of the weeks", reminders.Rhythm{Zone: "UTC", Every: 2}, reminders.ErrEvery, "give a day of the first week"},
		{"fewer than no weeks", reminders.Rhythm{Zone: "UTC", Every: -3, From: from}, reminders.ErrEvery, "-3; write a number from 1 to 520"},
		{"a lifetime of weeks", reminders.Rhythm{Zone: "UTC", Every: 521, From: from}, reminders.ErrEvery, "521"},
		{"no zone", reminders.Rhythm{}, reminders.ErrZone, "it is empty"},
		{"the machine's zone", reminders.Rhythm{Zone: "Local"}, reminders.ErrZone, "the person's own"},
		{"an unknown zone", reminders.Rhythm{Zone: "Europe/Atlantis"}, reminders.ErrZone, "Europe/Madrid"},
		{"too late for a leap day", reminders.Rhythm{Spec: "0 9 29,30 2 *", Zone: "UTC", Every: 520, From: day("9990-01-01")}, reminders.ErrNever, "fewer weeks"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.r.Spec == "" {
				c.r.Spec = "0 9 * * *"
			}
			if s, err := reminders.Parse(c.r); s != nil || !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, %v; want an error that says %q", s, err, c.says)
			}
		})
	}
	madrid, err := reminders.Zone("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	for _, zone := range []*time.Location{nil, time.UTC, time.Local, madrid} {
		if _, err := reminders.ParseIn(reminders.Rhythm{Spec: "0 9 * * *", Zone: "Europe/Rome"}, zone); !errors.Is(err, reminders.ErrZone) {
			t.Errorf("Rome's schedule in %v: %v", zone, err)
		}
	}
}

// A rhythm is stored as JSON, small where it is simple, and comes back as the same schedule.
func TestRhythmAsJSON(t *testing.T) {
	for _, want := range []string{
		`{"spec":"0 9 * * 1","zone":"Europe/Madrid"}`,
		`{"spec":"0 9 * * 1","zone":"Europe/Madrid","every":2,"from":"2026-03-02T00:00:00Z","until":"2026-05-02T00:00:00Z"}`,
	} {
		var r reminders.Rhythm
		if err := json.Unmarshal([]byte(want), &r); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(parse(t, r).Rhythm())
		if err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
}

func TestZones(t *testing.T) {
	for _, name := range zoneNames(t) {
		zone, err := reminders.Zone(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if zone.String() != name {
			t.Errorf("%s was read as %s", name, zone)
		}
	}
	for _, name := range []string{"", "Local", "europe madrid", "Europe", "../../etc/passwd", "/usr/share/zoneinfo/Europe/Madrid", "Madrid",
		"right/Europe/Madrid", "posix/Europe/Madrid", "localtime", "posixrules", "Factory", "zone.tab", "CET-1CEST", "UTC+2", "Europe/Madrid\x00",
		strings.Repeat("Europe/", 2000)} {
		if zone, err := reminders.Zone(name); zone != nil || !errors.Is(err, reminders.ErrZone) || len(err.Error()) > 200 {
			t.Errorf("%.60q: %v, %v", name, zone, err)
		}
	}
}
