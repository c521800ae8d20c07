package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

// A client comes with a code, agrees, sets a goal by words and buttons, and asks for a person, of whom the practitioner
// is told; whatever becomes of the connections meanwhile.
func TestSlack_Client(t *testing.T) {
	for name, requests := range map[string]bool{"requests": true, "Socket Mode": false} {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, english())
			r := onSlack(t, fake, requests, nil).ready()
			ana, kim := fake.DM(1), fake.DM(2)
			r.talk(ana, []turn{
				{says: "hello", reads: "you need a link"},
				{says: "EXAMPLECODE", reads: "Is it all right with you"},
				{says: "ok", reads: "set a first goal"},
			})
			if first := ana.FromBot()[1]; !strings.Contains(first.Text, "Hello, Ana") {
				t.Errorf("the bot does not know the name: %q", first.Text)
			}
			fake.DropSockets()
			r.talk(ana, []turn{
				{presses: "Set a first goal", reads: "Which part of your life"},
				{presses: "Home", reads: "what would be different"},
				{says: "quiet mornings, " + marker, reads: "What makes that matter"},
				{says: "talk to a person", reads: "a line you want to add"},
				{says: "about the rent", reads: "That is on its way to Kim"},
			})
			r.reads(kim, 0, "would like to talk to you")
			r.reads(kim, 0, "about the rent")
			r.talk(ana, []turn{
				{says: "they are sad", reads: "comes closest"},
				{presses: "People close to me", reads: "how important"},
				{says: "9", reads: "What makes it 9"},
				{says: "it is my job", reads: "how sure"},
				{says: "a 4", reads: "What would help"},
				{says: "an earlier night", reads: "go from here"},
				{presses: "keep the goal", reads: "Is that right"},
				{presses: "It's right", reads: "It is kept"},
			})
			r.until("everything is acknowledged", func() bool { return fake.Pending() == 0 })
			r.until("nothing is in hand", func() bool { _, m := r.get("/metrics"); return strings.Contains(m, "tandem_conversations_in_hand 0") })
			_, metrics := r.get("/metrics")
			for _, want := range []string{`tandem_slack_updates_total{outcome="ingested"}`, `tandem_slack_calls_total{method="chat.postMessage",status="200"}`,
				`tandem_slack_calls_total{method="users.info",status="200"} 1`, "tandem_ready 1"} {
				if !strings.Contains(metrics, want) {
					t.Errorf("/metrics has no %s:\n%s", want, metrics)
				}
			}
			if strings.Contains(metrics, "tandem_telegram_updates_total") {
				t.Error("/metrics counts updates of a platform that is not there")
			}
			r.halt()
		})
	}
}

// Whatever Slack delivers again, an event, a press or a command, changes nothing.
func TestSlack_Retries(t *testing.T) {
	fake := adaptertest.NewSlack(t, english())
	r := onSlack(t, fake, true, nil).ready()
	dm := fake.DM(1)
	stamp := time.Now().Unix()
	event := fmt.Sprintf(`{"type":"event_callback","team_id":"T0TANDEM","event_id":"EvAgain","event":{"type":"message","channel":"D1","channel_type":"im",`+
		`"user":"U1","ts":"%d.000001","event_ts":"%d.000001","text":"EXAMPLECODE"}}`, stamp, stamp)
	again := func(kind, form, body string) {
		t.Helper()
		for range 3 {
			if status := r.post(fake, kind, form, body); status != http.StatusOK {
				t.Fatalf("a delivery of %s is answered with %d", kind, status)
			}
		}
	}
	again("events_api", "", event)
	asked := r.reads(dm, 0, "Is it all right with you")
	press, err := json.Marshal(map[string]any{
		"type": "block_actions", "trigger_id": "1.2.again", "team": map[string]string{"id": "T0TANDEM"}, "user": map[string]string{"id": "U1"},
		"channel": map[string]string{"id": "D1"}, "container": map[string]string{"type": "message", "message_ts": asked.TS, "channel_id": "D1"},
		"actions": []any{map[string]string{"type": "button", "action_ts": fmt.Sprintf("%d.000002", stamp), "value": asked.Buttons[0].Value}},
	})
	if err != nil {
		t.Fatal(err)
	}
	again("interactive", "payload", string(press))
	r.reads(dm, 0, "set a first goal")
	again("slash_commands", "", `{"command":"/tandem","text":"goal","trigger_id":"1.3.again","team_id":"T0TANDEM","user_id":"U1","channel_id":"D1"}`)
	r.reads(dm, 0, "Which part of your life")
	r.until("nothing is in hand", func() bool { _, m := r.get("/metrics"); return strings.Contains(m, "tandem_conversations_in_hand 0") })
	for _, words := range []string{"Is it all right with you", "set a first goal", "Which part of your life"} {
		count := 0
		for _, m := range dm.FromBot() {
			if strings.Contains(m.Text, words) {
				count++
			}
		}
		if count != 1 {
			t.Errorf("%q was said %d times", words, count)
		}
	}
}

// Whoever types /tandem, wherever, is answered in private; and where Slack does not let that be, it is not acknowledged.
func TestSlack_Command(t *testing.T) {
	fake := adaptertest.NewSlack(t, english())
	r := onSlack(t, fake, true, nil).ready()
	away := adaptertest.SlackRefuse("internal_error")
	away.Method = "conversations.open"
	fake.Inject(away)
	channel, dm := fake.Channel(9, 1), fake.DM(1)
	channel.Command("/tandem", "")
	r.until("opening the direct message fails", func() bool { return strings.Contains(r.log.String(), "open a direct message for a command") })
	if fake.Pending() == 0 {
		t.Error("a command that nothing came of was acknowledged")
	}
	fake.Heal()
	r.reads(dm, 0, "you need a link")
	for _, c := range []struct{ words, reads string }{
		{"EXAMPLECODE", "Is it all right with you"},
		{"help", "You can say"},
		{"", "Is it all right with you"}, // what was asked is asked again
		{"yes", "set a first goal"},
		{"Goal", "Which part of your life"},
	} {
		before := len(dm.FromBot())
		channel.Command("/tandem", c.words)
		r.reads(dm, before, c.reads)
	}
	if said := channel.FromBot(); len(said) > 0 {
		t.Errorf("others could read: %+v", said)
	}
	before := len(dm.FromBot())
	dm.OpenHome()
	modal := `{"type":"view_submission","trigger_id":"1.4.x","team":{"id":"T0TANDEM"},"user":{"id":"U1"},"view":{"id":"V1",` +
		`"callback_id":"x","private_metadata":"slack:T0TANDEM:D1","state":{"values":{"b":{"a":{"type":"plain_text_input","value":"` + marker + `"}}}}}}`
	if status := r.post(fake, "interactive", "payload", modal); status != http.StatusOK {
		t.Errorf("a modal is answered with %d", status)
	}
	r.until("all is acknowledged", func() bool { return fake.Pending() == 0 })
	if !strings.Contains(r.log.String(), `"count":1`) || len(dm.FromBot()) != before {
		t.Errorf("a modal and the App Home are not passed over: %+v", dm.FromBot()[before:])
	}
}

// A client on Telegram may work with a practitioner on Slack.
func TestSlack_BesideTelegram(t *testing.T) {
	phone, fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{}), adaptertest.NewSlack(t, english())
	r := onSlack(t, fake, false, map[string]string{"TELEGRAM_BOT_TOKEN": phone.Token, "TELEGRAM_API_URL": phone.URL()}).ready()
	sam, kim := phone.Chat(4711), fake.DM(2)
	sam.Say("/start EXAMPLECODE")
	hears(t, sam, "Is it all right with you")
	sam.Say("talk to a person")
	r.reads(kim, 0, "would like to talk to you")
	r.halt()
}

// Slack may be away, at the start or later: that is said, and mends itself. A token that it does not take ends the program.
func TestSlack_ComesAndGoes(t *testing.T) {
	fake := adaptertest.NewSlack(t, english())
	away := func() {
		fake.Inject(adaptertest.SlackPage(http.StatusBadGateway))
		closed := adaptertest.SlackPage(http.StatusBadGateway)
		closed.Method = "apps.connections.open"
		fake.Inject(closed)
	}
	trouble := func(r *running, words string) {
		t.Helper()
		r.until("readyz says "+words, func() bool {
			status, body := r.get("/readyz")
			return status == http.StatusServiceUnavailable && strings.Contains(body, words)
		})
	}
	away()
	r := onSlack(t, fake, false, map[string]string{"TANDEM_CONFIG": ""}).up()
	trouble(r, "slack: was not reached yet")
	fake.Heal()
	r.ready()
	away()
	fake.DropSockets()
	trouble(r, "slack: Socket Mode is not connected")
	fake.Heal()
	r.ready()
	dm := fake.DM(1)
	dm.Say("hello, " + marker)
	r.reads(dm, 0, "I am Tandem")
	fake.RevokeTokens()
	fake.DropSockets()
	if code := r.end(); code != exitSettings {
		t.Errorf("exit code %d; the log:\n%s", code, r.log)
	}
	if again := onSlack(t, fake, true, nil); again.end() != exitSettings || !strings.Contains(again.log.String(), "SLACK_BOT_TOKEN") {
		t.Errorf("a revoked token is not refused:\n%s", again.log)
	}
}

// Slack tells a person's name and language, asked once. It is no reason to wait: without it, the conversation goes on.
func TestSlack_Who(t *testing.T) {
	for name, c := range map[string]struct {
		fault        *adaptertest.SlackFault
		greets, asks string
	}{
		"told":      {nil, "Hola, Ana.", "¿Te parece bien"},
		"refused":   {ptr(adaptertest.SlackRefuse("missing_scope")), "I am Tandem", "Is it all right with you"},
		"no answer": {ptr(adaptertest.SlackSlow(time.Hour)), "I am Tandem", "Is it all right with you"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
			if c.fault != nil {
				c.fault.Method = "users.info"
				fake.Inject(*c.fault)
			}
			r := onSlack(t, fake, true, nil).ready()
			dm := fake.DM(1)
			r.talk(dm, []turn{{says: "EXAMPLECODE", reads: c.asks}, {says: "no, " + marker, reads: ""}})
			r.reads(dm, 0, c.greets)
			asked := 0
			for _, call := range fake.Calls() {
				if call.Method == "users.info" {
					asked++
				}
			}
			if asked != 1 && name != "no answer" { // the fake counts a call when it ends
				t.Errorf("Slack was asked %d times", asked)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// A signal ends it in good order, with a connection to Slack open.
func TestSlack_Signal(t *testing.T) {
	fake := adaptertest.NewSlack(t, english())
	log, addr := &buffer{}, freeAddr(t)
	cmd := exec.Command(buildTandem(t), "serve")
	cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+fake.Token, "SLACK_APP_TOKEN="+fake.AppToken, "SLACK_API_URL="+fake.URL(),
		"TANDEM_LISTEN="+addr, "TANDEM_DATA="+t.TempDir())
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	r := &running{t: t, log: log, addr: addr}
	r.until("it is ready", func() bool { status, _ := r.get(readyPath); return status == http.StatusOK })
	dm := fake.DM(1)
	dm.Say("hello, " + marker)
	r.reads(dm, 0, "I am Tandem")
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v:\n%s", err, log)
	}
	r.checkLog(fake.Token, fake.AppToken)
}

func TestSlack_Doctor(t *testing.T) {
	all := "app_mentions:read,chat:write,commands,files:write,im:history,im:write,users:read"
	for name, c := range map[string]struct {
		scopes string
		token  string
		code   int
		want   []string
	}{
		"all is well":   {all, "", exitOK, []string{"ok       slack      the token xoxb-*** is that of U0TANDEM in the workspace T0TANDEM", "ok       scopes", "ok       clock      as Slack's"}},
		"a scope lacks": {"chat:write,commands", "", exitProblem, []string{"problem  scopes     the bot has not: app_mentions:read, files:write", "install the app again"}},
		"not told":      {"", "", exitOK, []string{"ok       slack"}},
		"another token": {all, "xoxb-another", exitProblem, []string{"problem  slack      does not take the token xoxb-***"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Scopes: c.scopes})
			env := map[string]string{"SLACK_BOT_TOKEN": fake.Token, "SLACK_APP_TOKEN": fake.AppToken, "SLACK_API_URL": fake.URL(), "TANDEM_DATA": t.TempDir()}
			if c.token != "" {
				env["SLACK_BOT_TOKEN"] = c.token
			}
			var out bytes.Buffer
			code := run(context.Background(), []string{"doctor"}, func(name string) (string, bool) { v, ok := env[name]; return v, ok }, strings.NewReader(""), &out, io.Discard)
			if code != c.code {
				t.Errorf("exit code %d", code)
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("nobody says %q", want)
				}
			}
			if strings.Contains(out.String(), env["SLACK_BOT_TOKEN"]) || t.Failed() {
				t.Errorf("said:\n%s", out.String())
			}
		})
	}
}
