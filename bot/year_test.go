package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

// year is a year of people's lives on one store, with a program that is started anew again and again.
type year struct {
	t      *testing.T
	people []*person
	walls  map[string]*wall
	down   [][2]int
	store  bot.Store
	next   func() (time.Time, bool) // when the store has something to look at
	bots   int                      // that are at it by turns
	watch  func(time.Time)          // another clock to keep in step; nil: none

	lib      *dialog.Library
	platform *bottest.Platform
	running  []*bot.Bot
	turn     int
	number   int

	mu     sync.Mutex
	now    time.Time
	answer map[int][]string      // who answers, by minute
	said   map[string][]sentence // every nudge, by person
}

// newYear makes the people from dice that always fall the same.
func newYear(t *testing.T, count, bots int) *year {
	dice := rand.New(rand.NewPCG(3, 2026))
	y := &year{
		t: t, walls: map[string]*wall{}, down: downtimes(dice), bots: bots, lib: nudgeFlows(t), platform: bottest.NewPlatform(),
		now: yearStart(), answer: map[int][]string{}, said: map[string][]sentence{},
	}
	for _, zone := range yearZones() {
		y.walls[zone] = hung(t, zone)
	}
	for i := range count {
		y.people = append(y.people, makePerson(dice, i))
	}
	y.platform.Fail(y.hear)
	return y
}

func (y *year) clock() time.Time {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.now
}

// pass has it be a minute of the year, and tells who answers then.
func (y *year) pass(m int) []string {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.now = minuteAt(m)
	if y.watch != nil {
		y.watch(y.now)
	}
	return y.answer[m]
}

// minute is how far the year has come.
func (y *year) minute() int { return int(y.clock().Sub(yearStart()) / time.Minute) }

// hear takes a nudge down where it is said, and has the person answer it, if they do.
func (y *year) hear(conversation string, o bot.Outgoing) *bot.SendError {
	if o.Kind != bot.Say || !strings.Contains(o.Message.Text, "ook at ") {
		return nil
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	m := int(y.now.Sub(yearStart()) / time.Minute)
	y.said[conversation] = append(y.said[conversation], sentence{m, o.Message.Text})
	for _, p := range y.people {
		if p.name == conversation && p.replies(m) {
			at := after(y.down, m+repliesAfter)
			y.answer[at] = append(y.answer[at], conversation)
		}
	}
	return nil
}

// start has new programs run.
func (y *year) start() {
	y.t.Helper()
	y.running = nil
	for range y.bots {
		b, err := bot.New(context.Background(), bot.Options{
			Store: y.store, Library: y.lib, Platforms: map[string]bot.Platform{"paper": y.platform}, Clock: y.clock,
			Settings: bot.Settings{Quiet: reminders.DefaultQuiet(), Week: yearWeek}, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			y.t.Fatal(err)
		}
		y.running = append(y.running, b)
	}
}

// one is whichever program has its turn.
func (y *year) one() *bot.Bot {
	y.turn++
	return y.running[y.turn%len(y.running)]
}

// send hands an update to a program, and waits until it is through with it.
func (y *year) send(conversation string, u bot.Update) {
	y.t.Helper()
	y.number++
	u.Delivery, u.Conversation, u.Seq, u.At = fmt.Sprintf("paper:u%d", y.number), conversation, int64(y.number), y.clock()
	if u.Event == "" {
		u.Input.Ref = fmt.Sprintf("m%d", y.number)
	}
	b := y.one()
	if err := b.Receive(context.Background(), u); err != nil {
		y.t.Fatal(err)
	}
	b.Idle()
}

func (y *year) say(conversation, words string) { y.send(conversation, bot.Update{Input: text(words)}) }

func (y *year) begin(conversation, flow string, with map[string]any) {
	y.send(conversation, bot.Update{Event: bot.Begin, Code: flow, With: with})
}

// settle has a person choose how they want to be reminded, on the first day.
func (y *year) settle(p *person) {
	y.t.Helper()
	client := care.Client{Name: "Sam", Lang: "en", Zone: p.zone, Consent: care.ConsentVersion, Since: yearStart()}
	records := make(map[string]json.RawMessage)
	for i, id := range []string{"g1", "g2"} {
		goal := care.Goal{ID: id, Status: care.Active, Rank: i + 1, Versions: []care.Version{{At: yearStart(), By: care.ByClient, Words: "goal " + id}}}
		data, err := json.Marshal(goal)
		if err != nil {
			y.t.Fatal(err)
		}
		records["goal/"+id] = data
	}
	if err := bot.Prepare(context.Background(), y.store, p.name, client, 2, records); err != nil {
		y.t.Fatal(err)
	}
	y.say(p.name, "hi")
	if p.chose {
		y.begin(p.name, "quiet", map[string]any{"from": onTheClock(p.quiet[0]), "to": onTheClock(p.quiet[1])})
	}
	for _, a := range p.asks {
		y.begin(p.name, "remind", map[string]any{"goal": a.goal, "rhythm": a.cron()})
	}
}

func onTheClock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// act has a person do something. They close whatever is open first.
func (y *year) act(p *person, a act) {
	y.say(p.name, "no")
	switch a.what {
	case "move":
		y.begin(p.name, "move", map[string]any{"zone": a.arg})
	case "away":
		y.begin(p.name, "away", map[string]any{"until": y.dayAfter(p, number(a.arg))})
	case "stop":
		y.say(p.name, "stop")
	case "resume":
		y.begin(p.name, "resume", nil)
	case "rest", "take-up", "let-go":
		y.begin(p.name, a.what, map[string]any{"goal": a.arg})
	}
}

// dayAfter is the date some days from now, where the person is.
func (y *year) dayAfter(p *person, days int) string {
	zone := p.zone
	for _, a := range p.acts {
		if a.what == "move" && after(y.down, a.at) < y.minute() {
			zone = a.arg
		}
	}
	day := y.walls[zone].day(y.minute()) + days
	return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly)
}

// live goes through the year from one thing to the next.
func (y *year) live() {
	y.t.Helper()
	y.start()
	todo := map[int][]func(){}
	for _, p := range y.people {
		y.settle(p)
		for _, a := range p.acts {
			at := after(y.down, a.at)
			todo[at] = append(todo[at], func() { y.act(p, a) })
		}
	}
	for _, d := range y.down {
		todo[d[1]] = append(todo[d[1]], y.start)
		if again := after(y.down, d[1]+5*1440+2); again < yearMinutes {
			todo[again] = append(todo[again], y.start) // started anew with no time lost
		}
	}
	next, ok := y.next()
	for m := 0; m < yearMinutes; m++ {
		if slices.ContainsFunc(y.down, func(d [2]int) bool { return m >= d[0] && m < d[1] }) {
			continue
		}
		answer := y.pass(m)
		for _, do := range todo[m] {
			do()
		}
		for _, conversation := range answer {
			y.say(conversation, "no")
		}
		if len(todo[m])+len(answer) > 0 {
			next, ok = y.next()
		}
		if ok && !next.After(minuteAt(m)) {
			b := y.one()
			b.PickUp(context.Background())
			b.Idle()
			next, ok = y.next()
		}
	}
}

// check compares what was said with what the rules say, and tells of the first that differs of each person. It counts
// what the rules decided.
func (y *year) check() (kinds map[string]int) {
	y.t.Helper()
	kinds = make(map[string]int)
	for _, p := range y.people {
		f := expected(p, y.walls, y.down)
		for _, why := range f.whys {
			kinds[why.words]++
		}
		want, got := f.out, y.said[p.name]
		for len(want) > 0 && len(got) > 0 && want[0] == got[0] {
			want, got = want[1:], got[1:]
		}
		switch {
		case len(want) == 0 && len(got) == 0:
		case len(got) == 0 || len(want) > 0 && want[0].minute <= got[0].minute:
			y.tellApart(p, f, "missing", want[0])
		default:
			y.tellApart(p, f, "not expected", got[0])
		}
	}
	return kinds
}

// tellApart says what is wrong with one nudge, and what the rules made of that day.
func (y *year) tellApart(p *person, f *fate, what string, s sentence) {
	y.t.Helper()
	zone := p.zone
	for _, a := range p.acts {
		if a.what == "move" && after(y.down, a.at) < s.minute {
			zone = a.arg
		}
	}
	clock := func(m int) string {
		return time.Unix(int64(y.walls[zone].at(min(m, yearMinutes-1)))*60, 0).UTC().Format("Mon 2006-01-02 15:04")
	}
	var around []string
	for _, list := range []struct {
		of  string
		all []sentence
	}{{"rule: ", f.whys}, {"expected: ", f.out}, {"said: ", y.said[p.name]}} {
		for _, one := range list.all {
			if one.minute > s.minute-4*1440 && one.minute < s.minute+1440 {
				around = append(around, clock(one.minute)+" "+list.of+one.words)
			}
		}
	}
	for _, a := range p.acts {
		if a.at > s.minute-40*1440 && a.at < s.minute+1440 {
			around = append(around, clock(after(y.down, a.at))+" did: "+a.what+" "+a.arg)
		}
	}
	for _, d := range y.down {
		if d[1] > s.minute-2*1440 && d[0] < s.minute+1440 {
			around = append(around, clock(d[0])+" down until "+clock(d[1]))
		}
	}
	slices.SortFunc(around, func(a, b string) int { return strings.Compare(a[4:], b[4:]) })
	y.t.Errorf("%s in %s, %+v, quiet %v, answers %s: %s: %s %q\n\t%s", p.name, zone, p.asks, p.quiet, p.answers, what, clock(s.minute), s.words, strings.Join(around, "\n\t"))
}

// howMany is a number of people, or another where the race detector makes every step many times as slow.
func howMany(plain, raced int) int {
	info, ok := debug.ReadBuildInfo()
	if ok && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "-race" && s.Value == "true" }) {
		return raced
	}
	return plain
}

// A year of 200 people in 20 zones: each nudge that the rules allow comes once, at the local time that was asked for,
// and no other.
func TestAYear(t *testing.T) {
	t.Parallel()
	y := newYear(t, howMany(200, 40), 1)
	store := newYearStore()
	y.store, y.next = store, store.next
	y.live()
	kinds := y.check()
	for _, kind := range []string{
		"sent", "followed up", "waits out the quiet", "quiet", "too late", "one a day", "enough for the week", "backing off", "paused", "stopped",
		"its goal rests or is over",
	} {
		if kinds[kind] < 5 {
			t.Errorf("%q came up %d times: the year does not try it", kind, kinds[kind])
		}
	}
	t.Log(kinds)
}

// The same with three processes in turn on one Redis, for fewer people.
func TestAYearOfThreeProcesses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	y := newYear(t, howMany(8, 3), 3)
	w.set(yearStart())
	store := w.store()
	y.store, y.next, y.watch = store, w.wake, w.set
	y.live()
	t.Log(y.check())
}
