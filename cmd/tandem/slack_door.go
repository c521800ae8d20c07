package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"tandem/adapters/slack"
	"tandem/adapters/slack/pages"
	"tandem/bot"
	"tandem/dialog"
)

// slackDoor is Slack, with what this program does to its updates before the bot gets them: who somebody is, is asked for,
// and what only Slack has becomes something that the bot knows.
type slackDoor struct {
	*slack.Slack
	receive slack.Ingest      // the bot's; set before anything comes in
	office  office            // what practitioners see; set before anything comes in
	names   map[string]string // of practitioners, as the settings tell clients, by conversation
	lib     *dialog.Library
	words   *pages.Words
	log     *slog.Logger
	clock   func() time.Time
	people  *lru.Cache[string, acquaintance] // by their id
	asks    singleflight.Group
	homes   *homes
	charts  *lru.Cache[string, string] // files on Slack, by what is on them
	opening chan struct{}              // a place for each modal that is being opened
	dropped atomic.Int64               // modals that were passed over
}

// acquaintance is what Slack told of a person, and how long that is believed.
type acquaintance struct {
	user  slack.User
	dm    string // the conversation with them; "": it was not asked for
	until time.Time
}

const (
	maxPeople  = 16384            // whom a process remembers
	maxCharts  = 4096             // and which charts it uploaded
	maxOpening = 32               // modals that are being opened at once
	knownFor   = 12 * time.Hour   // a person may change their name
	failedFor  = time.Minute      // before Slack is asked again
	askingTime = time.Second      // of the 2.5 s that an update may take
	personTime = 10 * time.Second // of a question that nobody waits for any more
)

// newSlackDoor makes a door. Its Slack is still to be set.
func newSlackDoor(lib *dialog.Library, log *slog.Logger, clock func() time.Time) (*slackDoor, error) {
	people, err := lru.New[string, acquaintance](maxPeople)
	if err != nil {
		return nil, fmt.Errorf("remember people: %w", err)
	}
	charts, err := lru.New[string, string](maxCharts)
	if err != nil {
		return nil, fmt.Errorf("remember charts: %w", err)
	}
	words, err := pages.Load()
	if err != nil {
		return nil, err
	}
	d := &slackDoor{lib: lib, words: words, log: log, clock: clock, people: people, charts: charts, opening: make(chan struct{}, maxOpening)}
	d.homes = newHomes(d.show)
	return d, nil
}

// ingest takes an update in. What only Slack has goes its own way; everything else is the bot's.
func (d *slackDoor) ingest(ctx context.Context, u bot.Update) error {
	special := map[bot.Event]slack.Ingest{
		slack.Commanded: d.command,
		slack.HomeTab:   d.home,
		slack.Press:     d.press,
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
