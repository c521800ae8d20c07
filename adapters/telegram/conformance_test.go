package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/telegram"
	"tandem/bot"
)

func TestPlatform(t *testing.T) {
	adaptertest.Platform(t, func(t *testing.T) adaptertest.Rig {
		fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
		tg := newTelegram(t, fake, nil)
		chat := fake.Chat(4711)
		received := make(chan bot.Update, 8)
		runPoll(t, tg, func(_ context.Context, u bot.Update) error { received <- u; return nil })
		return adaptertest.Rig{
			Platform: tg, Conversation: "telegram:4711",
			Seen: func() (seen []adaptertest.Bubble) {
				for _, m := range chat.FromBot() {
					seen = append(seen, adaptertest.Bubble{Text: m.Text, Buttons: m.Labels()})
				}
				return seen
			},
			Press: func(label string) {
				if err := chat.Press(label); err != nil {
					t.Fatal(err)
				}
			},
			Received: func() bot.Update { return receive(t, received) },
			Trouble:  func(what adaptertest.Trouble) { trouble(fake, chat, what) },
			Long:     strings.Repeat("Twelve words make one sentence, and this one says nothing at all. ", 200),
		}
	})
}

func trouble(fake *adaptertest.Telegram, chat *adaptertest.Chat, what adaptertest.Trouble) {
	fake.Heal()
	switch what {
	case adaptertest.RateLimited:
		fake.Inject(adaptertest.TooMany(3))
	case adaptertest.ServerDown:
		fake.Inject(adaptertest.BadGateway())
	case adaptertest.HungUp:
		fake.Inject(adaptertest.Drop())
	case adaptertest.NoToken:
		revoked := adaptertest.Refuse(401, "Unauthorized")
		revoked.Method = "sendMessage" // the poll would end with it
		fake.Inject(revoked)
	case adaptertest.ShutOut:
		chat.Block()
	}
}

// newTelegram makes an adapter that talks to a fake and does not wait long.
func newTelegram(t testing.TB, fake *adaptertest.Telegram, change func(*telegram.Options)) *telegram.Telegram {
	t.Helper()
	o := telegram.Options{Token: fake.Token, APIURL: fake.URL(), Retry: time.Millisecond, PollTimeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	tg, err := telegram.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return tg
}

// runPoll polls until the test ends.
func runPoll(t testing.TB, tg *telegram.Telegram, ingest telegram.Ingest) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- tg.Poll(ctx, ingest) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("poll ended with %v", err)
		}
	})
}

func receive(t testing.TB, from <-chan bot.Update) bot.Update {
	t.Helper()
	select {
	case u := <-from:
		return u
	case <-time.After(20 * time.Second):
		t.Fatal("no update came")
		return bot.Update{}
	}
}
