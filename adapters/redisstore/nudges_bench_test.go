//go:build unix

package redisstore_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/dialog"
	"tandem/reminders"
)

const (
	nudgesAtOnce = 4    // callers of Schedule and of Claim
	nudgesClaim  = 4096 // conversations in a claim
	nudgesIdle   = 3 * time.Second
	nudgesMost   = 100 // Redis commands a second while everybody sleeps
)

// nudgesFrom is when the benchmark's week begins: a Monday.
func nudgesFrom() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }

// BenchmarkNudges schedules a million conversations (TANDEM_BENCH_NUDGES: how many) over a week, has the clock jump to
// its end, and catches up: everything is claimed, the next time of its weekly rhythm is computed on the clock of one of
// twenty zones, and it is put back. Then it measures what the million costs while all of them sleep: the loop of a real
// process runs at its real pace, for a few seconds.
//
// "bare" is the reference, on a server of the same kind: the same names in one sorted set, by ZADD and ZRANGEBYSCORE in
// pipelines, with no lease that would bring back what a dead process had in hand.
//
// The servers keep an append-only file (everysec). Reported are schedules a second, bytes of Redis's memory for each,
// nudges caught up with a second, and Redis commands a second and this process's CPU (in percent of one) while idle.
//
//	go test -run - -bench Nudges -benchtime 1x ./adapters/redisstore
func BenchmarkNudges(b *testing.B) {
	n := 1_000_000
	if s := os.Getenv("TANDEM_BENCH_NUDGES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 {
			b.Fatalf("TANDEM_BENCH_NUDGES is %q; write a number of conversations", s)
		}
	}
	wakes, rhythms := nudgesOf(b, n)
	b.Run("bare", func(b *testing.B) {
		for range b.N {
			benchBareNudges(b, benchServer(b), wakes, rhythms)
		}
	})
	b.Run("tandem", func(b *testing.B) {
		for range b.N {
			server := benchServer(b)
			store := openStore(b, redisstore.Options{URL: server.URL(), Keyset: testKeyset(b)})
			benchNudges(b, server, store, wakes, rhythms)
			benchIdle(b, server, store, n)
		}
	})
}

// nudgesOf makes conversations with a weekly rhythm each, and when it is first due.
func nudgesOf(b *testing.B, n int) ([]bot.Wake, []*reminders.Schedule) {
	b.Helper()
	zones := []string{
		"Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Africa/Nairobi", "America/Santiago", "Europe/London", "Asia/Tokyo",
		"Australia/Sydney", "America/Sao_Paulo", "Pacific/Auckland", "America/Los_Angeles", "Europe/Athens", "Asia/Kolkata", "Africa/Lagos",
		"America/Mexico_City", "Asia/Shanghai", "Europe/Helsinki", "Africa/Cairo", "America/Bogota", "Pacific/Honolulu",
	}
	rhythms := make([]*reminders.Schedule, 7*24*len(zones)) // a weekday, an hour and a zone each
	for i := range rhythms {
		s, err := reminders.Parse(reminders.Rhythm{Spec: fmt.Sprintf("%d %d * * %d", i%60, i/len(zones)%24, i%7), Zone: zones[i%len(zones)]})
		if err != nil {
			b.Fatal(err)
		}
		rhythms[i] = s
	}
	wakes := make([]bot.Wake, n)
	for i := range wakes {
		wakes[i] = bot.Wake{Conversation: nudgesName(i), At: rhythms[i%len(rhythms)].Next(nudgesFrom())}
	}
	return wakes, rhythms
}

// nudgesName is a conversation's name, and nudgesNumber its number.
func nudgesName(i int) string { return "telegram:" + strconv.Itoa(5_000_000_000+i) }

func nudgesNumber(name string) (int, error) {
	i, err := strconv.Atoi(strings.TrimPrefix(name, "telegram:"))
	return i - 5_000_000_000, err
}

// inParts runs something on parts of the whole at once, and fails with the first error.
func inParts(b *testing.B, n int, do func(from, to int) error) {
	b.Helper()
	var all sync.WaitGroup
	for p := range nudgesAtOnce {
		all.Go(func() {
			if err := do(p*n/nudgesAtOnce, (p+1)*n/nudgesAtOnce); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

func benchNudges(b *testing.B, server *redistest.Server, store *redisstore.Store, wakes []bot.Wake, rhythms []*reminders.Schedule) {
	b.Helper()
	ctx := context.Background()
	before, began := info(b, server, "memory", "used_memory"), time.Now()
	inParts(b, len(wakes), func(from, to int) error { return store.Schedule(ctx, wakes[from:to]) })
	took := time.Since(began)
	b.ReportMetric(float64(len(wakes))/took.Seconds(), "scheduled/s")
	b.ReportMetric((info(b, server, "memory", "used_memory")-before)/float64(len(wakes)), "B/nudge")

	now := nudgesFrom().AddDate(0, 0, 7)
	seen := make([]atomic.Int32, len(wakes))
	began = time.Now()
	inParts(b, len(wakes), func(int, int) error {
		for {
			due, err := store.Claim(ctx, now, nudgesClaim)
			if err != nil || len(due) == 0 {
				return err
			}
			back := make([]bot.Wake, len(due))
			for i, name := range due {
				number, err := nudgesNumber(name)
				if err != nil {
					return err
				}
				seen[number].Add(1)
				back[i] = bot.Wake{Conversation: name, At: rhythms[number%len(rhythms)].Next(now)}
			}
			if err := store.Schedule(ctx, back); err != nil {
				return err
			}
		}
	})
	took = time.Since(began)
	b.ReportMetric(float64(len(wakes))/took.Seconds(), "caughtup/s")
	for i := range seen {
		if got := seen[i].Load(); got != 1 {
			b.Fatalf("%s was claimed %d times", wakes[i].Conversation, got)
		}
	}
	asleep(b, store, now, len(wakes))
}

// asleep sees that everybody is in the index, and that each is due in the week after now: at no lease's deadline.
func asleep(b *testing.B, store *redisstore.Store, now time.Time, n int) {
	b.Helper()
	for _, c := range []struct {
		at   time.Time
		want bot.Standing
	}{{now, bot.Standing{Sleeping: n}}, {now.AddDate(0, 0, 7), bot.Standing{Due: n}}} {
		got, err := store.Standing(context.Background(), c.at)
		got.Oldest = time.Time{}
		if err != nil || got != c.want {
			b.Fatalf("at %v: %+v, %v; want %+v", c.at, got, err, c.want)
		}
	}
	held, err := store.Upcoming(context.Background(), 1)
	if err != nil || len(held) != 1 || held[0].Held {
		b.Fatalf("the first: %+v, %v", held, err)
	}
}

// benchIdle runs the loop of a process while all conversations sleep.
func benchIdle(b *testing.B, server *redistest.Server, store *redisstore.Store, n int) {
	b.Helper()
	now := nudgesFrom().AddDate(0, 0, 7)
	app, err := bot.New(context.Background(), bot.Options{
		Store: store, Library: &dialog.Library{}, Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), nudgesIdle)
	defer cancel()
	commands, cpu, began := info(b, server, "stats", "total_commands_processed"), ownCPU(b), time.Now()
	if err := app.Run(ctx); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began).Seconds()
	commands = info(b, server, "stats", "total_commands_processed") - commands - 1 // this one is the benchmark's own
	b.ReportMetric(commands/took, "idle-commands/s")
	b.ReportMetric(100*(ownCPU(b)-cpu).Seconds()/took, "idle-CPU%")
	if rate := commands / took; rate < 1 || rate >= nudgesMost {
		b.Errorf("%d sleeping conversations cost %.0f Redis commands a second; it should be more than none and below %d", n, rate, nudgesMost)
	}
	asleep(b, store, now, n)
}

// benchBareNudges does the same with a sorted set and nothing else.
func benchBareNudges(b *testing.B, server *redistest.Server, wakes []bot.Wake, rhythms []*reminders.Schedule) {
	b.Helper()
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), Protocol: 2, PoolSize: nudgesAtOnce})
	defer func() { _ = client.Close() }()
	before, began := info(b, server, "memory", "used_memory"), time.Now()
	inParts(b, len(wakes), func(from, to int) error { return bareAdd(client, wakes[from:to]) })
	b.ReportMetric(float64(len(wakes))/time.Since(began).Seconds(), "scheduled/s")
	b.ReportMetric((info(b, server, "memory", "used_memory")-before)/float64(len(wakes)), "B/nudge")

	now, done := nudgesFrom().AddDate(0, 0, 7), 0
	began = time.Now()
	for { // one at a time: without a lease, two would take the same
		due, err := client.ZRangeArgs(context.Background(), redis.ZRangeArgs{
			Key: "wake", Start: "-inf", Stop: now.UnixMilli(), ByScore: true, Count: nudgesClaim,
		}).Result()
		if err != nil {
			b.Fatal(err)
		}
		if len(due) == 0 {
			break
		}
		back := make([]bot.Wake, len(due))
		for i, name := range due {
			number, err := nudgesNumber(name)
			if err != nil {
				b.Fatal(err)
			}
			back[i] = bot.Wake{Conversation: name, At: rhythms[number%len(rhythms)].Next(now)}
		}
		if err := bareAdd(client, back); err != nil {
			b.Fatal(err)
		}
		done += len(due)
	}
	b.ReportMetric(float64(done)/time.Since(began).Seconds(), "caughtup/s")
	if done != len(wakes) {
		b.Fatalf("caught up with %d of %d", done, len(wakes))
	}
}

// bareAdd puts conversations into a sorted set, a command each, many in a pipeline.
func bareAdd(client *redis.Client, wakes []bot.Wake) error {
	const most = 2048
	for len(wakes) > 0 {
		pipe := client.Pipeline()
		some := wakes[:min(most, len(wakes))]
		for _, w := range some {
			pipe.ZAdd(context.Background(), "wake", redis.Z{Score: float64(w.At.UnixMilli()), Member: w.Conversation})
		}
		if _, err := pipe.Exec(context.Background()); err != nil {
			return err
		}
		wakes = wakes[len(some):]
	}
	return nil
}

// info reads a number of a server's INFO.
func info(b *testing.B, server *redistest.Server, section, field string) float64 {
	b.Helper()
	for line := range strings.Lines(server.Text("INFO", section)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), field+":"); ok {
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				b.Fatal(err)
			}
			return n
		}
	}
	b.Fatalf("INFO %s has no %s", section, field)
	return 0
}

// ownCPU is what this process has used so far.
func ownCPU(b *testing.B) time.Duration {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
