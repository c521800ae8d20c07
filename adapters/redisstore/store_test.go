package redisstore_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/oklog/ulid/v2"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/bot/bottest"
)

// testKeyset is one keyset for a test and those beneath it.
func testKeyset(t testing.TB) *redisstore.Keyset {
	t.Helper()
	k, err := redisstore.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// opener opens workers on one server: those of one test share a prefix, which no other has.
func opener(t *testing.T, url string) func(t *testing.T) bot.Store {
	keyset := testKeyset(t)
	var prefixes sync.Map
	return func(t *testing.T) bot.Store {
		prefix, _ := prefixes.LoadOrStore(t.Name(), "test-"+strings.ToLower(ulid.Make().String()))
		return openStore(t, redisstore.Options{URL: url, Keyset: keyset, Prefix: prefix.(string)})
	}
}

// openStore opens a worker and closes it with the test.
func openStore(t testing.TB, o redisstore.Options) *redisstore.Store {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s, err := redisstore.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func TestConformanceMiniredis(t *testing.T) {
	bottest.StoreConformance(t, opener(t, "redis://"+miniredis.RunT(t).Addr()))
}

func TestConformanceRedis(t *testing.T) {
	bottest.StoreConformance(t, opener(t, redistest.Start(t).URL()))
}
