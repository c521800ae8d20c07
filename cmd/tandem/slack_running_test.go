package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

// team is a practice: Kim is on Slack, and people come with a code.
const team = `
zone: Europe/Madrid
practitioners:
  - {name: Kim, conversation: "slack:T0TANDEM:D2"}
invites: {EXAMPLECODE: "slack:T0TANDEM:D2"}
resources: {en: "Example Line, 555 0100"}
`

// onSlack starts the service on a workspace where everybody speaks English, by requests to its address or by Socket Mode.
func onSlack(t *testing.T, fake *adaptertest.Slack, requests bool, env map[string]string) *running {
	t.Helper()
	config := filepath.Join(t.TempDir(), "tandem.yaml")
	if err := os.WriteFile(config, []byte(team), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"SLACK_BOT_TOKEN": fake.Token, "SLACK_API_URL": fake.URL(), "SLACK_APP_TOKEN": fake.AppToken, "TANDEM_CONFIG": config,
		"TANDEM_LISTEN": freeAddr(t), "TANDEM_CHAT_RATE": "50", "TANDEM_DATA": t.TempDir(),
	}
	if requests {
		delete(all, "SLACK_APP_TOKEN")
		all["SLACK_SIGNING_SECRET"] = fake.SigningSecret
		fake.Deliver("http://" + all["TANDEM_LISTEN"] + slackPath)
	}
	for k, v := range env {
		all[k] = v
	}
	return launch(t, all)
}

func english() adaptertest.SlackOptions { return adaptertest.SlackOptions{Locale: "en-GB"} }

// reads waits until the bot has said something with these words after the first messages of a direct message.
func (r *running) reads(dm *adaptertest.SlackChat, after int, words string) (found adaptertest.SlackMessage) {
	r.t.Helper()
	r.until(fmt.Sprintf("%s reads %q", dm.Person, words), func() bool {
		for _, m := range dm.FromBot()[after:] {
			if strings.Contains(m.Text, words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// turn is something that a person types or presses, and what it is answered with.
type turn struct{ says, presses, reads string }

func (r *running) talk(dm *adaptertest.SlackChat, turns []turn) {
	r.t.Helper()
	for _, turn := range turns {
		before := len(dm.FromBot())
		if turn.presses == "" {
			dm.Say(turn.says)
		} else if err := dm.Press(labelled(dm, turn.presses)); err != nil {
			r.t.Fatal(err)
		}
		r.reads(dm, before, turn.reads)
	}
}

// labelled is the newest button whose label holds these words.
func labelled(dm *adaptertest.SlackChat, words string) string {
	found := ""
	for _, m := range dm.FromBot() {
		for _, label := range m.Labels() {
			if strings.Contains(strings.ToLower(label), strings.ToLower(words)) {
				found = label
			}
		}
	}
	return found
}

// post delivers a request as Slack does, and returns how it was answered.
func (r *running) post(fake *adaptertest.Slack, kind, form, body string) int {
	r.t.Helper()
	req, err := fake.Request(r.t.Context(), "http://"+r.addr+slackPath, kind, form, []byte(body), time.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}
