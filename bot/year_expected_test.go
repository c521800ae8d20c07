package bot_test

import (
	"slices"
	"testing"
	"time"
)

// What is to come, worked out from what is written for people and from a calendar on the wall. It shares nothing with
// the code that is tested: it walks from minute to minute through the year.

// wall is what a zone's clock shows through the year, in minutes from 1970-01-01 00:00 on that clock.
type wall struct {
	name  string
	shows []int32 // by quarter of an hour, from one before the start
	most  []int32 // the latest that it has shown by then
}

// hung reads a zone's clock through the year, and some days around it.
func hung(t testing.TB, name string) *wall {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	w := &wall{name: name}
	most := int32(0)
	for q := -96 * 3; q <= yearMinutes/15+2*96; q++ {
		at := minuteAt(q * 15)
		_, offset := at.In(zone).Zone()
		shows := int32((at.Unix() + int64(offset)) / 60)
		most = max(most, shows)
		if q >= -1 {
			w.shows, w.most = append(w.shows, shows), append(w.most, most)
		}
	}
	return w
}

// at is what the clock shows at a minute of the year.
func (w *wall) at(minute int) int { return int(w.shows[minute/15+1]) + minute%15 }

func (w *wall) day(minute int) int { return w.at(minute) / 1440 }

// due tells whether a time on the clock comes at a minute: it is shown for the first time, or was skipped.
func (w *wall) due(a asked, minute int) bool {
	if minute%15 != 0 {
		return false
	}
	before, now := int(w.most[minute/15]), int(w.most[minute/15+1])
	for day := before / 1440; day <= now/1440; day++ {
		if shown := day*1440 + a.minute; shown > before && shown <= now && dayMeant(a, day) {
			return true
		}
	}
	return false
}

// sameTomorrow is when the clock shows tomorrow what it shows at a minute, or the end of the gap that skips that.
func (w *wall) sameTomorrow(minute int) int {
	for m := minute + 1; m < yearMinutes; m++ {
		if w.at(m) >= w.at(minute)+1440 {
			return m
		}
	}
	return yearMinutes
}

// dayMeant tells whether a rhythm means a day, counted from 1970-01-01, which was a Thursday.
func dayMeant(a asked, day int) bool {
	weekday := (day + 4) % 7
	switch a.every {
	case "day":
		return true
	case "working day":
		return weekday >= 1 && weekday <= 5
	case "other day":
		return weekday == 1 || weekday == 3 || weekday == 5
	case "month": // the 31st, or the last there is
		return time.Unix(int64(day+1)*86400, 0).UTC().Day() == 1
	}
	first := int(yearStart().Unix() / 86400) // a Monday
	return weekday == a.day && (a.every == "week" || (day-first)/7%2 == 0)
}

// sentence is a nudge: when, and what it says.
type sentence struct {
	minute int
	words  string
}

// fate is what the rules make of somebody's year, minute by minute.
type fate struct {
	p     *person
	walls map[string]*wall
	down  [][2]int

	wall    *wall
	heard   int
	silent  int
	sent    []int
	called  int // the day of the last nudge, as it was called where they were then
	follow  int // 0: none
	hold    int // 0: none
	waits   []waiting
	last    []string // the goals of the last nudge
	stopped bool
	until   int // the day that ends a pause
	rests   map[string]bool
	gone    map[string]bool
	upSince map[string]int // when a goal was last taken up

	out  []sentence
	whys []sentence // each decision, for whoever wonders
}

type waiting struct {
	goal string
	due  int
}

// expected is every nudge of a person's year.
func expected(p *person, walls map[string]*wall, down [][2]int) *fate {
	f := &fate{
		p: p, walls: walls, down: down, wall: walls[p.zone], rests: map[string]bool{}, gone: map[string]bool{}, upSince: map[string]int{},
	}
	acts, answer, next, at := p.acts, -1, 0, -1
	for m := 0; m < yearMinutes; m++ {
		for len(acts) > 0 {
			if at < 0 {
				at = after(down, acts[0].at)
			}
			if at != m {
				break
			}
			f.act(acts[0], m)
			acts, at = acts[1:], -1
		}
		if m == answer {
			f.hear(m)
		}
		if m > 0 {
			for _, a := range p.asks {
				if f.wall.due(a, m) {
					f.waits = append(f.waits, waiting{a.goal, m})
				}
			}
		}
		for next < len(down) && m > down[next][1] {
			next++
		}
		if next < len(down) && m >= down[next][0] && m < down[next][1] {
			continue
		}
		due := len(f.waits) > 0 || f.follow > 0 && f.follow <= m
		if due && m >= f.hold && f.look(m) && p.replies(m) {
			answer = after(down, m+repliesAfter)
		}
	}
	return f
}

func (f *fate) hear(m int) { f.heard, f.silent, f.follow = m, 0, 0 }

func (f *fate) act(a act, m int) {
	f.hear(m)
	switch a.what {
	case "move":
		f.wall, f.waits, f.hold = f.walls[a.arg], nil, 0
	case "away":
		f.until = f.wall.day(m) + number(a.arg)
	case "stop":
		f.stopped = true
	case "resume":
		f.stopped, f.until, f.waits, f.hold = false, 0, nil, 0
	case "rest":
		f.rests[a.arg] = true
	case "take-up":
		f.rests[a.arg], f.upSince[a.arg] = false, m
	case "let-go":
		f.gone[a.arg] = true
	}
}

func number(s string) (n int) {
	for _, digit := range s {
		n = n*10 + int(digit-'0')
	}
	return n
}

// look decides at a minute what becomes of all that is due. It tells whether something was sent.
func (f *fate) look(m int) bool {
	f.hold = 0
	why := f.goals(m)
	if why == "later" {
		return false
	}
	follows := f.follow > 0
	f.waits = nil
	if f.follow <= m {
		f.follow = 0
	}
	if why != "" {
		f.whys = append(f.whys, sentence{m, why})
		return false
	}
	words := "Look at "
	if f.silent == 1 {
		words = "Once more, look at "
	}
	words += string(rune('0'+len(f.last))) + "?"
	f.out = append(f.out, sentence{m, words})
	why = "sent"
	if follows && f.silent == 1 {
		why = "followed up"
	}
	f.whys = append(f.whys, sentence{m, why})
	f.sent, f.silent, f.follow, f.called = append(f.sent, m), f.silent+1, 0, f.wall.day(m)
	if f.silent == 1 {
		f.follow = f.wall.sameTomorrow(m)
	}
	return true
}

const window = 180 // minutes

// goals finds what to ask about, and leaves it in last; or why nothing is asked, or "later".
func (f *fate) goals(m int) string {
	switch {
	case f.stopped:
		return "stopped"
	case f.wall.day(m) < f.until:
		return "paused"
	}
	all := slices.Clone(f.waits)
	if f.follow > 0 && f.follow <= m && f.silent == 1 {
		for _, goal := range f.last {
			all = append(all, waiting{goal, f.follow})
		}
	}
	open := m
	for f.quiet(open) {
		open++
	}
	var goals []string
	why := "its goal rests or is over"
	for _, w := range all {
		switch {
		case f.rests[w.goal] || f.gone[w.goal] || w.due <= f.upSince[w.goal] && f.upSince[w.goal] > 0:
		case f.wall.day(w.due) < f.until:
			why = "paused"
		case m-w.due > window:
			why = "too late"
		case open-w.due > window:
			why = "quiet"
		default:
			if !slices.Contains(goals, w.goal) {
				goals = append(goals, w.goal)
			}
		}
	}
	if len(goals) == 0 {
		return why
	}
	if open > m {
		f.hold = open
		f.whys = append(f.whys, sentence{m, "waits out the quiet"})
		return "later"
	}
	if why := f.limit(m); why != "" {
		return why
	}
	f.last = goals
	return ""
}

func (f *fate) quiet(m int) bool {
	from, to := f.p.quiet[0], f.p.quiet[1]
	now := f.wall.at(m) % 1440
	if from <= to {
		return now >= from && now < to
	}
	return now >= from || now < to
}

// limit is what stands against one more nudge.
func (f *fate) limit(m int) string {
	today, week := f.wall.day(m), 0
	if today == f.called {
		return "one a day"
	}
	for _, s := range f.sent {
		switch ago := today - f.wall.day(s); {
		case ago == 0:
			return "one a day"
		case ago < 7:
			week++
		}
	}
	if week >= f.most() {
		return "enough for the week"
	}
	if f.silent < 2 {
		return ""
	}
	wait := 15
	switch idle := (m - f.heard) / 1440; {
	case idle < 2:
		wait = 3
	case idle < 10:
		wait = 2
	case idle < 30:
		wait = 6
	}
	if today-f.wall.day(f.sent[len(f.sent)-1]) < wait {
		return "backing off"
	}
	return ""
}

// yearWeek is how many nudges a week whoever runs the year allows.
const yearWeek = 3

// most is how many a week this person has: as set, or as many as their fullest rhythm.
func (f *fate) most() int {
	most := yearWeek
	for _, a := range f.p.asks {
		if f.rests[a.goal] || f.gone[a.goal] {
			continue
		}
		most = max(most, map[string]int{"day": 7, "working day": 5}[a.every])
	}
	return most
}
