package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

// world is one Redis, one platform, a clock, and any number of processes.
type world struct {
	t        *testing.T
	redis    *miniredis.Miniredis
	keys     *redisstore.Keyset
	platform *bottest.Platform
	settings bot.Settings
	screen   bot.Screen
	workers  int

	mu     sync.Mutex
	now    time.Time
	number int
}

const chat = "paper:7"

func newWorld(t *testing.T) *world {
	t.Helper()
	keys, err := redisstore.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return &world{
		t: t, redis: miniredis.RunT(t), keys: keys, platform: bottest.NewPlatform(),
		now: time.Date(2026, 3, 9, 18, 0, 0, 0, time.UTC),
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) store() *redisstore.Store {
	w.t.Helper()
	s, err := redisstore.Open(context.Background(), redisstore.Options{
		URL: "redis://" + w.redis.Addr(), Keyset: w.keys, Clock: w.clock, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { s.Close() })
	return s
}

// process starts another process with these flows.
func (w *world) process(lib *dialog.Library) *process {
	w.t.Helper()
	store := w.store()
	return w.processOn(store, store, lib)
}

// processOn starts a process on a store, which it may see through something else.
func (w *world) processOn(store *redisstore.Store, seen bot.Store, lib *dialog.Library) *process {
	w.t.Helper()
	app, err := bot.New(context.Background(), bot.Options{
		Store: seen, Library: lib, Platforms: map[string]bot.Platform{"paper": w.platform}, Screen: w.screen,
		Settings: w.settings, Clock: w.clock, Workers: w.workers, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return &process{Bot: app, world: w, store: store}
}

// process is one process of the application.
type process struct {
	*bot.Bot
	world *world
	store *redisstore.Store
}

// update makes the next update of a conversation, as its platform would.
func (w *world) update(conversation string, in dialog.Input) bot.Update {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.number++
	if in.Ref == "" {
		in.Ref = fmt.Sprintf("m%d", w.number)
	}
	return bot.Update{
		Delivery: fmt.Sprintf("paper:%d", w.number), Conversation: conversation, Seq: int64(w.number), At: w.now,
		From: bot.Person{ID: "7", Name: "Ana", Language: "en"}, Input: in,
	}
}

func text(s string) dialog.Input { return dialog.Input{Kind: dialog.Text, Text: s} }

// take hands an update to a process and waits until it is through with it.
func (p *process) take(u bot.Update) {
	p.world.t.Helper()
	if err := p.Receive(context.Background(), u); err != nil {
		p.world.t.Fatal(err)
	}
	p.Idle()
}

func (p *process) say(conversation, words string) { p.take(p.world.update(conversation, text(words))) }

func (p *process) begin(conversation, flow string) {
	u := p.world.update(conversation, dialog.Input{})
	u.Event, u.Code = bot.Begin, flow
	p.take(u)
}

func (p *process) pickUp() { p.PickUp(context.Background()); p.Idle() }

// told are the texts of a conversation from the nth on.
func (w *world) told(conversation string, from int) []string {
	var out []string
	for _, m := range w.platform.Said(conversation)[from:] {
		out = append(out, m.Text)
	}
	return out
}

// answered reads from the journal what was answered to which question, in order.
func (p *process) answered(conversation string) []string {
	p.world.t.Helper()
	entries, err := p.store.Journal(context.Background(), conversation)
	if err != nil {
		p.world.t.Fatal(err)
	}
	var out []string
	for _, data := range entries {
		var note struct {
			Answer *dialog.Answer `json:"answer"`
		}
		if err := json.Unmarshal(data, &note); err != nil {
			p.world.t.Fatal(err)
		}
		if a := note.Answer; a != nil {
			out = append(out, fmt.Sprintf("%s -> %v", a.Asked, a.Value.Any()))
		}
	}
	return out
}

// library loads a flow "three" with the questions a, b and c, or what is given in its place.
func library(t *testing.T, files map[string]string) *dialog.Library {
	t.Helper()
	folder := fstest.MapFS{}
	for name, body := range files {
		folder[name] = &fstest.MapFile{Data: []byte(body)}
	}
	lib, err := dialog.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func three() map[string]string {
	return map[string]string{
		"three/flow.yaml": `flow: three
target_change: a test
stance: neutral
start: a
steps:
  a: {kind: text, next: b}
  b: {kind: choice, options: [red, blue], next: c}
  c: {kind: text, next: thanks}
  thanks: {kind: say, next: end}
  end: {kind: end}
`,
		"three/en.yaml": `a: What is a?
b: {text: What is b?, options: {red: Red, blue: Blue}}
c: What is c?
thanks: Thank you. {a}, {b}, {c}.
`,
	}
}

const kim = "paper:kim"

func nudgeFlows(t testing.TB) *dialog.Library {
	t.Helper()
	lib, err := dialog.Load(os.DirFS("testdata/nudges"))
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// life is Ana's days with her reminders, as a program that runs all the time sees them. She has two goals, g1 and g2.
type life struct {
	*world
	zone    *time.Location
	lib     *dialog.Library
	at      *process // nil while the program is down
	folder  string   // of an embedded store, where there is one
	acting  bool     // she is doing something: what is said now is no nudge
	unasked []string // what was said by itself: "03-09 18:00 words", on the clock of the zone
}

// liveOn begins on Monday, 9 March 2026, at noon in a zone, with a first word.
func liveOn(t *testing.T, name string, settings bot.Settings) *life {
	t.Helper()
	zone, err := reminders.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{world: newWorld(t), zone: zone, lib: nudgeFlows(t)}
	l.now = time.Date(2026, 3, 9, 12, 0, 0, 0, zone)
	l.settings, l.screen = settings, alarm{"XX"}
	l.settings.Quiet, l.settings.Practitioners = reminders.DefaultQuiet(), map[string]string{kim: "Kim"}
	l.platform.Fail(l.note)
	l.at = l.process(l.lib)
	l.prepare(chat)
	l.do("say hi")
	return l
}

// prepare writes Ana with her goals into a conversation.
func (l *life) prepare(conversation string) {
	l.t.Helper()
	client := care.Client{Name: "Ana", Lang: "en", Zone: l.zone.String(), Consent: care.ConsentVersion, Practitioner: kim, Alias: "Ana", Since: l.now}
	records := make(map[string]json.RawMessage)
	for i, words := range []string{"walk more", "sleep well"} {
		id := fmt.Sprintf("g%d", i+1)
		goal := care.Goal{ID: id, Status: care.Active, Rank: i + 1, Versions: []care.Version{{At: l.now, By: care.ByClient, Words: words}}}
		data, err := json.Marshal(goal)
		if err != nil {
			l.t.Fatal(err)
		}
		records["goal/"+id] = data
	}
	if err := bot.Prepare(context.Background(), l.at.store, conversation, client, 2, records); err != nil {
		l.t.Fatal(err)
	}
}

// note takes down what is said by itself.
func (l *life) note(conversation string, o bot.Outgoing) *bot.SendError {
	if o.Kind == bot.Say && !l.acting {
		line := l.clock().In(l.zone).Format("01-02 15:04 ") + o.Message.Text
		if conversation == kim {
			line = l.clock().In(l.zone).Format("01-02 15:04 ") + "Kim: " + o.Message.Text
		}
		l.unasked = append(l.unasked, line)
	}
	return nil
}

// wake is when the store's index next has something to look at.
func (w *world) wake() (time.Time, bool) {
	first := math.Inf(1)
	for _, key := range w.redis.Keys() {
		if strings.HasSuffix(key, ":wake") {
			scores, err := w.redis.SortedSet(key)
			if err != nil {
				w.t.Fatal(err)
			}
			for _, score := range scores {
				first = min(first, score)
			}
		}
	}
	return time.UnixMilli(int64(first)), !math.IsInf(first, 1)
}

func (w *world) set(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

// until has time pass. A program that runs wakes for everything in between.
func (l *life) until(end time.Time) {
	for l.at != nil {
		next, ok := l.wake()
		if !ok || next.After(end) {
			break
		}
		if next.After(l.clock()) {
			l.set(next)
		}
		l.at.pickUp()
	}
	l.set(end)
}

// play goes through lines such as "03-09 18:05 say no".
func (l *life) play(script string) {
	l.t.Helper()
	for line := range strings.Lines(script) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+line[:11], l.zone)
		if err != nil {
			l.t.Fatal(err)
		}
		l.until(at)
		if what := strings.TrimSpace(line[11:]); what != "" {
			l.do(what)
		}
	}
}

// do is one thing that happens: words, a change of what was chosen, the program going down or up.
func (l *life) do(what string) {
	l.t.Helper()
	l.acting = true
	defer func() { l.acting = false }()
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "say":
		l.at.say(chat, rest)
	case "down":
		l.at = nil
	case "up":
		l.at, l.acting = l.process(l.lib), false
		l.at.pickUp()
	case "blocked", "unblocked":
		u := l.update(chat, dialog.Input{})
		u.Event = bot.Event(verb)
		l.at.take(u)
	default: // a flow, and what it is handed
		u := l.update(chat, dialog.Input{})
		u.Event, u.Code, u.With = bot.Begin, verb, make(map[string]any)
		for pair := range strings.SplitSeq(rest, ", ") {
			name, value, _ := strings.Cut(pair, "=")
			u.With[name] = value
		}
		l.at.take(u)
	}
}
