package redisstore_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/dialog"
)

// atOnce is how many conversations talk at the same time.
const atOnce = 64

// BenchmarkCommittedTurns measures turns that are taken in and committed, 64 conversations at once: what a person said
// goes in by Ingest, a trivial step answers, and Commit writes state, an answer, a journal entry and a message. "sent"
// has each message marked as sent and the lease released as well. "bare" is the reference, in the same run on the same
// server: a script that does nothing but compare a revision and write a state and a message, in a plain loop.
//
// The servers keep an append-only file (everysec), and do not rewrite it in the middle of the few seconds.
//
//	go test -run - -bench CommittedTurns -benchtime 3s ./adapters/redisstore
func BenchmarkCommittedTurns(b *testing.B) {
	b.Run("bare", func(b *testing.B) { benchBare(b, benchServer(b)) })
	b.Run("redis", func(b *testing.B) {
		benchTurns(b, openStore(b, redisstore.Options{URL: benchServer(b).URL(), Keyset: testKeyset(b)}), false)
	})
	b.Run("redis-sent", func(b *testing.B) {
		benchTurns(b, openStore(b, redisstore.Options{URL: benchServer(b).URL(), Keyset: testKeyset(b)}), true)
	})
	b.Run("embedded", func(b *testing.B) { benchTurns(b, openEmbedded(b, b.TempDir()), false) })
	b.Run("embedded-sent", func(b *testing.B) { benchTurns(b, openEmbedded(b, b.TempDir()), true) })
}

// benchServer starts a server for a measurement.
func benchServer(b *testing.B) *redistest.Server {
	b.Helper()
	return redistest.Start(b, "--auto-aof-rewrite-percentage", "0")
}

// benchLoop runs turns from 64 goroutines until b.N are done, and reports their rate and the 99th percentile.
func benchLoop(b *testing.B, turn func(worker int, n int64) error) {
	b.Helper()
	b.ReportAllocs()
	var done atomic.Int64
	var all sync.WaitGroup
	took := make([][]time.Duration, atOnce)
	start := time.Now()
	b.ResetTimer()
	for w := range atOnce {
		all.Go(func() {
			for n := int64(1); done.Add(1) <= int64(b.N); n++ {
				began := time.Now()
				if err := turn(w, n); err != nil {
					b.Error(err)
					return
				}
				took[w] = append(took[w], time.Since(began))
			}
		})
	}
	all.Wait()
	b.StopTimer()
	times := slices.Concat(took...)
	slices.Sort(times)
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "turns/s")
	if len(times) > 0 {
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	}
}

// benchTurns measures a store.
func benchTurns(b *testing.B, s *redisstore.Store, send bool) {
	ctx := context.Background()
	state := fmt.Appendf(nil, `{"flow":"goal","version":"sha256-0123456789","turn":7,"stack":[{"step":"confidence","prompt":"p.7"}],"lang":"en"%180s}`, "")
	last := make([]int64, atOnce)
	benchLoop(b, func(w int, n int64) error {
		name := fmt.Sprintf("web:%d", w)
		// Each turn is two minutes after the one before: where nothing releases the lease, it has run out.
		now := time.UnixMilli(1_770_000_000_000 + n*120_000)
		snap, err := s.Ingest(ctx, bot.Update{
			Delivery: fmt.Sprintf("web:%d:update:%d", w, n), Conversation: name, Seq: n, At: now,
			From:  bot.Person{ID: "4711", Name: "Ana", Language: "es-MX"},
			Input: dialog.Input{Kind: dialog.Text, Text: "I want to walk for half an hour on most days"},
		}, now)
		if err != nil || snap == nil || len(snap.Inbox) != 1 {
			return fmt.Errorf("ingest: %v, %w", snap, err)
		}
		err = s.Commit(ctx, bot.Commit{
			Conversation: name, Revision: snap.Revision, Done: []string{snap.Inbox[0].ID}, State: state,
			Needs:   []string{"goal"},
			Answers: map[string]jsonValue{"goal": jsonValue(`{"text":"walk for half an hour","prompt":"p.6"}`)},
			Journal: []jsonValue{jsonValue(`{"kind":"answer","step":"goal","text":"walk for half an hour"}`)},
			Outbox: []bot.Outgoing{{Kind: bot.Say, Message: dialog.Message{
				Text: "How sure are you, from 0 to 10?", Prompt: "p.7", Buttons: []dialog.Button{{ID: "7", Label: "7"}, {ID: "8", Label: "8"}},
			}}},
			Wake: now.Add(time.Hour),
		})
		if err == nil && send {
			err = s.Sent(ctx, name, n, "901")
			if err == nil {
				err = s.Release(ctx, name, now, time.Time{})
			}
		}
		last[w] = n
		return err
	})
	for w, n := range last {
		snap, err := s.Load(ctx, fmt.Sprintf("web:%d", w))
		if err != nil || snap.Revision != n || n > 0 && string(snap.State) != string(state) {
			b.Fatalf("after %d turns: %+v, %v", n, snap, err)
		}
	}
}

// benchBare measures a script that only compares and writes.
func benchBare(b *testing.B, server *redistest.Server) {
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), Protocol: 2, PoolSize: atOnce})
	defer func() { _ = client.Close() }()
	script := redis.NewScript(`
		if (redis.call('HGET', KEYS[1], 'rev') or '0') ~= ARGV[1] then return 0 end
		redis.call('HSET', KEYS[1], 'rev', ARGV[1] + 1, 'st', ARGV[2])
		redis.call('RPUSH', KEYS[2], ARGV[3])
		return 1`)
	state, message := fmt.Sprintf("%300s", ""), fmt.Sprintf("%150s", "")
	benchLoop(b, func(w int, n int64) error {
		keys := []string{fmt.Sprintf("{%d}:st", w), fmt.Sprintf("{%d}:out", w)}
		ok, err := script.Run(context.Background(), client, keys, n-1, state, message).Int()
		if err != nil || ok != 1 {
			return fmt.Errorf("bare commit: %v, %w", ok, err)
		}
		return nil
	})
}
