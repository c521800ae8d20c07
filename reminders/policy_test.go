package reminders_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem/reminders"
)

const oneDay = 24 * time.Hour

func TestBackOffAfter(t *testing.T) {
	cases := []struct {
		idle time.Duration
		want int // days
	}{
		{0, 3}, {2*oneDay - 1, 3}, {2 * oneDay, 2}, {10*oneDay - 1, 2}, {10 * oneDay, 6}, {30*oneDay - 1, 6}, {30 * oneDay, 15}, {1000 * oneDay, 15},
	}
	for _, c := range cases {
		if got := reminders.BackOffAfter(c.idle); got != time.Duration(c.want)*oneDay {
			t.Errorf("after %s without a word the wait is %s, want %d days", c.idle, got, c.want)
		}
	}
}

// ledger is what was sent at times, to somebody who wrote last at another and was silent for some of them.
func ledger(t *testing.T, zone, heard string, silent int, sent ...string) reminders.Ledger {
	t.Helper()
	l := reminders.Ledger{Silent: silent, Heard: at(t, zone, heard)}
	for _, s := range sent {
		l.Sent = append(l.Sent, at(t, zone, s).UTC()) // as it is read back: with no zone
	}
	return l
}

func TestDecide(t *testing.T) {
	const madrid = "Europe/Madrid"
	policy := reminders.Policy{Quiet: reminders.DefaultQuiet(), Week: 3, Holiday: func(t time.Time) bool { return t.Format("01-02") == "01-06" }}
	short := policy
	short.Late = 30 * time.Minute
	none := ledger(t, madrid, "2026-01-05T10:00:00+01:00", 0)
	today := ledger(t, madrid, "2026-01-05T10:00:00+01:00", 0, "2026-01-12T08:30:00+01:00")
	week := ledger(t, madrid, "2026-01-11T23:00:00+01:00", 0, "2026-01-06T18:00:00+01:00", "2026-01-08T18:00:00+01:00", "2026-01-10T18:00:00+01:00")
	past := ledger(t, madrid, "2026-01-11T23:00:00+01:00", 0, "2026-01-05T23:59:00+01:00", "2026-01-08T18:00:00+01:00", "2026-01-10T18:00:00+01:00")
	once := ledger(t, madrid, "2026-01-10T18:10:00+01:00", 1, "2026-01-11T18:00:00+01:00")
	twice := ledger(t, madrid, "2026-01-09T18:10:00+01:00", 2, "2026-01-10T18:00:00+01:00", "2026-01-11T18:00:00+01:00")
	cases := []struct {
		name     string
		policy   reminders.Policy
		now, due string
		ledger   reminders.Ledger
		asked    bool
		verdict  reminders.Verdict
		until    string
		why      reminders.Reason
	}{
		{"in time", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", none, false, reminders.SendNow, "", reminders.InTime},
		{"the last moment of the window", policy, "2026-01-12T21:00:00+01:00", "2026-01-12T18:00:00+01:00", none, false, reminders.Skip, "", reminders.QuietNow},
		{"late within the window", policy, "2026-01-12T15:00:00+01:00", "2026-01-12T12:00:00+01:00", none, false, reminders.SendNow, "", reminders.InTime},
		{"late beyond the window", policy, "2026-01-12T15:00:01+01:00", "2026-01-12T12:00:00+01:00", none, false, reminders.Skip, "", reminders.TooLate},
		{"a window of its own", short, "2026-01-12T12:30:01+01:00", "2026-01-12T12:00:00+01:00", none, false, reminders.Skip, "", reminders.TooLate},
		{"what was asked for is too late too", policy, "2026-01-12T15:00:01+01:00", "2026-01-12T12:00:00+01:00", none, true, reminders.Skip, "", reminders.TooLate},
		{"quiet, and open within the window", policy, "2026-01-12T06:00:00+01:00", "2026-01-12T06:00:00+01:00", none, false, reminders.Wait, "2026-01-12T08:00:00+01:00", reminders.QuietNow},
		{"quiet, and open when the window ends", policy, "2026-01-12T05:00:00+01:00", "2026-01-12T05:00:00+01:00", none, false, reminders.Wait, "2026-01-12T08:00:00+01:00", reminders.QuietNow},
		{"quiet, and open too late", policy, "2026-01-12T04:59:00+01:00", "2026-01-12T04:59:00+01:00", none, false, reminders.Skip, "", reminders.QuietNow},
		{"what was asked for waits out the night", policy, "2026-01-12T22:00:00+01:00", "2026-01-12T22:00:00+01:00", none, true, reminders.Wait, "2026-01-13T08:00:00+01:00", reminders.QuietNow},
		{"one a day", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", today, false, reminders.Skip, "", reminders.OneADay},
		{"one a day, but for what was asked for", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", today, true, reminders.SendNow, "", reminders.InTime},
		{"enough for a week", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", week, false, reminders.Skip, "", reminders.FullWeek},
		{"enough for a week, but for what was asked for", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", week, true, reminders.SendNow, "", reminders.InTime},
		{"seven days ago counts no more, at whatever time", policy, "2026-01-12T09:00:00+01:00", "2026-01-12T09:00:00+01:00", past, false, reminders.SendNow, "", reminders.InTime},
		{"no limit for the week", reminders.Policy{}, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", week, false, reminders.SendNow, "", reminders.InTime},
		{"a follow-up", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", once, false, reminders.SendNow, "", reminders.InTime},
		{"backing off after two", policy, "2026-01-12T18:00:00+01:00", "2026-01-12T18:00:00+01:00", twice, false, reminders.Skip, "", reminders.BackOff},
		{"backing off is over", policy, "2026-01-13T17:00:00+01:00", "2026-01-13T17:00:00+01:00", twice, false, reminders.SendNow, "", reminders.InTime},
		{"a holiday", policy, "2026-01-06T18:00:00+01:00", "2026-01-06T18:00:00+01:00", none, false, reminders.Skip, "", reminders.OnHoliday},
		{"a holiday, but for what was asked for", policy, "2026-01-06T18:00:00+01:00", "2026-01-06T18:00:00+01:00", none, true, reminders.SendNow, "", reminders.InTime},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			verdict, until, why := c.policy.Decide(at(t, madrid, c.now), at(t, madrid, c.due), c.ledger, c.asked)
			if verdict != c.verdict || why != c.why || verdict == reminders.Wait && until.Format(time.RFC3339) != c.until {
				t.Errorf("verdict %d until %s, %q; want %d until %s, %q", verdict, until, why, c.verdict, c.until, c.why)
			}
		})
	}
}

// The day is the person's: what was sent at 23:30 in Apia was sent on another day for somebody in Santiago.
func TestOneADayByTheirOwnCalendar(t *testing.T) {
	sent := ledger(t, "UTC", "2026-01-01T00:00:00Z", 0, "2026-01-12T10:30:00Z") // 23:30 in Apia, 07:30 in Santiago
	cases := []struct {
		zone, now string
		want      reminders.Reason
	}{
		{"Pacific/Apia", "2026-01-12T10:45:00Z", reminders.OneADay},
		{"Pacific/Apia", "2026-01-12T11:00:00Z", reminders.InTime},
		{"America/Santiago", "2026-01-12T11:00:00Z", reminders.OneADay},
		{"America/Santiago", "2026-01-13T02:59:00Z", reminders.OneADay},
		{"America/Santiago", "2026-01-13T03:00:00Z", reminders.InTime},
	}
	for _, c := range cases {
		now := at(t, c.zone, c.now)
		if _, _, why := (reminders.Policy{}).Decide(now, now, sent, false); why != c.want {
			t.Errorf("%s in %s: %q, want %q", c.now, c.zone, why, c.want)
		}
	}
}

// The waits are days of the calendar: a clock that is put forward, or a message that came an hour late, moves nothing.
func TestWaitsAreDays(t *testing.T) {
	const madrid = "Europe/Madrid"
	silent := ledger(t, madrid, "2026-03-25T17:00:00+01:00", 2, "2026-03-27T18:00:00+01:00", "2026-03-28T19:00:00+01:00")
	full := ledger(t, madrid, "2026-03-29T12:00:00+02:00", 0, "2026-03-23T19:00:00+01:00")
	cases := []struct {
		name, now string
		ledger    reminders.Ledger
		want      reminders.Reason
	}{
		{"one day after the second", "2026-03-29T20:00:00+02:00", silent, reminders.BackOff},
		{"two days after it, the clock has moved", "2026-03-30T18:00:00+02:00", silent, reminders.InTime},
		{"six days after the week's only one", "2026-03-29T20:00:00+02:00", full, reminders.FullWeek},
		{"seven days after it, at an earlier time", "2026-03-30T18:00:00+02:00", full, reminders.InTime},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			now := at(t, madrid, c.now)
			if _, _, why := (reminders.Policy{Week: 1 + c.ledger.Silent}).Decide(now, now, c.ledger, false); why != c.want {
				t.Errorf("%q, want %q", why, c.want)
			}
		})
	}
}

func TestTomorrow(t *testing.T) {
	cases := []struct{ name, zone, at, want string }{
		{"a plain day", "Asia/Tokyo", "2026-02-28T09:00:30+09:00", "2026-03-01T09:00:30+09:00"},
		{"a day of 23 hours", "Europe/Madrid", "2026-03-28T18:00:00+01:00", "2026-03-29T18:00:00+02:00"},
		{"a time that is skipped", "Europe/Madrid", "2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"a midnight that is skipped", "America/Santiago", "2026-09-05T00:30:00-04:00", "2026-09-06T01:00:00-03:00"},
		{"a time that comes twice", "Europe/Madrid", "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00"},
		{"from the second of two", "Europe/Madrid", "2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := reminders.Tomorrow(at(t, c.zone, c.at)).Format(time.RFC3339); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestEarliest(t *testing.T) {
	quiet := reminders.DefaultQuiet()
	cases := []struct {
		name, zone string
		quiet      reminders.Quiet
		at         string
		sent       []string
		want       string
	}{
		{"nothing is in the way", "Europe/Madrid", quiet, "2026-01-12T18:00:00+01:00", nil, "2026-01-12T18:00:00+01:00"},
		{"in the night", "Europe/Madrid", quiet, "2026-01-12T23:00:00+01:00", nil, "2026-01-13T08:00:00+01:00"},
		{"something was sent that day", "Europe/Madrid", quiet, "2026-01-12T18:00:00+01:00", []string{"2026-01-12T09:00:00+01:00"}, "2026-01-13T08:00:00+01:00"},
		{"something was sent on the day that the night ends", "Europe/Madrid", quiet, "2026-01-12T23:00:00+01:00", []string{"2026-01-13T09:00:00+01:00"}, "2026-01-14T08:00:00+01:00"},
		{"without quiet hours", "Europe/Madrid", reminders.Quiet{}, "2026-01-12T18:00:00+01:00", []string{"2026-01-12T09:00:00+01:00"}, "2026-01-13T00:00:00+01:00"},
		{"without a midnight", "America/Santiago", reminders.Quiet{}, "2026-09-05T18:00:00-04:00", []string{"2026-09-05T09:00:00-04:00"}, "2026-09-06T01:00:00-03:00"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := ledger(t, c.zone, c.at, 0, c.sent...)
			if got := (reminders.Policy{Quiet: c.quiet}).Earliest(at(t, c.zone, c.at), l).Format(time.RFC3339); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Earliest is never before what it was given, never quiet, never on a day with something sent, and there is no such
// time before it.
func TestEarliestAnywhere(t *testing.T) {
	names := zoneNames(t)
	rapid.Check(t, func(r *rapid.T) {
		from := rapid.IntRange(0, 24*60-1).Draw(r, "from")
		p := reminders.Policy{Quiet: reminders.Quiet{From: from, To: (from + rapid.IntRange(0, 20*60).Draw(r, "length")) % (24 * 60)}}
		now := drawTime(r, "at").Truncate(time.Minute).In(location(t, rapid.SampledFrom(names).Draw(r, "zone")))
		var l reminders.Ledger
		days := map[string]bool{}
		for _, hours := range rapid.SliceOfN(rapid.IntRange(-30, 80), 0, 3).Draw(r, "sent") {
			sent := now.Add(time.Duration(hours) * time.Hour)
			l.Sent, days[sent.Format(time.DateOnly)] = append(l.Sent, sent), true
		}
		want := now
		for p.Quiet.Holds(want) || days[want.Format(time.DateOnly)] {
			want = want.Add(time.Minute)
		}
		if got := p.Earliest(now, l); !got.Equal(want) {
			r.Fatalf("quiet %s, sent %v: from %s on it is %s, want %s", p.Quiet, l.Sent, now, got, want)
		}
	})
}

// simple is the policy once more, in the order in which it is written down for people.
func simple(p reminders.Policy, now, due time.Time, l reminders.Ledger) reminders.Reason {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(now.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if now.Sub(due) > p.Late {
		return reminders.TooLate
	}
	if p.Quiet.Holds(now) {
		return reminders.QuietNow
	}
	inWeek := 0
	for _, s := range l.Sent {
		if day(s).Equal(day(now)) {
			return reminders.OneADay
		}
		if day(s).AddDate(0, 0, 7).After(day(now)) {
			inWeek++
		}
	}
	if p.Week > 0 && inWeek >= p.Week {
		return reminders.FullWeek
	}
	if l.Silent < 2 {
		return reminders.InTime
	}
	wait := 15
	for _, rule := range [][2]int{{30, 6}, {10, 2}, {2, 3}} {
		if now.Sub(l.Heard) < time.Duration(rule[0])*24*time.Hour {
			wait = rule[1]
		}
	}
	if day(l.Sent[len(l.Sent)-1]).AddDate(0, 0, wait).After(day(now)) {
		return reminders.BackOff
	}
	return reminders.InTime
}

// A person's months, day by day: whatever was due and answered, Decide says what the rules say, and what it lets
// through keeps every limit.
func TestDecideOverMonths(t *testing.T) {
	names := zoneNames(t)
	rapid.Check(t, func(r *rapid.T) {
		zone := location(t, rapid.SampledFrom(names).Draw(r, "zone"))
		p := reminders.Policy{
			Quiet: reminders.Quiet{From: rapid.IntRange(0, 24*60-1).Draw(r, "from")},
			Week:  rapid.IntRange(0, 7).Draw(r, "week"), Late: time.Duration(rapid.IntRange(1, 300).Draw(r, "late")) * time.Minute,
		}
		p.Quiet.To = (p.Quiet.From + rapid.IntRange(0, 15*60).Draw(r, "length")) % (24 * 60)
		now := drawTime(r, "begin").Truncate(time.Minute).In(zone)
		var l reminders.Ledger
		l.Hear(now)
		var sent []string
		for range 90 {
			now = now.Add(time.Duration(rapid.IntRange(1, 30*60).Draw(r, "minutes")) * time.Minute)
			due := now.Add(-time.Duration(rapid.IntRange(0, 320).Draw(r, "late by")) * time.Minute)
			if rapid.IntRange(0, 9).Draw(r, "answers") == 0 {
				l.Hear(now)
			}
			verdict, until, why := p.Decide(now, due, l, false)
			if want := simple(p, now, due, l); why != want {
				r.Fatalf("at %s, due %s, %+v, %+v: %q, want %q", now, due, p, l, why, want)
			}
			if verdict == reminders.Wait && (p.Quiet.Holds(until) || !until.After(now) || until.Sub(due) > p.Late) {
				r.Fatalf("at %s, due %s: waits until %s", now, due, until)
			}
			if (verdict == reminders.SendNow) != (why == reminders.InTime) {
				r.Fatalf("the verdict %d comes with %q", verdict, why)
			}
			if verdict == reminders.SendNow {
				l.Send(now)
				sent = append(sent, now.Format(time.DateOnly))
			}
		}
		for i := 1; i < len(sent); i++ {
			if sent[i] == sent[i-1] {
				r.Fatalf("two on %s", sent[i])
			}
		}
		if len(l.Sent) > 10 {
			r.Fatalf("the ledger keeps %d nudges, and needs those of a week", len(l.Sent))
		}
	})
}

func ExamplePolicy_Decide() {
	zone, _ := reminders.Zone("Europe/Madrid")
	policy := reminders.Policy{Quiet: reminders.DefaultQuiet(), Week: 3}
	due := time.Date(2026, 3, 9, 7, 30, 0, 0, zone)
	verdict, until, why := policy.Decide(due, due, reminders.Ledger{}, false)
	fmt.Println(verdict == reminders.Wait, until.Format("15:04"), why)
	// Output: true 08:00 quiet hours
}
