package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/care"
	"tandem/bot/desk"
)

// BenchmarkDesk measures what a practitioner waits for, on a local Redis: a digest of 1,000 clients who have each opened a
// goal and two check-ins, and a Home page of 200. Beside it stands the time of what follows: that each client can see
// that they were looked at. What is said is asserted.
func BenchmarkDesk(b *testing.B) {
	const kim = "paper:kim"
	b.Run("digest of 1000", func(b *testing.B) {
		app, platform := deskApp(b, kim, 1000)
		for n := 0; b.Loop(); n++ {
			before, began := len(platform.Said(kim)), time.Now()
			u := bot.Update{Delivery: fmt.Sprint("digest", n), Conversation: kim, At: app.Clock(), Event: bot.Desk, With: map[string]any{"do": "digest"}}
			if err := app.Receive(context.Background(), u); err != nil {
				b.Fatal(err)
			}
			for len(platform.Said(kim)) == before {
				time.Sleep(time.Millisecond)
			}
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "digest-ms")
			app.Idle()
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "with-looks-ms")
			said := platform.Said(kim)[before:]
			if len(said) == 0 || n == 0 && !strings.Contains(said[0].Text+said[len(said)-1].Text, "Client") {
				b.Fatalf("the digest says %q", said)
			}
		}
	})
	b.Run("Home of 200", func(b *testing.B) {
		app, _ := deskApp(b, kim, 200)
		for b.Loop() {
			began := time.Now()
			o, err := app.Overview(context.Background(), kim, desk.All, 0)
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "home-ms")
			if err != nil || len(o.Rows) != desk.RowsMost || o.More != 200-desk.RowsMost {
				b.Fatalf("%d rows and %d more, %v", len(o.Rows), o.More, err)
			}
		}
		app.Idle()
	})
}

// deskApp is the application on a real Redis, with a practitioner of many clients.
func deskApp(b *testing.B, kim string, clients int) (*bot.Bot, *bottest.Platform) {
	b.Helper()
	server := redistest.Start(b)
	keys, err := redisstore.NewKeyset()
	if err != nil {
		b.Fatal(err)
	}
	store, err := redisstore.Open(b.Context(), redisstore.Options{URL: server.URL(), Keyset: keys, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	now := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	cases := make(map[string]json.RawMessage)
	for i := range clients {
		id := fmt.Sprintf("c%04d", i)
		cases["case/"+id] = asJSON(b, care.Case{ID: id, Name: fmt.Sprintf("Client %d", i), Conversation: "paper:" + id, Since: now.AddDate(0, -1, 0)})
		records := make(map[string]json.RawMessage)
		for n, fields := range []map[string]any{
			{"goal": "g1", "version": 1, "words": "walk after lunch", "step": "once round the block"},
			{"goal": "g1", "checkin": "k1", "outcome": "well", "rating": 4, "said": "went twice"},
			{"goal": "g1", "checkin": "k2", "outcome": "slipped", "rating": 5, "learned": "the rain keeps me in"},
		} {
			g := care.Grant{ID: fmt.Sprint("w", n+1), Audience: "practitioner", Fields: fields, Shown: "x", At: now.AddDate(0, 0, n-3)}
			records["grant/"+g.ID] = asJSON(b, g)
		}
		client := care.Client{Lang: "en", Zone: "UTC", Consent: care.ConsentVersion, Practitioner: kim, TellSilence: i%2 == 0, Since: now.AddDate(0, -1, 0)}
		if err := bot.Prepare(b.Context(), store, "paper:"+id, client, 3, records); err != nil {
			b.Fatal(err)
		}
	}
	if err := bot.Prepare(b.Context(), store, kim, care.Client{Lang: "en", Zone: "UTC"}, 2000, cases); err != nil {
		b.Fatal(err)
	}
	platform := bottest.NewPlatform()
	app, err := bot.New(b.Context(), bot.Options{
		Store: store, Library: nudgeFlows(b), Platforms: map[string]bot.Platform{"paper": platform}, Clock: func() time.Time { return now },
		Settings: bot.Settings{Practitioners: map[string]string{kim: "Kim"}}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	return app, platform
}

func asJSON(b *testing.B, v any) json.RawMessage {
	b.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		b.Fatal(err)
	}
	return data
}
