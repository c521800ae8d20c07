package redisstore_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/dialog"
)

// A message goes in, a step is committed, and what it says is sent: the whole life of a turn.
func Example() {
	dir, err := os.MkdirTemp("", "tandem")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	ctx, now := context.Background(), time.Now()
	store, err := redisstore.OpenEmbedded(ctx, dir, redisstore.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = store.Close() }()

	snap, err := store.Ingest(ctx, bot.Update{
		Delivery: "web:1:update:1", Conversation: "web:1", Seq: 1, Input: dialog.Input{Kind: dialog.Text, Text: "hello"},
	}, now)
	if err != nil || snap == nil {
		fmt.Println("nothing to do here:", err)
		return
	}
	err = store.Commit(ctx, bot.Commit{
		Conversation: snap.Conversation, Revision: snap.Revision, Done: []string{snap.Inbox[0].ID},
		Outbox: []bot.Outgoing{{Kind: bot.Say, Message: dialog.Message{Text: "Hello, what brings you here?"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := store.Pending(ctx, "web:1", now, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range out {
		fmt.Println(o.Message.Text)
		_ = store.Sent(ctx, "web:1", o.ID, "901")
	}
	_ = store.Release(ctx, "web:1", now, time.Time{})
	// Output: Hello, what brings you here?
}
