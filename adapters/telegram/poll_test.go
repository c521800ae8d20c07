package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/telegram"
	"tandem/bot"
	"tandem/dialog"
)

// ledger is an ingest that keeps what came, by conversation.
type ledger struct {
	mu   sync.Mutex
	all  map[string][]bot.Update
	fail func(bot.Update) error
}

func (l *ledger) ingest(_ context.Context, u bot.Update) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail != nil {
		if err := l.fail(u); err != nil {
			return err
		}
	}
	if l.all == nil {
		l.all = map[string][]bot.Update{}
	}
	l.all[u.Conversation] = append(l.all[u.Conversation], u)
	return nil
}

func (l *ledger) texts(conversation string) (texts []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, u := range l.all[conversation] {
		texts = append(texts, u.Input.Text)
	}
	return texts
}

// TestNothingConfirmedBeforeIngest is invariant 3: while storing fails, Telegram keeps the whole batch.
func TestNothingConfirmedBeforeIngest(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	good, bad := fake.Chat(1), fake.Chat(2)
	for i := range 3 {
		good.Say(fmt.Sprint(i))
		bad.Say(fmt.Sprint(i))
	}
	fails := 0
	l := &ledger{fail: func(u bot.Update) error {
		if u.Conversation != "telegram:2" || u.Input.Text != "1" || fails >= 5 {
			return nil
		}
		fails++
		if n := fake.Pending(); n != 6 {
			t.Errorf("%d of 6 updates are kept while one is not stored", n)
		}
		return errors.New("the store is down")
	}}
	tg := newTelegram(t, fake, nil)
	runPoll(t, tg, l.ingest)
	eventually(t, func() bool { return fake.Pending() == 0 })
	for _, c := range []string{"telegram:1", "telegram:2"} {
		if got := strings.Join(l.texts(c), ""); got != "012" {
			t.Errorf("%s took in %q", c, got)
		}
	}
	if n := tg.Counts(); n.Failed != 5 || n.Ingested != 6 {
		t.Errorf("counts %+v", n)
	}
}

// TestUpdatesSurviveARestart: what a poll did not take in is there for the next one.
func TestUpdatesSurviveARestart(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	fake.Chat(1).Say("hello")
	ctx, cancel := context.WithCancel(t.Context())
	err := newTelegram(t, fake, nil).Poll(ctx, func(context.Context, bot.Update) error {
		cancel()
		return errors.New("the process is going down")
	})
	if err != nil || fake.Pending() != 1 {
		t.Fatalf("%v, %d pending", err, fake.Pending())
	}
	l := &ledger{}
	runPoll(t, newTelegram(t, fake, nil), l.ingest)
	eventually(t, func() bool { return len(l.texts("telegram:1")) == 1 && fake.Pending() == 0 })
}

// TestPollTrouble: whatever goes wrong on the way, the updates come in the end.
func TestPollTrouble(t *testing.T) {
	for name, fault := range map[string]adaptertest.Fault{
		"rate limit": adaptertest.TooMany(1), "a proxy": adaptertest.BadGateway(), "no connection": adaptertest.Drop(),
		"a lost answer":   adaptertest.DropAfter(),
		"another program": adaptertest.Refuse(409, "Conflict: terminated by other getUpdates request"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
			for _, method := range []string{"getMe", "deleteWebhook", "getUpdates"} {
				fault := fault
				fault.Method, fault.Times = method, 1
				fake.Inject(fault)
			}
			fake.Chat(1).Say("hello")
			l := &ledger{}
			runPoll(t, newTelegram(t, fake, nil), l.ingest)
			eventually(t, func() bool { return len(l.texts("telegram:1")) == 1 && fake.Pending() == 0 })
		})
	}
}

func TestPollTakesTheWebhookOff(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, nil)
	if err := tg.SetWebhook(t.Context(), "http://127.0.0.1:1/hook", "0123456789abcdef"); err != nil {
		t.Fatal(err)
	}
	fake.Chat(1).Say("said before")
	l := &ledger{}
	runPoll(t, tg, l.ingest)
	eventually(t, func() bool { return len(l.texts("telegram:1")) == 1 })
}

func TestPollEndsWithoutAToken(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, func(o *telegram.Options) { o.Token = "81:wrong" })
	if err := tg.Poll(t.Context(), (&ledger{}).ingest); !errors.Is(err, telegram.ErrToken) {
		t.Errorf("at the start: %v", err)
	}
	revoked := adaptertest.Refuse(401, "Unauthorized")
	revoked.Method = "getUpdates"
	fake.Inject(revoked)
	if err := newTelegram(t, fake, nil).Poll(t.Context(), (&ledger{}).ingest); !errors.Is(err, telegram.ErrToken) {
		t.Errorf("later: %v", err)
	}
}

// TestTwoPollers: both go on, and each says that there is another.
func TestTwoPollers(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	l := &ledger{}
	a, b := newTelegram(t, fake, nil), newTelegram(t, fake, nil)
	runPoll(t, a, l.ingest)
	runPoll(t, b, l.ingest)
	eventually(t, func() bool { return a.Counts().Conflicts+b.Counts().Conflicts > 2 })
	fake.Chat(1).Say("hello")
	eventually(t, func() bool { return len(l.texts("telegram:1")) > 0 && fake.Pending() == 0 })
}

// TestManyChats: hundreds of people at once, each in order, presses acknowledged.
func TestManyChats(t *testing.T) {
	const people, said = 200, 5
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, nil)
	l := &ledger{}
	runPoll(t, tg, l.ingest)
	var wg sync.WaitGroup
	for id := range int64(people) {
		wg.Go(func() {
			chat := fake.Chat(id + 1)
			name := fmt.Sprint("telegram:", id+1)
			for i := range said {
				chat.Say(fmt.Sprint(i))
			}
			question := bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "Ready?", Prompt: "p", Buttons: []dialog.Button{{ID: "yes", Label: "Yes"}}}}
			if _, err := tg.Send(t.Context(), name, question); err != nil {
				t.Error(err)
			}
			if err := chat.Press("Yes"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	eventually(t, func() bool { return fake.Pending() == 0 })
	for id := range people {
		if got := strings.Join(l.texts(fmt.Sprint("telegram:", id+1)), ""); got != "01234" {
			t.Errorf("person %d: %q", id+1, got)
		}
	}
	if n := tg.Counts().Ingested; n != people*(said+1) {
		t.Errorf("%d ingested", n)
	}
}

func TestPressIsAcknowledged(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, nil)
	received := make(chan bot.Update, 1)
	runPoll(t, tg, func(_ context.Context, u bot.Update) error { received <- u; return nil })
	chat := fake.Chat(1)
	id := chat.Say("hello")
	receive(t, received)
	before := time.Now().Add(-time.Second)
	if err := chat.PressData(id, "forged"); err != nil {
		t.Fatal(err)
	}
	u := receive(t, received)
	if u.Input.Prompt != "?" || u.At.Before(before) {
		t.Errorf("update %+v", u)
	}
	eventually(t, func() bool { return fake.Spinning() == 0 })
}

func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("it never came to that")
}
