package slack_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"tandem/adapters/slack"
)

// manifest is the part of an app's manifest that the tests look at, by https://docs.slack.dev/reference/app-manifest
type manifest struct {
	Features struct {
		Home struct {
			Home     bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Bot struct {
			Name string `yaml:"display_name"`
		} `yaml:"bot_user"`
		Commands []struct {
			Command string `yaml:"command"`
			URL     string `yaml:"url"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot  []string `yaml:"bot"`
			User []string `yaml:"user"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL string   `yaml:"request_url"`
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url"`
		} `yaml:"interactivity"`
		Socket bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

func readManifest(t *testing.T, name string) manifest {
	t.Helper()
	var m manifest
	if err := yaml.Unmarshal(readFile(t, name), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestManifests: each event that is asked for is decoded, each command too, and each scope is one that a call or an
// event needs. What they say of it is written where it is needed: a new event needs an update in the test data.
func TestManifests(t *testing.T) {
	need := map[string]string{ // scope: what needs it
		"app_mentions:read": "app_mention", "chat:write": "chat.postMessage", "commands": "/tandem", "files:write": "files.completeUploadExternal",
		"im:history": "message.im", "im:write": "conversations.open", "users:read": "users.info",
	}
	for _, name := range []string{"manifest.socket.yaml", "manifest.http.yaml"} {
		m := readManifest(t, name)
		for _, event := range m.Settings.Events.Bot {
			u, ours, err := slack.Decode(slack.Events, readFile(t, filepath.Join("testdata/updates", "events_api-"+event+".json")), us)
			if err != nil || !ours {
				t.Errorf("%s asks for %s, which is decoded as %+v: %v", name, event, u, err)
			}
		}
		for _, c := range m.Features.Commands {
			file := "slash_commands-" + strings.TrimPrefix(c.Command, "/") + ".json"
			u, _, err := slack.Decode(slack.Slash, readFile(t, filepath.Join("testdata/updates", file)), us)
			if got, ok := slack.CommandOf(u); err != nil || !ok || got.Name != c.Command {
				t.Errorf("%s: command %s is decoded as %+v: %v", name, c.Command, got, err)
			}
		}
		if len(m.Settings.Events.Bot) != 3 || len(m.Features.Commands) != 1 || !m.Settings.Interactivity.Enabled {
			t.Errorf("%s: %+v", name, m)
		}
		if diff := cmp.Diff(slack.Scopes(), m.OAuth.Scopes.Bot); diff != "" {
			t.Errorf("%s: scopes (-needed +asked for)\n%s", name, diff)
		}
		for _, scope := range m.OAuth.Scopes.Bot {
			if need[scope] == "" {
				t.Errorf("%s asks for %s, which nothing needs", name, scope)
			}
		}
		if len(m.OAuth.Scopes.Bot) != len(need) || len(m.OAuth.Scopes.User) > 0 || !slices.IsSorted(m.OAuth.Scopes.Bot) {
			t.Errorf("%s: scopes %v", name, m.OAuth.Scopes)
		}
		if home := m.Features.Home; !home.Home || !home.Messages || home.ReadOnly {
			t.Errorf("%s: people cannot write to the bot: %+v", name, home)
		}
	}
}

// TestManifestsDiffer: by the mode and its addresses alone.
func TestManifestsDiffer(t *testing.T) {
	socket, http := readManifest(t, "manifest.socket.yaml"), readManifest(t, "manifest.http.yaml")
	const address = "https://tandem.example.org/slack"
	if !socket.Settings.Socket || http.Settings.Socket {
		t.Errorf("Socket Mode: %v and %v", socket.Settings.Socket, http.Settings.Socket)
	}
	if http.Settings.Events.URL != address || http.Settings.Interactivity.URL != address || http.Features.Commands[0].URL != address {
		t.Errorf("addresses %+v", http)
	}
	http.Settings.Socket, http.Settings.Events.URL, http.Settings.Interactivity.URL, http.Features.Commands[0].URL = true, "", "", ""
	if diff := cmp.Diff(socket, http); diff != "" {
		t.Errorf("(-socket +http)\n%s", diff)
	}
}
