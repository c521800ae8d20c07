package adaptertest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	slackapi "github.com/slack-go/slack"

	"tandem/adapters/adaptertest"
)

// slackClient is the library's client on a fake: it knows Slack, and nothing of ours.
func slackClient(f *adaptertest.Slack, token string) *slackapi.Client {
	return slackapi.New(token, slackapi.OptionAPIURL(f.URL()+"/"), slackapi.OptionAppLevelToken(f.AppToken))
}

func TestSlackLibraryClient(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	api := slackClient(fake, fake.Token)
	if me, err := api.AuthTest(); err != nil || me.TeamID != fake.Team() || me.UserID != fake.User() {
		t.Fatalf("%+v %v", me, err)
	}
	dm := fake.DM(5)
	_, ts, err := api.PostMessage("D5", slackapi.MsgOptionText("*bold* <!channel> <@U5|sam> &lt;b&gt;", false))
	if err != nil {
		t.Fatal(err)
	}
	if got := dm.FromBot(); len(got) != 1 || got[0].Text != "bold @channel [rings] @U5 [rings] <b>" {
		t.Errorf("seen %+v", got)
	}
	if _, _, _, err := api.UpdateMessage("D5", ts, slackapi.MsgOptionText("later", false)); err != nil {
		t.Error(err)
	}
	if got := dm.FromBot(); len(got) != 1 || got[0].Text != "later" || len(got[0].Was) != 1 {
		t.Errorf("seen %+v", got)
	}
	history, err := api.GetConversationHistory(&slackapi.GetConversationHistoryParameters{ChannelID: "D5", Latest: ts, Oldest: ts, Inclusive: true})
	if err != nil || len(history.Messages) != 1 || history.Messages[0].Text != "later" {
		t.Errorf("%+v %v", history, err)
	}
	if u, err := api.GetUserInfo("U5"); err != nil || u.TZ != "Europe/Madrid" {
		t.Errorf("%+v %v", u, err)
	}
	if c, _, _, err := api.OpenConversation(&slackapi.OpenConversationParameters{Users: []string{"U6"}}); err != nil || c.ID != "D6" {
		t.Errorf("%+v %v", c, err)
	}
}

// TestSlackRefuses: the fake says no in Slack's words.
func TestSlackRefuses(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	fake.DM(5)
	archived := fake.Channel(1, 5)
	archived.Lose("is_archived")
	post := func(channel string, o ...slackapi.MsgOption) error {
		_, _, err := slackClient(fake, fake.Token).PostMessage(channel, o...)
		return err
	}
	button := func(label, value string) slackapi.MsgOption {
		return slackapi.MsgOptionBlocks(slackapi.NewActionBlock("", slackapi.NewButtonBlockElement("a", value, slackapi.NewTextBlockObject("plain_text", label, false, false))))
	}
	long := slackapi.NewTextBlockObject("mrkdwn", strings.Repeat("x", 3001), false, false)
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"no such channel": {post("C9", slackapi.MsgOptionText("x", false)), "channel_not_found"},
		"archived":        {post("C1", slackapi.MsgOptionText("x", false)), "is_archived"},
		"no text":         {post("D5", slackapi.MsgOptionText("", false)), "no_text"},
		"too long":        {post("D5", slackapi.MsgOptionText(strings.Repeat("x", 40_001), false)), "msg_too_long"},
		"a long section":  {post("D5", slackapi.MsgOptionBlocks(slackapi.NewSectionBlock(long, nil, nil))), "invalid_blocks"},
		"a long label":    {post("D5", button(strings.Repeat("x", 76), "v")), "invalid_blocks"},
		"a long value":    {post("D5", button("x", strings.Repeat("v", 2001))), "invalid_blocks"},
		"no label":        {post("D5", button("", "v")), "invalid_blocks"},
		"a lost thread":   {post("D5", slackapi.MsgOptionText("x", false), slackapi.MsgOptionTS("1.000001")), "thread_not_found"},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
	for token, want := range map[string]string{"xoxb-wrong": "invalid_auth", fake.AppToken: "not_allowed_token_type"} {
		if _, err := slackClient(fake, token).AuthTest(); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", token, err, want)
		}
	}
	fake.RevokeTokens()
	if err := post("D5", slackapi.MsgOptionText("x", false)); err == nil || err.Error() != "token_revoked" {
		t.Errorf("revoked: %v", err)
	}
	fake.Heal()
	if err := post("D5", slackapi.MsgOptionText("x", false)); err != nil {
		t.Errorf("healed: %v", err)
	}
}

func TestSlackFaults(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	dm := fake.DM(5)
	for name, c := range map[string]struct {
		fault adaptertest.SlackFault
		seen  int
		ok    func(error) bool
	}{
		"rate limit": {adaptertest.SlackTooMany(9), 0, func(err error) bool {
			var limited *slackapi.RateLimitedError
			return errors.As(err, &limited) && limited.RetryAfter == 9*time.Second
		}},
		"page":     {adaptertest.SlackPage(502), 0, func(err error) bool { return err != nil }},
		"drop":     {adaptertest.SlackDrop(), 0, func(err error) bool { return err != nil }},
		"lost":     {adaptertest.SlackDropAfter(), 1, func(err error) bool { return err != nil }},
		"slow":     {adaptertest.SlackSlow(time.Millisecond), 1, func(err error) bool { return err == nil }},
		"archived": {adaptertest.SlackRefuse("is_archived"), 0, func(err error) bool { return err != nil && err.Error() == "is_archived" }},
	} {
		before := len(dm.Messages())
		c.fault.Times = 1
		fake.Inject(c.fault)
		_, _, err := slackClient(fake, fake.Token).PostMessage("D5", slackapi.MsgOptionText("x", false))
		if got := len(dm.Messages()) - before; !c.ok(err) || got != c.seen {
			t.Errorf("%s: %v, %d seen", name, err, got)
		}
	}
	if calls := fake.Calls(); len(calls) != 6 {
		t.Errorf("%d calls", len(calls))
	}
}

// TestSlackSigns: the library takes the fake's signatures, and each delivery comes until it was taken.
func TestSlackSigns(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond})
	var mu sync.Mutex
	tries := map[string][]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		verifier, err := slackapi.NewSecretsVerifier(r.Header, fake.SigningSecret)
		body, readErr := io.ReadAll(r.Body)
		_, _ = verifier.Write(body)
		if err != nil || readErr != nil || verifier.Ensure() != nil {
			t.Errorf("%v %v %v", err, readErr, verifier.Ensure())
		}
		mu.Lock()
		defer mu.Unlock()
		kind := r.Header.Get("Content-Type")
		tries[kind] = append(tries[kind], r.Header.Get("X-Slack-Retry-Num"))
		if len(tries[kind]) < 4 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer server.Close()
	fake.Deliver(server.URL)
	dm := fake.DM(5)
	dm.Say("hello")
	dm.Command("/tandem", "help")
	waitFor(t, func() bool { return fake.Pending() == 0 })
	mu.Lock()
	defer mu.Unlock()
	for kind, nums := range tries {
		if strings.Join(nums, ",") != ",1,2,3" {
			t.Errorf("%s: retries %q", kind, nums)
		}
	}
	if len(tries) != 2 {
		t.Errorf("kinds %v", tries)
	}
}

// TestSlackSocket: hello, an envelope until it is acknowledged, also over another connection, and a ticket only once.
func TestSlackSocket(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond, Timeout: 20 * time.Millisecond})
	first, address := dialSlack(t, fake)
	if status := dialStatus(t, address); status != http.StatusForbidden {
		t.Errorf("a ticket used twice: status %d", status)
	}
	expectFrame(t, first, "hello")
	fake.DM(5).Say("hello")
	one := expectFrame(t, first, "events_api")
	two := expectFrame(t, first, "events_api")
	if one["envelope_id"] != two["envelope_id"] || fmt.Sprint(one["payload"]) != fmt.Sprint(two["payload"]) {
		t.Errorf("delivered again as another: %v and %v", one, two)
	}
	fake.Refresh("refresh_requested", time.Millisecond)
	for f := map[string]any(nil); f["type"] != "disconnect"; {
		f = nil
		if err := first.ReadJSON(&f); err != nil {
			t.Fatal(err)
		}
	}
	second, _ := dialSlack(t, fake)
	expectFrame(t, second, "hello")
	if three := expectFrame(t, second, "events_api"); three["envelope_id"] != one["envelope_id"] {
		t.Errorf("another envelope: %v", three)
	} else if err := second.WriteJSON(map[string]any{"envelope_id": three["envelope_id"]}); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return fake.Pending() == 0 })
}

func dialSlack(t *testing.T, fake *adaptertest.Slack) (*websocket.Conn, string) {
	t.Helper()
	_, address, err := slackClient(fake, fake.Token).StartSocketModeContext(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	conn, resp, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	return conn, address
}

// dialStatus is the HTTP status with which a connection is refused.
func dialStatus(t *testing.T, address string) int {
	t.Helper()
	_, resp, err := websocket.DefaultDialer.Dial(address, nil)
	if err == nil || resp == nil {
		t.Fatalf("got %v", err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func expectFrame(t *testing.T, conn *websocket.Conn, kind string) map[string]any {
	t.Helper()
	_, data, err := conn.ReadMessage()
	var f map[string]any
	if err != nil || json.Unmarshal(data, &f) != nil || f["type"] != kind {
		t.Fatalf("want %s, got %s: %v", kind, data, err)
	}
	return f
}

func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	for range 2000 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("it never came about")
}
