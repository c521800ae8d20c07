package slack_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
)

// TestSocketReconnects: whatever becomes of the connections, nothing that was said is lost.
func TestSocketReconnects(t *testing.T) {
	for name, c := range map[string]func(*adaptertest.Slack){
		"refreshed":     func(f *adaptertest.Slack) { f.Refresh("refresh_requested", 50*time.Millisecond) },
		"warned":        func(f *adaptertest.Slack) { f.Refresh("warning", 50*time.Millisecond) },
		"turned off":    func(f *adaptertest.Slack) { f.Refresh("link_disabled", 0) },
		"dropped":       func(f *adaptertest.Slack) { f.DropSockets() },
		"given garbage": func(f *adaptertest.Slack) { f.PushFrame("secretword"); f.PushFrame(`{"type":"secretword"}`) },
		"unknown": func(f *adaptertest.Slack) {
			f.PushFrame(`{"type":"secretword","envelope_id":"1","payload":{"secretword":1}}`)
		},
		"refused awhile": func(f *adaptertest.Slack) {
			ft := adaptertest.SlackPage(502)
			ft.Method, ft.Times = "apps.connections.open", 2
			f.Inject(ft)
			f.DropSockets()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond, Timeout: 200 * time.Millisecond})
			log := &logBuffer{}
			sl := newSlack(t, fake, func(o *slack.Options) { o.Logger = slog.New(slog.NewJSONHandler(log, nil)) })
			l := &ledger{}
			if sl.Connected() {
				t.Error("connected before it begins")
			}
			runSocket(t, fake, sl, l.ingest)
			dm := fake.DM(1)
			for i := range 20 {
				dm.Say(fmt.Sprint("secretword ", i))
				if i == 10 {
					c(fake)
				}
			}
			eventually(t, func() bool { return fake.Pending() == 0 })
			if n := l.count("slack:T0TANDEM:D1"); n != 20 {
				t.Errorf("took in %d of 20", n)
			}
			eventually(t, sl.Connected)
			if text := log.String(); strings.Contains(text, "secretword") || strings.Contains(text, "ticket") || strings.Contains(text, fake.AppToken) {
				t.Errorf("the log tells too much: %s", text)
			}
		})
	}
}

// TestSocketModal: a modal's acknowledgement closes it.
func TestSocketModal(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	l := &ledger{}
	runSocket(t, fake, sl, l.ingest)
	id, err := sl.OpenView(t.Context(), "13.37.ab", "slack:T0TANDEM:D5", modal())
	if err != nil {
		t.Fatal(err)
	}
	if err := fake.Submit(id, "U5", map[string]string{"why": "to sleep"}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return fake.Pending() == 0 })
	if l.count("slack:T0TANDEM:D5") != 1 || fake.LastAnswer() != `{"response_action":"clear"}` {
		t.Errorf("took in %v, answered %q", l.texts, fake.LastAnswer())
	}
}

// TestSocketEnds: what trying again does not mend ends it.
func TestSocketEnds(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	for name, c := range map[string]struct {
		appToken string
		want     error
	}{
		"no token":      {appToken: ""},
		"a wrong token": {appToken: "xapp-wrong", want: slack.ErrToken},
	} {
		sl, err := slack.New(slack.Options{Token: fake.Token, AppToken: c.appToken, APIURL: fake.URL()})
		if err != nil {
			t.Fatal(err)
		}
		if err := sl.Socket(t.Context(), (&ledger{}).ingest); err == nil || (c.want != nil && !errors.Is(err, c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSocketElsewhere: only an address that Slack may name is connected to.
func TestSocketElsewhere(t *testing.T) {
	for _, address := range []string{"", "http://127.0.0.1:1", "file:///etc", "::"} {
		var asked sync.WaitGroup
		asked.Add(2) // it is tried again
		n := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if n++; n <= 2 {
				asked.Done()
			}
			fmt.Fprintf(w, `{"ok":true,"url":%q}`, address)
		}))
		sl, err := slack.New(slack.Options{Token: "xoxb-x", AppToken: "xapp-x", APIURL: server.URL, Retry: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- sl.Socket(ctx, (&ledger{}).ingest) }()
		asked.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("%q: %v", address, err)
		}
		server.Close()
	}
}

// logBuffer is a log that may be read while it is written.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
