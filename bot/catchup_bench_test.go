package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

// catchUpPeople is how many have a reminder that has become due while nobody was there to send it.
const catchUpPeople = 5000

// BenchmarkNudgesCaughtUp measures what a service really does after it was down, by the loop that it runs: what is too
// late is passed over while it is claimed; what is in time is claimed, loaded, stepped, committed and sent. What comes of
// it is asserted: nothing is said that is too late, everybody is due the next day, and what is in time is said to
// everybody once.
func BenchmarkNudgesCaughtUp(b *testing.B) {
	for _, c := range []struct {
		name string
		late time.Duration
		said int
	}{{"too late", 5 * time.Hour, 0}, {"said", time.Minute, 1}} {
		b.Run(c.name, func(b *testing.B) {
			b.Cleanup(func(before int) func() { return func() { debug.SetGCPercent(before) } }(debug.SetGCPercent(800))) // as serve does
			var now atomic.Int64
			now.Store(time.Date(2026, 3, 9, 11, 0, 0, 0, time.UTC).Unix())
			clock := func() time.Time { return time.Unix(now.Load(), 0).UTC() }
			app, platform := catchUpApp(b, clock)
			for b.Loop() {
				b.StopTimer()
				now.Store(clock().Truncate(24 * time.Hour).Add(36 * time.Hour).Unix()) // noon of the next day
				everybody(b, func(name string) error { return choose(b.Context(), app, name) })
				before := platform.Count()
				now.Add(int64((3*time.Hour + c.late).Seconds())) // all are due at three
				b.StartTimer()
				began := time.Now()
				app.PickUp(context.Background())
				app.Idle()
				b.ReportMetric(catchUpPeople/time.Since(began).Seconds(), "nudges/s")
				if said := platform.Count() - before; said != c.said*catchUpPeople {
					b.Fatalf("%d messages for %d people, want %d each", said, catchUpPeople, c.said)
				}
				next := clock().Add(24*time.Hour - c.late) // at three
				for at, want := range map[time.Time]int{next.Add(-time.Millisecond): 0, next: catchUpPeople} {
					if standing, err := app.Store.Standing(b.Context(), at); err != nil || standing.Due != want {
						b.Fatalf("%d are due at %v, %v; want %d", standing.Due, at, err, want)
					}
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// catchUpApp is the application on a real Redis, with a goal for everybody.
func catchUpApp(b *testing.B, clock func() time.Time) (*bot.Bot, *counter) {
	b.Helper()
	server := redistest.Start(b, "--auto-aof-rewrite-percentage", "0")
	keys, err := redisstore.NewKeyset()
	if err != nil {
		b.Fatal(err)
	}
	store, err := redisstore.Open(b.Context(), redisstore.Options{URL: server.URL(), Keyset: keys, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	platform := &counter{Platform: bottest.NewPlatform()}
	app, err := bot.New(b.Context(), bot.Options{
		Store: store, Library: nudgeFlows(b), Platforms: map[string]bot.Platform{"paper": platform}, Clock: clock,
		Settings: bot.Settings{Quiet: reminders.DefaultQuiet(), Week: 7}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	goal, err := json.Marshal(care.Goal{ID: "g1", Status: care.Active, Versions: []care.Version{{Words: "walk more"}}})
	if err != nil {
		b.Fatal(err)
	}
	everybody(b, func(name string) error {
		client := care.Client{Lang: "en", Zone: "UTC", Consent: care.ConsentVersion, Since: clock()}
		return bot.Prepare(b.Context(), store, name, client, 1, map[string]json.RawMessage{"goal/g1": goal})
	})
	return app, platform
}

// everybody does something for each person, many at once.
func everybody(b *testing.B, do func(name string) error) {
	b.Helper()
	var all sync.WaitGroup
	for w := range atOnce {
		all.Go(func() {
			for i := w; i < catchUpPeople; i += atOnce {
				if err := do(fmt.Sprintf("paper:%d", i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// choose has a person write, so that nobody backs off, and choose three in the afternoon.
func choose(ctx context.Context, app *bot.Bot, name string) error {
	now := app.Clock()
	said := bot.Update{
		Delivery: fmt.Sprintf("%s:said:%d", name, now.Unix()), Conversation: name, Seq: now.Unix(), At: now,
		Input: dialog.Input{Kind: dialog.Text, Text: "hello"},
	}
	if err := app.Turn(ctx, said, true); err != nil {
		return err
	}
	return app.Turn(ctx, bot.Update{
		Delivery: fmt.Sprintf("%s:chosen:%d", name, now.Unix()), Conversation: name, At: now, Event: bot.Begin, Code: "remind",
		With: map[string]any{"goal": "g1", "rhythm": "0 15 * * *"},
	}, true)
}

// counter counts what a platform is sent.
type counter struct {
	*bottest.Platform
	sent atomic.Int64
}

func (c *counter) Send(ctx context.Context, conversation string, o bot.Outgoing) (string, error) {
	c.sent.Add(1)
	return c.Platform.Send(ctx, conversation, o)
}

// Count is how many messages were sent.
func (c *counter) Count() int { return int(c.sent.Load()) }
