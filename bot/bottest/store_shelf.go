package bottest

import (
	"context"
	"time"

	"tandem/bot"
)

func shelfCases() []storeCase {
	return []storeCase{
		{"Invariant6_EveryVersionIsKept", shelfKeeps},
		{"TheLastPutIsTheNewest", shelfNewest},
		{"WhatIsNotThereIsToldSo", shelfNone},
		{"AnswersPing", func(b *bench) { b.fails("Ping", b.a.Ping(context.Background()), nil) }},
	}
}

// put stores a version of a flow, and reads when that was.
func (b *bench) put(version, text string) time.Time {
	b.Helper()
	ctx := context.Background()
	files := map[string]string{"flow.yaml": text, "flow.es.yaml": "hola"}
	b.fails("PutFlow", b.a.PutFlow(ctx, bot.StoredFlow{ID: "goal", Version: version, Files: files}), nil)
	f, err := b.a.Flow(ctx, "goal", version)
	b.fails("Flow", err, nil)
	b.same("files", f.Files, files)
	b.same("name", []string{f.ID, f.Version}, []string{"goal", version})
	return f.Since
}

func shelfKeeps(b *bench) {
	b.put("v1", "one")
	b.put("v2", "two")
	f, err := b.a.Flow(context.Background(), "goal", "v1")
	b.fails("Flow", err, nil)
	b.same("first version", f.Files["flow.yaml"], "one")
}

func shelfNewest(b *bench) {
	one := b.put("v1", "one")
	two := b.put("v2", "two")
	again := b.put("v1", "one")
	if !two.After(one) || !again.After(two) {
		b.Fatalf("put at %v, %v and %v: each must be after the one before", one, two, again)
	}
}

func shelfNone(b *bench) {
	ctx := context.Background()
	_, err := b.a.Flow(ctx, "goal", "v1")
	b.fails("Flow", err, bot.ErrNoFlow)
	b.put("v1", "one")
	_, err = b.a.Flow(ctx, "goal", "v2")
	b.fails("Flow", err, bot.ErrNoFlow)
	_, err = b.a.Flow(ctx, "other", "v1")
	b.fails("Flow", err, bot.ErrNoFlow)
}
