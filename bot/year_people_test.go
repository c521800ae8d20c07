package bot_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// The year that the tests live through. Everybody begins at the same instant.
const yearMinutes = 365 * 24 * 60

func yearStart() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

// minuteAt is an instant of the year: everything in it is counted in minutes from its start.
func minuteAt(m int) time.Time { return yearStart().Add(time.Duration(m) * time.Minute) }

func yearZones() []string {
	return []string{
		"Europe/Madrid", "Europe/London", "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Santiago",
		"America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tokyo",
		"Asia/Beirut", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Apia", "Pacific/Chatham", "UTC",
	}
}

// asked is a rhythm as a person says it; which days it means is told by dayMeant.
type asked struct {
	goal   string
	every  string // "day", "working day", "other day" (Monday, Wednesday, Friday), "week", "other week", "month"
	day    int    // of the week, Sunday is 0
	minute int    // of the day
}

// cron is the rhythm as the schedule question writes it.
func (a asked) cron() string {
	clock := fmt.Sprintf("%d %d ", a.minute%60, a.minute/60)
	switch a.every {
	case "day":
		return clock + "* * *"
	case "working day":
		return clock + "* * 1-5"
	case "other day":
		return clock + "* * 1,3,5"
	case "month":
		return clock + "31 * *"
	case "other week":
		return fmt.Sprintf("%s* * %d every 2", clock, a.day)
	}
	return fmt.Sprintf("%s* * %d", clock, a.day)
}

// act is what a person does of their own accord: "visit", or a word and what goes with it.
type act struct {
	at        int // minute
	what, arg string
}

// person is one client with a year ahead of them.
type person struct {
	name    string
	zone    string
	quiet   [2]int // minutes of the day; twice the same: none
	chose   bool   // quiet is their own, not the default
	asks    []asked
	acts    []act
	answers string // "always", "mostly", "seldom", "never", or "in spells"
	dice    int
}

// replies tells whether they answer a nudge that came at a minute.
func (p *person) replies(minute int) bool {
	h := uint32(minute+1)*2654435761 ^ uint32(p.dice)*40503
	chance := int(h>>8) % 100
	switch p.answers {
	case "always":
		return true
	case "mostly":
		return chance < 75
	case "seldom":
		return chance < 20
	case "in spells":
		return minute/(40*24*60)%2 == 0
	}
	return false
}

// repliesAfter is how long it takes them, in minutes.
const repliesAfter = 7

func makePerson(dice *rand.Rand, i int) *person {
	zones := yearZones()
	p := &person{
		name: fmt.Sprintf("paper:%d", 1000+i), zone: zones[i%len(zones)], quiet: [2]int{21 * 60, 8 * 60}, dice: i,
		answers: []string{"always", "mostly", "mostly", "seldom", "never", "in spells"}[dice.IntN(6)],
	}
	every := []string{"day", "working day", "other day", "week", "week", "other week", "month"}
	quarter := func(from, to int) int { return from*60 + 15*dice.IntN((to-from)*4) }
	switch dice.IntN(5) {
	case 0: // somebody who is awake at night
		p.quiet, p.chose = [2]int{}, true
		night := []int{0, 15, 120, 135, 150, 165, 180, 23*60 + 30}
		p.asks = []asked{{"g1", every[dice.IntN(len(every))], dice.IntN(7), night[dice.IntN(len(night))]}}
		p.acts = makeActs(dice, p)
		return p
	case 1:
		p.quiet, p.chose = [][2]int{{12 * 60, 14 * 60}, {22*60 + 30, 6*60 + 30}, {19 * 60, 7 * 60}}[dice.IntN(3)], true
	}
	for g := range 1 + dice.IntN(2) {
		p.asks = append(p.asks, asked{fmt.Sprintf("g%d", g+1), every[dice.IntN(len(every))], dice.IntN(7), quarter(5, 23)})
	}
	if dice.IntN(3) == 0 && len(p.asks) == 2 {
		p.asks[1].minute = p.asks[0].minute // several due at once
	}
	p.acts = makeActs(dice, p)
	return p
}

// makeActs draws what happens to somebody in the year. Nothing of it falls on a quarter of an hour.
func makeActs(dice *rand.Rand, p *person) []act {
	any := func() int { return 15*dice.IntN(yearMinutes/15) + 7 }
	var out []act
	for range dice.IntN(12) {
		out = append(out, act{any(), "visit", ""})
	}
	for range dice.IntN(3) {
		out = append(out, act{any(), "move", yearZones()[dice.IntN(20)]})
	}
	for range dice.IntN(3) {
		out = append(out, act{any(), "away", fmt.Sprint(1 + dice.IntN(30))})
	}
	if dice.IntN(4) == 0 {
		from := any()
		out = append(out, act{from, "stop", ""}, act{from + 15*dice.IntN(3000), "resume", ""})
	}
	if dice.IntN(3) == 0 {
		from, goal := any(), p.asks[dice.IntN(len(p.asks))].goal
		out = append(out, act{from, "rest", goal}, act{from + 15*dice.IntN(3000), "take-up", goal})
	} else if dice.IntN(4) == 0 {
		out = append(out, act{any(), "let-go", p.asks[0].goal})
	}
	slices.SortStableFunc(out, func(a, b act) int { return cmp.Compare(a.at, b.at) })
	return slices.DeleteFunc(out, func(a act) bool { return a.at >= yearMinutes })
}

// downtimes are when nothing runs, from a minute to another. Neither falls on a quarter of an hour.
func downtimes(dice *rand.Rand) (out [][2]int) {
	for day := 3; day < 360; day += 4 + dice.IntN(9) {
		from := day*24*60 + 15*dice.IntN(96) + 10
		hours := []int{1, 2, 3, 5, 12, 24, 48}[dice.IntN(7)]
		out = append(out, [2]int{from, from + hours*60 + 10})
	}
	return out
}

// after is when something that was to happen at a minute does, where nothing could run at that minute.
func after(down [][2]int, minute int) int {
	for _, d := range down {
		if minute >= d[0] && minute <= d[1] {
			return d[1] + 1
		}
	}
	return minute
}
