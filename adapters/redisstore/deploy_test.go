package redisstore_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/bot/bottest"
)

func TestConformanceCluster(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	bottest.StoreConformance(t, opener(t, redistest.ClusterURL(redistest.StartCluster(t))))
}

func TestConformanceSentinel(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	bottest.StoreConformance(t, opener(t, redistest.StartSentinel(t).URL()))
}

func TestClusterUsesAllItsNodes(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	nodes := redistest.StartCluster(t)
	s := openStore(t, redisstore.Options{URL: redistest.ClusterURL(nodes), Keyset: testKeyset(t)})
	for i := range int64(60) {
		turn(t, s, fmt.Sprintf("telegram:%d", i), 1)
	}
	for _, n := range nodes {
		if size := n.Do("DBSIZE"); size == ":0" {
			t.Errorf("%s holds nothing", n.Addr())
		}
	}
	found := map[string]bool{}
	for name, err := range s.Conversations(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		found[name] = true
	}
	if len(found) != 60 {
		t.Errorf("%d conversations are listed, want 60", len(found))
	}
	if findings, err := s.Check(context.Background()); err != nil || len(findings) > 0 {
		t.Errorf("Check: %v, %v", findings, err)
	}
}

func TestSentinelFailsOver(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	w := redistest.StartSentinel(t)
	s := openStore(t, redisstore.Options{URL: w.URL(), Keyset: testKeyset(t)})
	turn(t, s, "telegram:1", 1)
	want := picture(t, s, "telegram:1")
	time.Sleep(200 * time.Millisecond) // replication is not waited for
	w.Master.Kill()
	ctx := context.Background()
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		_, err := s.Ingest(ctx, bot.Update{Delivery: "after", Conversation: "telegram:2"}, time.Now())
		if err == nil {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("no new master after 30 s: %v", err)
		}
	}
	if got := picture(t, s, "telegram:1"); got != want {
		t.Errorf("after the failover:\n%s\nwant:\n%s", got, want)
	}
}

func TestInvariant3_RedisKilledLosesNothingAcknowledged(t *testing.T) {
	server := redistest.Start(t, "--appendfsync", "always")
	s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: testKeyset(t)})
	ctx := context.Background()
	var acknowledged []string
	for life := range 3 {
		stop := time.After(150 * time.Millisecond)
		killed := make(chan struct{})
		go func() {
			<-stop
			server.Kill()
			close(killed)
		}()
		for n := 0; ; n++ {
			name := fmt.Sprintf("web:%d-%d", life, n)
			if _, err := s.Ingest(ctx, bot.Update{Delivery: "d", Conversation: name}, time.Now()); err != nil {
				break
			}
			acknowledged = append(acknowledged, name)
		}
		<-killed
		server.Restart()
	}
	for _, name := range acknowledged {
		snap, err := s.Load(ctx, name)
		if err != nil || len(snap.Inbox) != 1 {
			t.Fatalf("%s was acknowledged and is lost: %v, %v", name, snap, err)
		}
	}
	t.Logf("%d acknowledged in three lives", len(acknowledged))
}

func TestOpenRefuses(t *testing.T) {
	server := redistest.Start(t)
	keyset := testKeyset(t)
	cases := []struct {
		name, want string
		prepare    func(prefix string) redisstore.Options
	}{
		{"another shard count", "made with 4 shards", func(p string) redisstore.Options {
			openStore(t, redisstore.Options{URL: server.URL(), Keyset: keyset, Prefix: p, Shards: 4})
			return redisstore.Options{Shards: 8}
		}},
		{"a newer format", "start a newer program", func(p string) redisstore.Options {
			server.Do("HSET", p+":meta", "format", "2", "shards", "16", "check", "x")
			return redisstore.Options{}
		}},
		{"another keyset", "keyset does not open", func(p string) redisstore.Options {
			openStore(t, redisstore.Options{URL: server.URL(), Keyset: keyset, Prefix: p})
			return redisstore.Options{Keyset: testKeyset(t)}
		}},
		{"a server that evicts", "maxmemory-policy", func(string) redisstore.Options {
			server.Do("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
			return redisstore.Options{}
		}},
		{"no server", "ping Redis", func(string) redisstore.Options {
			return redisstore.Options{URL: "redis://127.0.0.1:1"}
		}},
		{"no keyset", "Keyset is not set", func(string) redisstore.Options {
			keyset = nil
			return redisstore.Options{}
		}},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			prefix := fmt.Sprintf("refuse-%d", i)
			o := c.prepare(prefix)
			o.Prefix = prefix
			if o.URL == "" {
				o.URL = server.URL()
			}
			if o.Keyset == nil {
				o.Keyset = keyset
			}
			s, err := redisstore.Open(context.Background(), o)
			server.Do("CONFIG", "SET", "maxmemory-policy", "noeviction")
			if err == nil {
				_ = s.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %q in it", err, c.want)
			}
		})
	}
}

func TestOpenWithoutConfigIsPossible(t *testing.T) {
	server := redistest.Start(t, "--rename-command", "CONFIG", "")
	s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: testKeyset(t)})
	findings, err := s.Check(context.Background())
	if err != nil || len(findings) != 1 || findings[0].Bad {
		t.Errorf("Check: %+v, %v; want one warning", findings, err)
	}
}

func TestOpenTakesTheStoredShardCount(t *testing.T) {
	server, keyset := redistest.Start(t), testKeyset(t)
	s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: keyset, Shards: 3})
	turn(t, s, "telegram:1", 1)
	want := picture(t, s, "telegram:1")
	if got := picture(t, openStore(t, redisstore.Options{URL: server.URL(), Keyset: keyset}), "telegram:1"); got != want {
		t.Errorf("opened without a count:\n%s\nwant:\n%s", got, want)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	s := openStore(t, redisstore.Options{
		URL: server.URL(), Keyset: testKeyset(t), Clock: func() time.Time { return time.Now().Add(time.Hour) },
	})
	findings, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(findings)
	for _, word := range []string{"appendonly yes", "clock"} {
		if !strings.Contains(said, word) {
			t.Errorf("nothing is said of %q: %s", word, said)
		}
	}
}

func TestScriptsAreSentAgainAfterARestart(t *testing.T) {
	server := redistest.Start(t, "--appendfsync", "always")
	s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: testKeyset(t)})
	turn(t, s, "telegram:1", 1)
	server.Restart()
	turn(t, s, "telegram:1", 2)
}

func TestAHangingServerIsNotWaitedFor(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err = redisstore.Open(ctx, redisstore.Options{URL: "redis://" + l.Addr().String(), Keyset: testKeyset(t)})
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 2*time.Second {
		t.Errorf("Open: %v after %v", err, time.Since(start))
	}
}
