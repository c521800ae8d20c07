package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/dialog"
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
	app, err := bot.New(context.Background(), bot.Options{
		Store: store, Library: lib, Platforms: map[string]bot.Platform{"paper": w.platform}, Screen: w.screen,
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
