package redisstore_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
)

// TestReadyIsTrue asks servers that answer every ping, and would refuse every message.
func TestReadyIsTrue(t *testing.T) {
	for _, c := range []struct {
		name      string
		bad, good []string
		want      string
	}{
		{"no memory", []string{"CONFIG", "SET", "maxmemory", "1"}, []string{"CONFIG", "SET", "maxmemory", "0"}, "no memory"},
		{"a replica", []string{"REPLICAOF", "127.0.0.1", "1"}, []string{"REPLICAOF", "NO", "ONE"}, "a replica"},
		{"no replicas", []string{"CONFIG", "SET", "min-replicas-to-write", "1"}, []string{"CONFIG", "SET", "min-replicas-to-write", "0"}, "fewer replicas"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t, "--replica-read-only", "yes")
			s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: testKeyset(t)})
			ctx := context.Background()
			if err := s.Ready(ctx); err != nil {
				t.Fatalf("a good server: %v", err)
			}
			if reply := server.Do(c.bad...); reply != "+OK" {
				t.Fatal(reply)
			}
			if err := s.Ping(ctx); err != nil {
				t.Errorf("it should answer a ping: %v", err)
			}
			if err := s.Ready(ctx); !strings.Contains(redisstore.Refusal(err), c.want) {
				t.Errorf("Ready: %v, in words: %q", err, redisstore.Refusal(err))
			}
			if found, err := s.Check(ctx); err != nil || !strings.Contains(fmt.Sprint(found), c.want) {
				t.Errorf("Check: %v, %v", found, err)
			}
			server.Do(c.good...)
			for end := time.Now().Add(20 * time.Second); s.Ready(ctx) != nil; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("mended: %v", s.Ready(ctx))
				}
			}
		})
	}
}

func TestReadyLeavesNothingBehind(t *testing.T) {
	server := redistest.Start(t)
	s := openStore(t, redisstore.Options{URL: server.URL(), Keyset: testKeyset(t)})
	if err := s.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	if ttl := server.Do("PTTL", "tandem:{s0}:probe"); ttl == ":-1" || ttl == ":-2" {
		t.Errorf("the probe's time to live: %s", ttl)
	}
}

func TestReadyEmbedded(t *testing.T) {
	if err := openEmbedded(t, t.TempDir()).Ready(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestRefusal(t *testing.T) {
	for said, want := range map[string]string{
		"OOM command not allowed when used memory > 'maxmemory'.":               "no memory",
		"READONLY You can't write against a read only replica.":                 "a replica",
		"MISCONF Errors writing to the AOF file: No space left on device":       "its disk",
		"LOADING Redis is loading the dataset in memory":                        "still reading",
		"NOREPLICAS Not enough good replicas to write.":                         "fewer replicas",
		"MASTERDOWN Link with MASTER is down":                                   "lost its master",
		"CLUSTERDOWN The cluster is down":                                       "incomplete",
		"NOPERM User kim has no permissions to run the 'set' command":           "may not write",
		"dial tcp 127.0.0.1:6379: connect: connection refused":                  "",
		"ERR max number of clients reached, and nothing about what it would be": "",
	} {
		got := redisstore.Refusal(fmt.Errorf("write a probe: %w", errors.New(said)))
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", said, got)
		}
	}
	if got := redisstore.Refusal(nil); got != "" {
		t.Errorf("no error: %q", got)
	}
}
