package telegram_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"tandem/adapters/adaptertest"
	"tandem/adapters/telegram"
)

// TestGarbageDoesNotBlock: what cannot be read is passed over whatever it is and wherever it stands, everything else
// comes in, in order, and no word of it is in the log.
func TestGarbageDoesNotBlock(t *testing.T) {
	const levels = 20_000
	for name, body := range map[string]string{
		"a field of another kind": `{"update_id":%d,"message":{"message_id":1,"text":["secretword"]}}`,
		"nested deeply": `{"update_id":%d,"message":{"text":"secretword","message_id":1,"reply_to_message":` +
			strings.Repeat(`{"reply_to_message":`, levels) + `{}` + strings.Repeat("}", levels+2),
		"lists nested deeply": `{"message":{"text":"secretword \"update_id\":7","x":` +
			strings.Repeat("[", levels) + strings.Repeat("]", levels) + `},"update_id":%d}`,
		"never closed":        `{"update_id":%d,"message":{"message_id":1,"text":"secretword"`,
		"closed wrongly":      `{"update_id":%d,"message":{"message_id":1,"text":"secretword"]}}`,
		"a string goes on":    `{"update_id":%d,"message":{"message_id":1,"text":"secretword}}`,
		"no JSON in a value":  `{"update_id":%d,"message":{"message_id":1,"text":secretword}}`,
		"a control character": `{"update_id":%d,"message":{"message_id":1,"text":"secretword` + "\n" + `"}}`,
	} {
		for _, before := range []int{0, 1, 5} {
			t.Run(fmt.Sprintf("%s,after=%d", name, before), func(t *testing.T) {
				t.Parallel()
				fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
				say := func(from, to int) {
					for i := from; i < to; i++ {
						fake.Chat(1).Say(fmt.Sprint(i))
					}
				}
				say(0, before)
				fake.PushRaw(body)
				fake.PushRaw(`{"update_id":%d,"channel_post":{"message_id":1}}`)
				say(before, 8)
				fake.PushRaw(body) // and at the end of what there is
				n, log := poll(t, fake, 8)
				if n.Skipped != 2 || n.Ignored != 1 || n.Ingested != 8 {
					t.Errorf("counts %+v", n)
				}
				if strings.Contains(log, "secretword") || strings.Contains(log, fake.Token) ||
					!strings.Contains(log, fmt.Sprintf(`"update":%d`, 1000+before)) {
					t.Errorf("log: %s", log)
				}
			})
		}
	}
}

// poll takes in what a fake has, expects so many texts, counted from 0, and stops.
func poll(t *testing.T, fake *adaptertest.Telegram, texts int) (telegram.Counts, string) {
	t.Helper()
	var log bytes.Buffer
	l := &ledger{}
	tg := newTelegram(t, fake, func(o *telegram.Options) { o.Logger = slog.New(slog.NewJSONHandler(&log, nil)) })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- tg.Poll(ctx, l.ingest) }()
	eventually(t, func() bool { return fake.Pending() == 0 })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	want := ""
	for i := range texts {
		want += fmt.Sprint(i)
	}
	if got := strings.Join(l.texts("telegram:1"), ""); got != want {
		t.Errorf("took in %q, want %q", got, want)
	}
	return tg.Counts(), log.String()
}

// TestAProxysPageConfirmsNothing: what is no word of Telegram's moves no offset.
func TestAProxysPageConfirmsNothing(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	fake.Chat(1).Say("0")
	page := adaptertest.Page(200)
	page.Method, page.Times = "getUpdates", 6
	fake.Inject(page)
	if n, _ := poll(t, fake, 1); n.Skipped != 0 || n.Ingested != 1 {
		t.Errorf("counts %+v", n)
	}
}
