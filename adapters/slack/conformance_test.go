package slack_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
	"tandem/bot"
)

// TestPlatform runs the suite over each way in which updates come.
func TestPlatform(t *testing.T) {
	for mode, run := range map[string]func(testing.TB, *adaptertest.Slack, *slack.Slack, slack.Ingest){
		"http": serveHTTP, "socket": runSocket,
	} {
		t.Run(mode, func(t *testing.T) {
			adaptertest.Platform(t, func(t *testing.T) adaptertest.Rig {
				fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
				sl := newSlack(t, fake, nil)
				dm := fake.DM(4711)
				received := make(chan bot.Update, 8)
				run(t, fake, sl, func(_ context.Context, u bot.Update) error { received <- u; return nil })
				return adaptertest.Rig{
					Platform: sl, Conversation: "slack:T0TANDEM:D4711",
					Seen: func() []adaptertest.Bubble { return bubbles(dm.FromBot()) },
					Press: func(label string) {
						if err := dm.Press(label); err != nil {
							t.Fatal(err)
						}
					},
					Received: func() bot.Update { return receive(t, received) },
					Trouble:  func(what adaptertest.Trouble) { trouble(fake, dm, what) },
					Long:     strings.Repeat("Twelve words make one sentence, and this one says nothing at all. ", 200),
				}
			})
		})
	}
}

func bubbles(messages []adaptertest.SlackMessage) (seen []adaptertest.Bubble) {
	for _, m := range messages {
		seen = append(seen, adaptertest.Bubble{Text: m.Text, Buttons: m.Labels()})
	}
	return seen
}

func trouble(fake *adaptertest.Slack, dm *adaptertest.SlackChat, what adaptertest.Trouble) {
	fake.Heal()
	switch what {
	case adaptertest.RateLimited:
		fake.Inject(adaptertest.SlackTooMany(3))
	case adaptertest.ServerDown:
		fake.Inject(adaptertest.SlackPage(502))
	case adaptertest.HungUp:
		fake.Inject(adaptertest.SlackDrop())
	case adaptertest.NoToken:
		fake.RevokeTokens()
	case adaptertest.ShutOut:
		dm.Remove()
	}
}

// newSlack makes an adapter that talks to a fake, knows itself, and does not wait long.
func newSlack(t testing.TB, fake *adaptertest.Slack, change func(*slack.Options)) *slack.Slack {
	t.Helper()
	o := slack.Options{Token: fake.Token, AppToken: fake.AppToken, APIURL: fake.URL(), Retry: time.Millisecond}
	if change != nil {
		change(&o)
	}
	sl, err := slack.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sl.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	return sl
}

// serveHTTP has the fake deliver by signed requests.
func serveHTTP(t testing.TB, fake *adaptertest.Slack, sl *slack.Slack, ingest slack.Ingest) {
	t.Helper()
	server := httptest.NewServer(sl.Webhook(fake.SigningSecret, ingest))
	t.Cleanup(server.Close)
	fake.Deliver(server.URL)
}

// runSocket has the fake deliver by Socket Mode, until the test ends.
func runSocket(t testing.TB, fake *adaptertest.Slack, sl *slack.Slack, ingest slack.Ingest) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- sl.Socket(ctx, ingest) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Socket Mode ended with %v", err)
		}
	})
	eventually(t, func() bool { return fake.Sockets() > 0 })
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

// eventually waits for something that other goroutines bring about.
func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for range 2000 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("it never came about")
}
