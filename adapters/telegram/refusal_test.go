package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tandem/adapters/telegram"
	"tandem/bot"
	"tandem/dialog"
)

const secret = "81:the-secret-of-the-token"

// TestEveryStatus sends against every HTTP status, once in Telegram's own words and once as a proxy would answer.
func TestEveryStatus(t *testing.T) {
	spoken := map[int]bot.SendError{ // all else between 400 and 499 is a bad request, and all beyond is the server's
		400: {Code: "bad-request", Fate: bot.Never}, 401: {Code: "unauthorized"}, 403: {Code: "gone", Fate: bot.Gone},
		404: {Code: "not-found"}, 408: {Code: "server"}, 409: {Code: "conflict"},
		413: {Code: "too-long", Fate: bot.Never}, 420: {Code: "rate"}, 429: {Code: "rate"},
	}
	status, body := 0, ""
	send := sender(t, func(w http.ResponseWriter) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
	for status = 200; status <= 599; status++ {
		want, known := spoken[status]
		switch {
		case !known && status >= 400 && status < 500:
			want = bot.SendError{Code: "bad-request", Fate: bot.Never}
		case !known:
			want = bot.SendError{Code: "server"}
		}
		want.Status = status
		body = fmt.Sprintf(`{"ok":false,"error_code":%d,"description":"Something new"}`, status)
		if got := send(t); status != 204 && status != 304 && got != want { // those two have no body
			t.Errorf("Telegram says %d: %+v, want %+v", status, got, want)
		}
		body = "<html>nginx</html>"
		got := send(t)
		if got.Fate != bot.Later || got.Status != status {
			t.Errorf("a proxy says %d: %+v, want Later", status, got)
		}
	}
}

// TestRefusals reads what Telegram is known to say: https://github.com/TelegramBotAPI/errors
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		answer string
		want   bot.SendError
	}{
		{`{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`, bot.SendError{Code: "blocked", Status: 403, Fate: bot.Gone}},
		{`{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}`, bot.SendError{Code: "gone", Status: 403, Fate: bot.Gone}},
		{`{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}`, bot.SendError{Code: "gone", Status: 403, Fate: bot.Gone}},
		{`{"ok":false,"error_code":403,"description":"Forbidden: bot can't initiate conversation with a user"}`, bot.SendError{Code: "gone", Status: 403, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`, bot.SendError{Code: "gone", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: PEER_ID_INVALID"}`, bot.SendError{Code: "gone", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: group chat was deactivated"}`, bot.SendError{Code: "gone", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1002}}`, bot.SendError{Code: "migrated", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: have no rights to send a message"}`, bot.SendError{Code: "muted", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: not enough rights to send text messages to the chat"}`, bot.SendError{Code: "muted", Status: 400, Fate: bot.Gone}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}`, bot.SendError{Code: "too-long", Status: 400, Fate: bot.Never}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: BUTTON_DATA_INVALID"}`, bot.SendError{Code: "button-data", Status: 400, Fate: bot.Never}},
		{`{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag \"secretword\""}`, bot.SendError{Code: "bad-request", Status: 400, Fate: bot.Never}},
		{`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`, bot.SendError{Code: "rate", Status: 429, After: 35 * time.Second}},
		{`{"ok":false,"description":"no code at all"}`, bot.SendError{Code: "server", Status: 200}},
		{`{"ok":fal`, bot.SendError{Code: "server", Status: 200}},
		{``, bot.SendError{Code: "server", Status: 200}},
		{`null`, bot.SendError{Code: "server", Status: 200}},
		{`[]`, bot.SendError{Code: "server", Status: 200}},
	} {
		send := sender(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte(c.answer)) })
		if got := send(t); got != c.want {
			t.Errorf("%s\ngot  %+v\nwant %+v", c.answer, got, c.want)
		}
	}
}

// TestTaken: an ok whose result cannot be read is a message that the person has. Sending again would say it twice.
func TestTaken(t *testing.T) {
	send := sender(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"ok":true,"result":"done"}`)) })
	if got := send(t); got != (bot.SendError{}) {
		t.Errorf("got %+v, want none", got)
	}
}

func TestRetryAfterHeader(t *testing.T) {
	send := sender(t, func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	want := bot.SendError{Code: "server", Status: 503, After: 7 * time.Second}
	if got := send(t); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestRedirect: a redirect would carry the token elsewhere, so none is followed.
func TestRedirect(t *testing.T) {
	followed := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed = true }))
	defer elsewhere.Close()
	send := sender(t, func(w http.ResponseWriter) {
		w.Header().Set("Location", elsewhere.URL)
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	if got := send(t); got.Fate != bot.Later || followed {
		t.Errorf("got %+v, followed: %v", got, followed)
	}
}

// TestTimeout: a call ends before the lease does, whatever the server does.
func TestTimeout(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	tg, err := telegram.New(telegram.Options{Token: secret, APIURL: server.URL, CallTimeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = tg.Send(t.Context(), "telegram:1", bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "hello"}})
	var se *bot.SendError
	if !errors.As(err, &se) || se.Code != "network" || se.Fate != bot.Later {
		t.Errorf("got %v", err)
	}
}

// TestTokenStaysSecret: no error that a person or a log could see holds the token.
func TestTokenStaysSecret(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	tg, err := telegram.New(telegram.Options{Token: secret, APIURL: closed.URL, Retry: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, checkErr := tg.Check(t.Context())
	_, sendErr := tg.Send(t.Context(), "telegram:1", bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "hello"}})
	hookErr := tg.SetWebhook(t.Context(), "https://example.org/hook", "0123456789abcdef")
	for _, err := range []error{checkErr, sendErr, hookErr, tg.Typing(t.Context(), "telegram:1")} {
		if err == nil || strings.Contains(err.Error(), "the-secret") {
			t.Errorf("got %v", err)
		}
	}
}

// sender makes a function that sends one message to a server and returns how it failed; the zero SendError: it did not.
func sender(t *testing.T, answer func(http.ResponseWriter)) func(*testing.T) bot.SendError {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
	t.Cleanup(server.Close)
	tg, err := telegram.New(telegram.Options{Token: secret, APIURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) bot.SendError {
		t.Helper()
		_, err := tg.Send(context.Background(), "telegram:1", bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "secretword"}})
		if err == nil {
			return bot.SendError{}
		}
		var se *bot.SendError
		if !errors.As(err, &se) {
			t.Fatalf("no SendError: %v", err)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells too much: %v", err)
		}
		return *se
	}
}
