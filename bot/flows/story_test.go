package flows_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/flows"
	"tandem/bot/safety"
	"tandem/reminders"
)

// TestStories plays what a client and their practitioner do together, word for word: each file reads as the story.
func TestStories(t *testing.T) {
	library, err := bot.Loader().Load(flows.FS())
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			zone, err := time.LoadLocation("Europe/Madrid")
			if err != nil {
				t.Fatal(err)
			}
			store, err := redisstore.OpenEmbedded(t.Context(), t.TempDir(), redisstore.Options{Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = store.Close() }()
			screen, err := safety.New()
			if err != nil {
				t.Fatal(err)
			}
			s := &bottest.Story{
				Store: store, Library: library, Screen: screen, People: []string{"Sam", "Kim", "Ana", "Nobody"},
				Now: time.Date(2026, 3, 9, 10, 0, 0, 0, zone),
				Settings: bot.Settings{
					Lang: "en", Zone: zone, Quiet: reminders.DefaultQuiet(), Week: 5, Invite: true,
					Practitioners: map[string]string{"paper:kim": "Kim", "paper:ana": "Ana"}, Answers: map[string]string{"paper:kim": "within two working days"},
					Resources: map[string]string{"": "Example Line, 555 0100, day and night"},
				},
			}
			if err := s.Begin(); err != nil {
				t.Fatal(err)
			}
			got, err := s.Play(string(data))
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the story came out otherwise (-written +told):\n%s", diff)
			}
		})
	}
}
