package slack_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
	"tandem/bot"
)

// answers takes modals in and answers as it is told.
type answers struct {
	mu    sync.Mutex
	reply slack.Reply
	err   error
	slow  time.Duration
	seen  []bot.Update
}

func (a *answers) modal(ctx context.Context, u bot.Update) (slack.Reply, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, u)
	if a.slow > 0 {
		<-ctx.Done()
	}
	return a.reply, a.err
}

func (a *answers) next(r slack.Reply, err error, slow time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reply, a.err, a.slow = r, err, slow
}

func (a *answers) took() []bot.Update {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]bot.Update(nil), a.seen...)
}

// TestReply: a modal says what is to be mended, shows another over itself, and closes, by either way; what carries on is
// carried, and nothing reaches the ingest for everything else.
func TestReply(t *testing.T) {
	for mode, run := range map[string]func(testing.TB, *adaptertest.Slack, *slack.Slack, slack.Ingest){"http": serveHTTP, "socket": runSocket} {
		t.Run(mode, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond})
			a := &answers{}
			sl := newSlack(t, fake, func(o *slack.Options) { o.Modal, o.StoreTimeout = a.modal, 50*time.Millisecond })
			l := &ledger{}
			run(t, fake, sl, l.ingest)
			id, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, modal())
			if err != nil {
				t.Fatal(err)
			}
			submit := func(id string, typed map[string]string) *adaptertest.SlackView {
				t.Helper()
				if err := fake.Submit(id, "U5", typed); err != nil {
					t.Fatal(err)
				}
				eventually(t, func() bool { return fake.Pending() == 0 })
				return fake.View(id)
			}
			why := map[string]string{"why": "to sleep"}
			a.next(slack.Reply{Errors: map[string]string{"why": "say more"}}, nil, 0)
			if v := submit(id, why); v.Closed || v.Errors["why"] != "say more" {
				t.Errorf("to be mended: %+v", v)
			}
			next := modal()
			next.PrivateMetadata, next.Title.Text = "a draft\nof two lines", "Like this?"
			a.next(slack.Reply{Push: &next}, nil, 0)
			submit(id, why)
			top := fake.Modal("")
			if top == nil || top.Title != "Like this?" {
				t.Fatalf("on the screen: %+v", top)
			}
			if top.Over != id || top.Metadata != dmOf5+"\na draft\nof two lines" {
				t.Errorf("the view over it: %+v", top)
			}
			a.next(slack.Reply{}, nil, 0)
			if v := submit(top.ID, why); !v.Closed || !fake.View(id).Closed {
				t.Errorf("closed: %+v", v)
			}
			seen := a.took()
			if s, ok := slack.SubmittedOf(seen[len(seen)-1]); len(seen) != 3 || !ok || s.Carried != "a draft\nof two lines" || s.View != top.ID || seen[2].At.IsZero() {
				t.Errorf("took in %+v", seen)
			}
			if l.count(dmOf5) != 0 {
				t.Errorf("a modal was ingested: %v", l.texts)
			}
		})
	}
}

// TestReplyFails: what is not stored, takes too long or cannot be shown is not acknowledged, and Slack tells the person.
func TestReplyFails(t *testing.T) {
	long, both := modal(), modal()
	long.PrivateMetadata = strings.Repeat("x", 3000)
	for name, c := range map[string]struct {
		reply slack.Reply
		err   error
		slow  time.Duration
	}{
		"the store is down":      {err: errors.New("down")},
		"it takes too long":      {slow: time.Second},
		"a view over the limits": {reply: slack.Reply{Push: &long}},
		"both":                   {reply: slack.Reply{Push: &both, Errors: map[string]string{"why": "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond})
			a := &answers{}
			sl := newSlack(t, fake, func(o *slack.Options) { o.Modal, o.StoreTimeout = a.modal, 50*time.Millisecond })
			serveHTTP(t, fake, sl, (&ledger{}).ingest)
			id, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, modal())
			if err != nil {
				t.Fatal(err)
			}
			a.next(c.reply, c.err, c.slow)
			if err := fake.Submit(id, "U5", map[string]string{"why": "to sleep"}); err != nil {
				t.Fatal(err)
			}
			eventually(t, func() bool { return sl.Counts().Failed > 0 })
			if fake.Pending() == 0 || fake.View(id).Closed {
				t.Error("it was acknowledged")
			}
			a.next(slack.Reply{}, nil, 0)
			eventually(t, func() bool { return fake.View(id).Closed })
		})
	}
}

// TestTriggers: a trigger that is past its time, or was used, is told apart from other trouble.
func TestTriggers(t *testing.T) {
	for word, want := range map[string]error{
		"expired_trigger_id": slack.ErrTriggerPast, "invalid_trigger_id": slack.ErrTriggerPast, "exchanged_trigger_id": slack.ErrTriggerUsed,
		"internal_error": nil,
	} {
		fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
		sl := newSlack(t, fake, nil)
		fake.Inject(adaptertest.SlackRefuse(word))
		_, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, modal())
		for _, known := range []error{slack.ErrTriggerPast, slack.ErrTriggerUsed} {
			if errors.Is(err, known) != errors.Is(want, known) {
				t.Errorf("%s: %v", word, err)
			}
		}
		sendError(t, err)
	}
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	for n, want := range []error{nil, slack.ErrTriggerUsed} {
		if _, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, modal()); !errors.Is(err, want) {
			t.Errorf("time %d: %v", n+1, err)
		}
	}
}
