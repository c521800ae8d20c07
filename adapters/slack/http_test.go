package slack_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
	"tandem/bot"
)

// now is the clock of the tests of signatures.
func now() time.Time { return time.Unix(1760000000, 0) }

const hello = `{"type":"event_callback","team_id":"T1","event_id":"Ev7","event":{"type":"message","channel_type":"im",
	"channel":"D5","user":"U5","text":"hello","ts":"1760000000.000100"}}`

// request is a signed request, whose signature may be spoilt.
func request(t *testing.T, body, form string, age time.Duration, spoil func(*http.Request)) *http.Request {
	t.Helper()
	kind := "events_api"
	if form != "" {
		kind = "interactive"
	}
	fake := &adaptertest.Slack{SigningSecret: "s3cret"}
	req, err := fake.Request(t.Context(), "http://127.0.0.1/slack", kind, form, []byte(body), now().Add(-age))
	if err != nil {
		t.Fatal(err)
	}
	if spoil != nil {
		spoil(req)
	}
	return req
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func TestWebhookAnswers(t *testing.T) {
	modal := string(readFile(t, "testdata/updates/interactive-modal.json"))
	for name, c := range map[string]struct {
		body, form string
		age        time.Duration
		spoil      func(*http.Request)
		broken     bool // the store fails
		want       int
		says       string
		ingested   int
	}{
		"an event":                 {body: hello, want: 200, ingested: 1},
		"just young enough":        {body: hello, age: 5 * time.Minute, want: 200, ingested: 1},
		"too old":                  {body: hello, age: 5*time.Minute + time.Second, want: 401},
		"just not ahead":           {body: hello, age: -5 * time.Minute, want: 200, ingested: 1},
		"too far ahead":            {body: hello, age: -5*time.Minute - time.Second, want: 401},
		"no signature":             {body: hello, spoil: header("X-Slack-Signature", ""), want: 401},
		"a wrong signature":        {body: hello, spoil: header("X-Slack-Signature", "v0="+strings.Repeat("0", 64)), want: 401},
		"another version":          {body: hello, spoil: header("X-Slack-Signature", "v1=0"), want: 401},
		"another time":             {body: hello, spoil: header("X-Slack-Request-Timestamp", "1760000001"), want: 401},
		"a time of words":          {body: hello, spoil: header("X-Slack-Request-Timestamp", "soon"), want: 401},
		"another body":             {body: hello, spoil: func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(hello + " ")) }, want: 401},
		"a retry":                  {body: hello, spoil: header("X-Slack-Retry-Num", "2"), want: 200, ingested: 1},
		"a GET":                    {body: hello, spoil: func(r *http.Request) { r.Method = http.MethodGet }, want: 405},
		"the store is down":        {body: hello, broken: true, want: 503},
		"the challenge":            {body: `{"type":"url_verification","challenge":"3eZb<b>"}`, want: 200, says: "3eZb<b>"},
		"nothing for us":           {body: `{"type":"event_callback","event_id":"Ev1","event":{"type":"team_join"}}`, want: 200},
		"not JSON":                 {body: "secretword", want: 200},
		"an empty body":            {body: "", want: 200},
		"a body over a MiB":        {body: hello + strings.Repeat(" ", 1<<20), want: 413},
		"a body of just a MiB":     {body: hello + strings.Repeat(" ", 1<<20-len(hello)), want: 200, ingested: 1},
		"a modal":                  {body: modal, form: "payload", want: 200, says: `{"response_action":"clear"}` + "\n", ingested: 1},
		"a modal, and no store":    {body: modal, form: "payload", broken: true, want: 503},
		"a form that says nothing": {body: "x", form: "nothing", want: 200},
	} {
		t.Run(name, func(t *testing.T) {
			sl, err := slack.New(slack.Options{Token: "xoxb-x", Now: now})
			if err != nil {
				t.Fatal(err)
			}
			ingested := 0
			h := sl.Webhook("s3cret", func(context.Context, bot.Update) error {
				if c.broken {
					return errors.New("down")
				}
				ingested++
				return nil
			})
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, request(t, c.body, c.form, c.age, c.spoil))
			if rec.Code != c.want || ingested != c.ingested || rec.Body.String() != c.says {
				t.Errorf("status %d, %d ingested, says %q", rec.Code, ingested, rec.Body)
			}
			if (rec.Header().Get("Retry-After") != "") != c.broken {
				t.Errorf("Retry-After %q", rec.Header().Get("Retry-After"))
			}
		})
	}
}

// TestWebhookWithoutSecret: a secret that somebody forgot to set must not open the door.
func TestWebhookWithoutSecret(t *testing.T) {
	sl, err := slack.New(slack.Options{Token: "xoxb-x", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	fake := &adaptertest.Slack{SigningSecret: ""}
	req, err := fake.Request(t.Context(), "http://127.0.0.1/slack", "events_api", "", []byte(hello), now())
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	sl.Webhook("", func(context.Context, bot.Update) error { t.Error("ingested"); return nil }).ServeHTTP(rec, req)
	if rec.Code != 401 {
		t.Errorf("status %d", rec.Code)
	}
}

// TestWebhookForms: commands and presses come as forms.
func TestWebhookForms(t *testing.T) {
	sl, err := slack.New(slack.Options{Token: "xoxb-x", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	var got []bot.Update
	h := sl.Webhook("s3cret", func(_ context.Context, u bot.Update) error { got = append(got, u); return nil })
	press := string(readFile(t, "testdata/updates/interactive-press.json"))
	h.ServeHTTP(httptest.NewRecorder(), request(t, press, "payload", 0, nil))
	fake := &adaptertest.Slack{SigningSecret: "s3cret"}
	command := readFile(t, "testdata/updates/slash_commands-tandem.json")
	req, err := fake.Request(t.Context(), "http://127.0.0.1/slack", "slash_commands", "", command, now())
	if err != nil {
		t.Fatal(err)
	}
	h.ServeHTTP(httptest.NewRecorder(), req)
	if len(got) != 2 || got[0].Input.Choice != "yes" || got[1].Event != slack.Commanded {
		t.Fatalf("got %+v", got)
	}
	if !got[1].At.Equal(now()) {
		t.Errorf("a command came at %v", got[1].At)
	}
}

// TestWebhookSlowStore: Slack is answered in time, however long storing takes, and the delivery counts as not stored.
func TestWebhookSlowStore(t *testing.T) {
	sl, err := slack.New(slack.Options{Token: "xoxb-x", Now: now, StoreTimeout: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	defer close(release)
	rec := httptest.NewRecorder()
	h := sl.Webhook("s3cret", func(context.Context, bot.Update) error { <-release; return nil })
	h.ServeHTTP(rec, request(t, hello, "", 0, nil))
	if rec.Code != 503 || sl.Counts() != (slack.Counts{Failed: 1}) {
		t.Errorf("status %d, counts %+v", rec.Code, sl.Counts())
	}
}

// TestWebhookBrokenOff: half a body cannot be checked, so Slack is to send it again.
func TestWebhookBrokenOff(t *testing.T) {
	sl, err := slack.New(slack.Options{Token: "xoxb-x"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sl.Webhook("s3cret", func(context.Context, bot.Update) error { t.Error("ingested"); return nil }))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}")
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(conn); !strings.HasPrefix(string(answer), "HTTP/1.1 400") {
		t.Errorf("answered %q", answer)
	}
}

// ledger takes updates in once each, as the store does, and fails as it is told.
type ledger struct {
	mu    sync.Mutex
	fails int // how often still
	seen  map[string]int
	texts map[string][]string
}

func (l *ledger) ingest(_ context.Context, u bot.Update) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fails > 0 {
		l.fails--
		return errors.New("down")
	}
	if l.seen == nil {
		l.seen, l.texts = map[string]int{}, map[string][]string{}
	}
	if l.seen[u.Delivery]++; l.seen[u.Delivery] == 1 {
		l.texts[u.Conversation] = append(l.texts[u.Conversation], u.Input.Text)
	}
	return nil
}

func (l *ledger) count(conversation string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.texts[conversation])
}

// TestRedelivery: while the store is down nothing is acknowledged, and nothing is lost, whichever way it comes.
func TestRedelivery(t *testing.T) {
	for mode, run := range map[string]func(testing.TB, *adaptertest.Slack, *slack.Slack, slack.Ingest){"http": serveHTTP, "socket": runSocket} {
		t.Run(mode, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond, Timeout: 50 * time.Millisecond, Unordered: true})
			sl := newSlack(t, fake, nil)
			l := &ledger{fails: 8}
			run(t, fake, sl, l.ingest)
			dm := fake.DM(1)
			for i := range 6 {
				dm.Say(fmt.Sprint(i))
			}
			eventually(t, func() bool { return fake.Pending() == 0 })
			if l.count("slack:T0TANDEM:D1") != 6 || sl.Counts().Failed != 8 {
				t.Errorf("took in %v, counts %+v", l.texts, sl.Counts())
			}
		})
	}
}

// TestSameDelivery: what is delivered again has the same delivery id, and what is done again has another.
func TestSameDelivery(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond})
	sl := newSlack(t, fake, nil)
	var mu sync.Mutex
	ids := map[string]int{}
	serveHTTP(t, fake, sl, func(_ context.Context, u bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if ids[u.Delivery]++; ids[u.Delivery] < 3 {
			return errors.New("down")
		}
		return nil
	})
	dm := fake.DM(1)
	ref, err := sl.Send(t.Context(), "slack:T0TANDEM:D1", choices(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := dm.PressValue(ref, "1which.1:c-0"); err != nil {
			t.Fatal(err)
		}
	}
	dm.Say("hello")
	dm.Command("/tandem", "help")
	dm.Command("/tandem", "help")
	dm.OpenHome()
	eventually(t, func() bool { return fake.Pending() == 0 })
	mu.Lock()
	defer mu.Unlock()
	if len(ids) != 6 {
		t.Errorf("%d deliveries, want 6: %v", len(ids), ids)
	}
	for id, n := range ids {
		if n != 3 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}

// TestSlashCheck: the form by which Slack checks an address is nothing, and no reason to refuse.
func TestSlashCheck(t *testing.T) {
	sl, err := slack.New(slack.Options{Token: "xoxb-x", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	h := sl.Webhook("s3cret", func(context.Context, bot.Update) error { t.Error("ingested"); return nil })
	h.ServeHTTP(rec, request(t, url.Values{}.Encode(), "ssl_check", 0, nil))
	if rec.Code != 200 {
		t.Errorf("status %d", rec.Code)
	}
}
