package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/terminal"
	"tandem/bot"
	"tandem/dialog"
	"tandem/reminders"
)

// chatCmd is the conversation in a terminal: the real application on a store of its own.
type chatCmd struct {
	Data  string `help:"Keep the conversation in this folder between runs. Without it nothing is kept." placeholder:"DIR"`
	Flows string `help:"Load your own flows from this folder, over those that come with Tandem." placeholder:"DIR"`
	Flow  string `help:"Begin this flow at once." placeholder:"ID"`
	Lang  string `help:"The language to begin in." default:"en" placeholder:"LANG"`
	Name  string `help:"Your first name." placeholder:"NAME"`
	Zone  string `help:"Your time zone, as Europe/Madrid. Default: this machine's." placeholder:"ZONE"`
	Now   string `help:"Let the clock stand still at this time; type /wait 36h to move it." placeholder:"TIME"`
}

// Help is what "tandem chat --help" says beside the flags.
func (*chatCmd) Help() string {
	return `Type an answer, or the number before it. /quit, or the end of the input, leaves.
Input may come from a pipe: each line is one message, and what comes out is a transcript.`
}

// Run implements the command.
func (c *chatCmd) Run(p *program) error {
	talk, err := c.prepare(p)
	if err != nil {
		return err
	}
	dir, drop, err := c.folder()
	if err != nil {
		return err
	}
	defer drop()
	store, err := redisstore.OpenEmbedded(p.ctx, dir, redisstore.Options{Log: talk.log, Clock: talk.clock})
	if err != nil {
		return badSetting("open the conversation in %s: %w", dir, err)
	}
	talk.store = store
	err = talk.converse(p.ctx)
	return errors.Join(err, store.Close())
}

// prepare reads the flags; nothing is opened yet.
func (c *chatCmd) prepare(p *program) (*talk, error) {
	zone, err := readZone("--zone", c.Zone)
	if err != nil {
		return nil, err
	}
	t := &talk{cmd: c, zone: zone, clock: p.clock}
	if c.Now != "" {
		at, err := readNow("--now", c.Now, zone)
		if err != nil {
			return nil, err
		}
		t.still = &standing{now: at}
		t.clock = t.still.time
	}
	if t.lib, err = loadFlows(c.Flows); err != nil {
		return nil, err
	}
	if err := errors.Join(checkLanguage("--lang", t.lib, c.Lang), checkFlow(t.lib, c.Flow)); err != nil {
		return nil, badSetting("%w", err)
	}
	if t.screen, err = newScreen(); err != nil {
		return nil, err
	}
	t.log = slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	t.term = terminal.New(p.stdin, p.stdout, terminal.Detect(p.stdin, p.stdout))
	return t, nil
}

// folder is where the conversation is kept: the one that was named, or one that goes when the talk is over.
func (c *chatCmd) folder() (dir string, drop func(), err error) {
	if c.Data != "" {
		return c.Data, func() {}, nil
	}
	if dir, err = os.MkdirTemp("", "tandem-chat-"); err != nil {
		return "", nil, fmt.Errorf("make a folder for the conversation: %w", err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil
}

// talk is one run of the conversation. Everything in it happens in one goroutine, one thing after the other, so that the
// same lines make the same transcript.
type talk struct {
	cmd    *chatCmd
	lib    *dialog.Library
	screen bot.Screen
	zone   *time.Location
	clock  func() time.Time
	still  *standing // nil: the clock runs
	log    *slog.Logger
	term   *terminal.Terminal
	store  *redisstore.Store
	app    *bot.Bot
	number int
	run    string // names this run in the ids of deliveries
}

const chatConversation = "terminal:1"

// dueEvery is how often timers are looked at while the person types.
const dueEvery = 200 * time.Millisecond

func (t *talk) converse(ctx context.Context) (err error) {
	t.run = fmt.Sprintf("terminal:%x", time.Now().UnixNano()) // new in each run, also where the clock stands still
	t.app, err = bot.New(ctx, bot.Options{
		Store: t.store, Library: t.lib, Platforms: map[string]bot.Platform{"terminal": t.term}, Screen: t.screen,
		Settings: bot.Settings{Lang: "en", Zone: t.zone, Quiet: reminders.DefaultQuiet(), Week: nudgesAWeek}, Clock: t.clock, Log: t.log,
	})
	if err != nil {
		return fmt.Errorf("start the conversation: %w", err)
	}
	if err := t.begin(ctx); err != nil {
		return err
	}
	lines := t.listen(ctx)
	due := time.NewTicker(dueEvery)
	defer due.Stop()
	for {
		if err := t.term.Err(); err != nil {
			return err
		}
		t.term.Ask()
		select {
		case <-ctx.Done():
			return nil
		case <-due.C:
			t.settle(ctx)
		case l := <-lines:
			if l.err != nil {
				return ignoreEOF(l.err)
			}
			t.term.Heard(l.text)
			if strings.TrimSpace(l.text) == "/quit" {
				return nil
			}
			if err := t.hear(ctx, l.text); err != nil {
				return err
			}
		}
	}
}

// begin opens the talk: with the open question of the last run, with the flow that was asked for, or with the welcome.
func (t *talk) begin(ctx context.Context) error {
	t.settle(ctx) // what the last run still had to say
	if t.cmd.Flow == "" {
		return t.receive(ctx, bot.Update{Event: bot.Start})
	}
	before := t.term.Said()
	if err := t.receive(ctx, bot.Update{Event: bot.Begin, Code: t.cmd.Flow}); err != nil || t.term.Said() > before {
		return err
	}
	t.term.Note(fmt.Sprintf("A conversation is under way in %s, and goes on. %s was not begun: leave this one first, for example with \"stop\".", t.cmd.Data, t.cmd.Flow))
	return t.receive(ctx, bot.Update{Event: bot.Start})
}

// line is what was typed, or why nothing more will be.
type line struct {
	text string
	err  error
}

// listen reads lines until there are no more, one ahead of the one that is handled.
func (t *talk) listen(ctx context.Context) <-chan line {
	lines := make(chan line)
	go func() {
		for {
			text, err := t.term.ReadLine()
			select {
			case lines <- line{text, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

// hear takes one line to its end.
func (t *talk) hear(ctx context.Context, text string) error {
	if wait, ok := strings.CutPrefix(text, "/wait "); ok && t.still != nil {
		d, err := time.ParseDuration(strings.TrimSpace(wait))
		if err == nil && d >= 0 {
			return t.wait(ctx, d)
		}
		t.term.Note("/wait takes a span of time, such as 90m or 36h")
		return nil
	}
	return t.receive(ctx, bot.Update{Input: dialog.Input{Kind: dialog.Text, Text: text}})
}

// stuckFor is how far the clock goes on where what is due at a time is still due after it was looked at.
const stuckFor = time.Minute

// wait lets a span of time go by on the clock that stands still. It stops wherever something is due on the way, as it
// would for a service that runs all the while.
func (t *talk) wait(ctx context.Context, d time.Duration) error {
	for until := t.clock().Add(d); ctx.Err() == nil; t.settle(ctx) {
		next, err := t.store.Upcoming(ctx, 1)
		if err != nil {
			return fmt.Errorf("find what is due while time goes by: %w", err)
		}
		now := t.clock()
		at := until
		if len(next) > 0 {
			at = next[0].At
		}
		if !at.After(now) {
			at = now.Add(stuckFor)
		}
		if !at.Before(until) {
			t.still.move(until.Sub(now))
			break
		}
		t.still.move(at.Sub(now))
	}
	t.settle(ctx)
	return nil
}

func (t *talk) receive(ctx context.Context, u bot.Update) error {
	t.number++
	u.Delivery, u.Conversation, u.At = fmt.Sprintf("%s:%d", t.run, t.number), chatConversation, t.clock()
	u.From = bot.Person{ID: "1", Name: t.cmd.Name, Language: t.cmd.Lang}
	if err := t.app.Receive(ctx, u); err != nil {
		return fmt.Errorf("take in what was said: %w", err)
	}
	t.settle(ctx)
	return nil
}

// settle waits for what is in hand, and does what is due.
func (t *talk) settle(ctx context.Context) {
	t.app.Idle()
	t.app.PickUp(ctx)
	t.app.Idle()
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
