package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/telegram"
	"tandem/bot"
)

const hookSecret = "a-secret-of-the-webhook"

func TestWebhookAnswers(t *testing.T) {
	hello := `{"update_id":7,"message":{"message_id":1,"date":1,"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"hello"}}`
	for name, c := range map[string]struct {
		method, secret, body string
		broken               bool // the store fails
		want, ingested       int
	}{
		"an update":            {secret: hookSecret, body: hello, want: 200, ingested: 1},
		"no secret":            {body: hello, want: 401},
		"a wrong secret":       {secret: hookSecret + "x", body: hello, want: 401},
		"a shorter secret":     {secret: hookSecret[:5], body: hello, want: 401},
		"a GET":                {method: "GET", secret: hookSecret, want: 405},
		"the store is down":    {secret: hookSecret, body: hello, broken: true, want: 503},
		"no update":            {secret: hookSecret, body: `{"hello":"world"}`, want: 200},
		"not JSON":             {secret: hookSecret, body: `hello`, want: 200},
		"an empty body":        {secret: hookSecret, want: 200},
		"not for us":           {secret: hookSecret, body: `{"update_id":8,"channel_post":{}}`, want: 200},
		"a body over a MiB":    {secret: hookSecret, body: hello + strings.Repeat(" ", 1<<20), want: 200},
		"a body of just a MiB": {secret: hookSecret, body: hello + strings.Repeat(" ", 1<<20-len(hello)), want: 200, ingested: 1},
	} {
		t.Run(name, func(t *testing.T) {
			tg, _ := telegram.New(telegram.Options{Token: secret})
			ingested := 0
			h := tg.Webhook(hookSecret, func(_ context.Context, u bot.Update) error {
				if c.broken {
					return errors.New("down")
				}
				ingested++
				if u.Delivery != "telegram:81:update:7" {
					t.Errorf("delivery %q", u.Delivery)
				}
				return nil
			})
			req := httptest.NewRequest(orPost(c.method), "/", strings.NewReader(c.body))
			if c.secret != "" {
				req.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			if rec.Code != c.want || ingested != c.ingested || rec.Body.Len() > 0 {
				t.Errorf("status %d, %d ingested, body %q", rec.Code, ingested, rec.Body)
			}
			if (rec.Header().Get("Retry-After") != "") != c.broken {
				t.Errorf("Retry-After %q", rec.Header().Get("Retry-After"))
			}
		})
	}
}

// TestWebhookWithoutSecret: a secret that somebody forgot to set must not open the door.
func TestWebhookWithoutSecret(t *testing.T) {
	tg, _ := telegram.New(telegram.Options{Token: secret})
	h := tg.Webhook("", func(context.Context, bot.Update) error { t.Error("ingested"); return nil })
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("POST", "/", strings.NewReader(`{}`)))
	if rec.Code != 401 {
		t.Errorf("status %d", rec.Code)
	}
}

// TestWebhookBrokenOff: half a body is not the whole truth, so Telegram is to send it again.
func TestWebhookBrokenOff(t *testing.T) {
	tg, _ := telegram.New(telegram.Options{Token: secret})
	server := httptest.NewServer(tg.Webhook(hookSecret, func(context.Context, bot.Update) error { t.Error("ingested"); return nil }))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: 100\r\n\r\n{\"update_id\":1}", hookSecret)
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	if !strings.HasPrefix(string(answer), "HTTP/1.1 400") {
		t.Errorf("answered %q", answer)
	}
}

// TestWebhookRedelivery: while the store is down nothing is acknowledged, and nothing is lost or out of order.
func TestWebhookRedelivery(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, nil)
	var mu sync.Mutex
	tries := 0
	l := &ledger{fail: func(bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries <= 8 {
			return errors.New("down")
		}
		return nil
	}}
	serveWebhook(t, tg, l.ingest)
	chat := fake.Chat(1)
	for i := range 6 {
		chat.Say(fmt.Sprint(i))
	}
	eventually(t, func() bool { return fake.Pending() == 0 })
	if got := strings.Join(l.texts("telegram:1"), ""); got != "012345" {
		t.Errorf("took in %q", got)
	}
}

// arrivals is a bot.Sequencer that holds everything a while.
type arrivals struct {
	mu   sync.Mutex
	seen []int64
	err  error
}

func (a *arrivals) Arrived(_ context.Context, name string, seq int64, _ time.Time) (time.Duration, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, seq)
	if name != "telegram:81" {
		return 0, errors.New(name)
	}
	return time.Second, a.err
}

// TestWebhookOrder: every update id is noted, also of updates that are nothing for Tandem, or the next ones would wait
// for it; and where that fails, nothing is acknowledged.
func TestWebhookOrder(t *testing.T) {
	order := &arrivals{}
	tg, err := telegram.New(telegram.Options{Token: secret, Sequencer: order})
	if err != nil {
		t.Fatal(err)
	}
	var holds []time.Duration
	h := tg.Webhook(hookSecret, func(_ context.Context, u bot.Update) error { holds = append(holds, u.Hold); return nil })
	post := func(body string) int {
		req := httptest.NewRequest("POST", "/", strings.NewReader(body))
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hookSecret)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		return rec.Code
	}
	hello := `{"update_id":9,"message":{"message_id":1,"date":1,"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"hello"}}`
	for _, body := range []string{`{"update_id":7,"channel_post":{}}`, `{"update_id":8,"message":7}`, hello} {
		if code := post(body); code != 200 {
			t.Errorf("status %d", code)
		}
	}
	if !slices.Equal(order.seen, []int64{7, 8, 9}) || !slices.Equal(holds, []time.Duration{time.Second}) {
		t.Errorf("arrived %v, held %v", order.seen, holds)
	}
	order.err = errors.New("down")
	if code := post(hello); code != 503 || len(holds) != 1 {
		t.Errorf("status %d, %d ingested", code, len(holds))
	}
}

// serveWebhook serves an adapter's webhook on loopback and tells the platform its address.
func serveWebhook(t *testing.T, tg *telegram.Telegram, ingest telegram.Ingest) {
	t.Helper()
	server := httptest.NewServer(tg.Webhook(hookSecret, ingest))
	t.Cleanup(server.Close)
	if err := tg.SetWebhook(t.Context(), server.URL, hookSecret); err != nil {
		t.Fatal(err)
	}
}

func orPost(method string) string {
	if method == "" {
		return http.MethodPost
	}
	return method
}
