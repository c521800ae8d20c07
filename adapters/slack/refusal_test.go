package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tandem/adapters/slack"
	"tandem/bot"
	"tandem/dialog"
)

// TestRefusalByStatus: every status, once with Slack's word for it and once with a proxy's page.
func TestRefusalByStatus(t *testing.T) {
	status, body := 0, ""
	send := sender(t, func(w http.ResponseWriter) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) })
	for status = 200; status < 600; status++ {
		if status == 204 || status == 304 {
			continue // they have no body
		}
		body = `{"ok":false,"error":"something_new"}`
		want := bot.SendError{Code: "bad-request", Status: status, Fate: bot.Never}
		switch {
		case status == 429:
			want = bot.SendError{Code: "rate", Status: status}
		case status >= 500, status == 408:
			want = bot.SendError{Code: "server", Status: status}
		}
		if got := send(t); got != want {
			t.Errorf("Slack says %d: %+v, want %+v", status, got, want)
		}
		body = "<html>nginx</html>"
		if got := send(t); got.Fate != bot.Later || got.Status != status {
			t.Errorf("a proxy says %d: %+v, want Later", status, got)
		}
	}
}

// TestRefusals reads what the pages of the methods list.
func TestRefusals(t *testing.T) {
	for code, c := range map[string]struct {
		fate  bot.Fate
		words string
	}{
		"rate":         {bot.Later, "ratelimited rate_limited message_limit_exceeded"},
		"unauthorized": {bot.Later, "invalid_auth not_authed token_revoked token_expired account_inactive missing_scope not_allowed_token_type no_permission ekm_access_denied org_login_required team_access_not_granted"},
		"gone":         {bot.Gone, "channel_not_found is_archived user_not_found user_disabled cannot_dm_bot"},
		"blocked":      {bot.Gone, "not_in_channel"},
		"muted":        {bot.Gone, "restricted_action restricted_action_read_only_channel slack_connect_file_upload_sharing_blocked"},
		"edit-gone":    {bot.Never, "message_not_found cant_update_message edit_window_closed"},
		"empty":        {bot.Never, "no_text"},
		"too-long":     {bot.Never, "msg_too_long msg_blocks_too_long view_too_large"},
		"bad-request":  {bot.Never, "invalid_blocks invalid_arguments something_new"},
		"server":       {bot.Later, "internal_error fatal_error service_unavailable request_timeout"},
		"not-found":    {bot.Later, "unknown_method"},
	} {
		for _, word := range strings.Fields(c.words) {
			send := sender(t, func(w http.ResponseWriter) { fmt.Fprintf(w, `{"ok":false,"error":%q}`, word) })
			want := bot.SendError{Code: code, Status: 200, Fate: c.fate}
			if got := send(t); got != want {
				t.Errorf("%s: %+v, want %+v", word, got, want)
			}
		}
	}
}

func TestOddAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		header, answer string
		status         int
		want           bot.SendError
	}{
		"rate limit":      {"30", `{"ok":false,"error":"ratelimited"}`, 429, bot.SendError{Code: "rate", Status: 429, After: 30 * time.Second}},
		"bare rate limit": {"30", ``, 429, bot.SendError{Code: "rate", Status: 429, After: 30 * time.Second}},
		"endless":         {"99999999", ``, 429, bot.SendError{Code: "rate", Status: 429}},
		"a date":          {"Sat, 01 Mar 2026 10:00:00 GMT", ``, 503, bot.SendError{Code: "server", Status: 503}},
		"asks to wait":    {"7", ``, 503, bot.SendError{Code: "server", Status: 503, After: 7 * time.Second}},
		"nothing":         {"", ``, 200, bot.SendError{Code: "server", Status: 200}},
		"half":            {"", `{"ok":tr`, 200, bot.SendError{Code: "server", Status: 200}},
		"null":            {"", `null`, 200, bot.SendError{Code: "server", Status: 200}},
		"an array":        {"", `[]`, 200, bot.SendError{Code: "server", Status: 200}},
		"no ok":           {"", `{"ts":"1.000000"}`, 200, bot.SendError{Code: "server", Status: 200}},
		"a quotation":     {"", `{"ok":false,"error":"bad text: secretword"}`, 200, bot.SendError{Code: "bad-request", Status: 200, Fate: bot.Never}},
		// An ok whose result cannot be read is a message that the person has: sending again would say it twice.
		"taken": {"", `{"ok":true,"ts":["secretword"]}`, 200, bot.SendError{}},
	} {
		send := sender(t, func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", c.header)
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.answer))
		})
		if got := send(t); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
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
	sl, err := slack.New(slack.Options{Token: token, APIURL: server.URL, CallTimeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = sl.Send(t.Context(), "slack:T1:D1", said("hello"))
	var se *bot.SendError
	if !errors.As(err, &se) || se.Code != "network" || se.Fate != bot.Later {
		t.Errorf("got %v", err)
	}
}

// TestTokensStaySecret: no error that a person or a log could see holds a token.
func TestTokensStaySecret(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	sl, err := slack.New(slack.Options{Token: token, AppToken: "xapp-the-secret", APIURL: closed.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, checkErr := sl.Check(t.Context())
	_, sendErr := sl.Send(t.Context(), "slack:T1:D1", said("hello"))
	_, userErr := sl.UserInfo(t.Context(), "U1")
	for _, err := range []error{checkErr, sendErr, userErr} {
		if err == nil || strings.Contains(err.Error(), "the-secret") {
			t.Errorf("got %v", err)
		}
	}
}

func TestSettings(t *testing.T) {
	for name, o := range map[string]slack.Options{
		"no token":           {},
		"a person's token":   {Token: "xoxp-1"},
		"a token in lines":   {Token: "xoxb-1\n"},
		"a bot's as the app": {Token: "xoxb-1", AppToken: "xoxb-1"},
		"no address":         {Token: "xoxb-1", APIURL: "slack.com"},
		"another scheme":     {Token: "xoxb-1", APIURL: "ftp://127.0.0.1"},
	} {
		if _, err := slack.New(o); err == nil || !strings.Contains(err.Error(), "SLACK_") || strings.Contains(err.Error(), "xox"+"b-1") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCheck: a token that Slack does not take is told from a Slack that is not there.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		token  bool
	}{
		"a wrong token":    {`{"ok":false,"error":"invalid_auth"}`, true},
		"a closed account": {`{"ok":false,"error":"account_inactive"}`, true},
		"trouble":          {`{"ok":false,"error":"internal_error"}`, false},
		"another service":  {`{"ok":true}`, false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(c.answer)) }))
		sl, err := slack.New(slack.Options{Token: token, APIURL: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sl.Check(t.Context()); err == nil || errors.Is(err, slack.ErrToken) != c.token {
			t.Errorf("%s: %v", name, err)
		}
		server.Close()
	}
}

const token = "xoxb-the-secret"

func said(text string) bot.Outgoing {
	return bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: text}}
}

// sender makes a function that sends one message to a server and returns how it failed; the zero SendError: it did not.
func sender(t *testing.T, answer func(http.ResponseWriter)) func(*testing.T) bot.SendError {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
	t.Cleanup(server.Close)
	sl, err := slack.New(slack.Options{Token: token, APIURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) bot.SendError {
		t.Helper()
		_, err := sl.Send(context.Background(), "slack:T1:D1", said("secretword"))
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
