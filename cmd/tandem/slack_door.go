package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"tandem/adapters/slack"
	"tandem/bot"
	"tandem/dialog"
)

// slackDoor is Slack, with what this program does to its updates before the bot gets them: who somebody is, is asked for,
// and what only Slack has becomes something that the bot knows.
type slackDoor struct {
	*slack.Slack
	receive slack.Ingest // the bot's; set before anything comes in
	lib     *dialog.Library
	log     *slog.Logger
	clock   func() time.Time
	people  *lru.Cache[string, acquaintance] // by their id
	asks    singleflight.Group
	dropped atomic.Int64 // modals
}

// acquaintance is what Slack told of a person, and how long that is believed.
type acquaintance struct {
	user  slack.User
	dm    string // the conversation with them; "": it was not asked for
	until time.Time
}

const (
	maxPeople  = 16384            // whom a process remembers
	knownFor   = 12 * time.Hour   // a person may change their name
	failedFor  = time.Minute      // before Slack is asked again
	askingTime = time.Second      // of the 2.5 s that an update may take
	personTime = 10 * time.Second // of a question that nobody waits for any more
)

func newSlackDoor(sl *slack.Slack, lib *dialog.Library, log *slog.Logger, clock func() time.Time) (*slackDoor, error) {
	people, err := lru.New[string, acquaintance](maxPeople)
	if err != nil {
		return nil, fmt.Errorf("remember people: %w", err)
	}
	return &slackDoor{Slack: sl, lib: lib, log: log, clock: clock, people: people}, nil
}

// ingest takes an update in. What only Slack has goes its own way; everything else is the bot's.
func (d *slackDoor) ingest(ctx context.Context, u bot.Update) error {
	special := map[bot.Event]slack.Ingest{
		slack.Commanded: d.command,
		slack.HomeTab:   d.home,
		slack.Submit:    d.submit,
	}
	if take, ok := special[u.Event]; ok {
		return take(ctx, u)
	}
	return d.pass(ctx, u)
}

// pass hands an update to the bot, with who it is from.
func (d *slackDoor) pass(ctx context.Context, u bot.Update) error {
	user := d.who(ctx, u.From.ID)
	u.From.Name, u.From.Language, u.From.Zone = user.Name, user.Locale, user.Zone
	return d.receive(ctx, u)
}

// command takes /tandem as said to the bot in private, wherever it was typed: what follows it, or else that the person is
// there. A word that names a command is one, because Slack keeps /goal for itself. Where the direct message cannot be
// opened, it fails, and Slack tells the person so.
func (d *slackDoor) command(ctx context.Context, u bot.Update) error {
	dm, err := d.dm(ctx, u.From.ID)
	if err != nil {
		return fmt.Errorf("open a direct message for a command: %w", err)
	}
	u.Conversation, u.Group, u.Event, u.With = dm, false, "", nil
	switch text := strings.TrimSpace(u.Input.Text); {
	case text == "":
		u.Event, u.Input = bot.Start, dialog.Input{}
	case !strings.ContainsAny(text, " \t\n") && d.lib.Command("/"+text) != "":
		u.Input.Text = "/" + text
	}
	return d.pass(ctx, u)
}

// home takes note that somebody looks at the App Home. There is nothing to show yet.
func (d *slackDoor) home(context.Context, bot.Update) error { return nil }

// submit drops what was sent off with a modal. Tandem opens none yet, so that none of its own is lost.
func (d *slackDoor) submit(context.Context, bot.Update) error {
	d.log.Warn("a modal that Tandem did not open was sent off and is passed over", "platform", theSlack, "count", d.dropped.Add(1))
	return nil
}

// who is what Slack tells of a person. It is asked once, and not waited for long: without it, the conversation goes on,
// and asks for what it needs.
func (d *slackDoor) who(ctx context.Context, id string) slack.User {
	now := d.clock()
	known, _ := d.people.Get(id)
	if now.Before(known.until) {
		return known.user
	}
	ask := func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), personTime)
		defer cancel()
		user, err := d.UserInfo(ctx, id)
		if err != nil {
			user = known.user
		}
		d.remember(id, func(a *acquaintance) { a.user, a.until = user, now.Add(lasts(err)) })
		return user, nil
	}
	select {
	case got := <-d.asks.DoChan(id, ask):
		user, _ := got.Val.(slack.User)
		return user
	case <-time.After(askingTime):
		d.remember(id, func(a *acquaintance) { a.until = now.Add(failedFor) })
	case <-ctx.Done():
	}
	return known.user
}

func lasts(err error) time.Duration {
	if err != nil {
		return failedFor
	}
	return knownFor
}

// dm is the conversation with a person in private.
func (d *slackDoor) dm(ctx context.Context, id string) (string, error) {
	if known, ok := d.people.Get(id); ok && known.dm != "" {
		return known.dm, nil
	}
	dm, err := d.OpenDM(ctx, id)
	if err == nil {
		d.remember(id, func(a *acquaintance) { a.dm = dm })
	}
	return dm, err
}

// remember changes what is known of a person. Of two changes at once one may be lost, and is then asked for again.
func (d *slackDoor) remember(id string, change func(*acquaintance)) {
	a, _ := d.people.Get(id)
	change(&a)
	d.people.Add(id, a)
}
