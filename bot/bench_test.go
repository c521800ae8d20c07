package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/safety"
	"tandem/dialog"
	"tandem/dialog/scenario"
)

// BenchmarkCommittedTurns measures the whole application: 64 people at once go through a scenario again and again; each
// input is ingested, screened, stepped by the engine and committed through a real Redis. "sent" also takes the answers
// off the outbox and gives the lease back, as a service does. The final text of every conversation is checked.
// TANDEM_BENCH_SCENARIO names another scenario file. The store's own figures, beside a bare commit script, are those
// of the benchmark of the same name in adapters/redisstore.
func BenchmarkCommittedTurns(b *testing.B) {
	file := os.Getenv("TANDEM_BENCH_SCENARIO")
	if file == "" {
		file = "../dialog/testdata/bench/scenario-10-branch.json"
	}
	sc, err := scenario.Read(file)
	if err != nil {
		b.Fatal(err)
	}
	for _, sent := range []bool{false, true} {
		// Where nothing gives the lease back, it has run out by the next turn.
		name, lease := "committed", time.Millisecond
		if sent {
			name, lease = "sent", time.Minute
		}
		b.Run("redis/"+name, func(b *testing.B) {
			server := redistest.Start(b, "--auto-aof-rewrite-percentage", "0")
			keys, err := redisstore.NewKeyset()
			if err != nil {
				b.Fatal(err)
			}
			store, err := redisstore.Open(b.Context(), redisstore.Options{URL: server.URL(), Keyset: keys, Lease: lease, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				b.Fatal(err)
			}
			benchTurns(b, sc, store, sent)
		})
	}
	b.Run("embedded/sent", func(b *testing.B) {
		store, err := redisstore.OpenEmbedded(b.Context(), b.TempDir(), redisstore.Options{Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			b.Fatal(err)
		}
		benchTurns(b, sc, store, true)
	})
}

const atOnce = 64

func benchTurns(b *testing.B, sc *scenario.Scenario, store *redisstore.Store, sent bool) {
	b.Cleanup(func() { store.Close() })
	files, err := sc.Flow()
	if err != nil {
		b.Fatal(err)
	}
	lib, err := dialog.Load(files)
	if err != nil {
		b.Fatal(err)
	}
	screen, err := safety.New()
	if err != nil {
		b.Fatal(err)
	}
	platform := bottest.NewPlatform()
	app, err := bot.New(b.Context(), bot.Options{
		Store: store, Library: lib, Platforms: map[string]bot.Platform{"paper": platform}, Screen: screen,
		Clock: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func(before int) func() { return func() { debug.SetGCPercent(before) } }(debug.SetGCPercent(800))) // as serve does
	var turns atomic.Int64
	took := make([][]time.Duration, atOnce)
	var all sync.WaitGroup
	b.ResetTimer()
	began := time.Now()
	for w := range atOnce {
		all.Go(func() {
			c := benchConversation{b: b, app: app, name: fmt.Sprintf("paper:%d", w), sent: sent}
			for n := 1; turns.Load() < int64(b.N); n++ {
				c.play(sc, &turns)
				if final := platform.Said(c.name); sent && (len(final) != n*sc.Messages || final[len(final)-1].Text != sc.Final) {
					b.Errorf("the conversation ended with %+v, want %q", final[len(final)-1], sc.Final)
					return
				}
			}
			took[w] = c.took
		})
	}
	all.Wait()
	elapsed := time.Since(began)
	b.StopTimer()
	times := slices.Concat(took...)
	slices.Sort(times)
	b.ReportMetric(float64(turns.Load())/elapsed.Seconds(), "turns/s")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

type benchConversation struct {
	b    *testing.B
	app  *bot.Bot
	name string
	sent bool
	took []time.Duration
	seq  int64
}

func (c *benchConversation) play(sc *scenario.Scenario, turns *atomic.Int64) {
	c.turn(bot.Update{Event: bot.Begin, Code: scenario.FlowID, With: map[string]any{"name": sc.Contact}})
	turns.Add(1)
	for _, said := range sc.Inputs {
		c.turn(bot.Update{Input: dialog.Input{Kind: dialog.Text, Text: said}})
		turns.Add(1)
	}
}

func (c *benchConversation) turn(u bot.Update) {
	began := time.Now()
	c.seq++
	u.Delivery, u.Conversation, u.Seq, u.At = fmt.Sprintf("%s:%d", c.name, c.seq), c.name, c.seq, began
	if err := c.app.Turn(context.Background(), u, c.sent); err != nil {
		c.b.Error(err)
	}
	c.took = append(c.took, time.Since(began))
}
