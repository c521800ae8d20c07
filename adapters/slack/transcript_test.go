package slack_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/care"
	"tandem/bot/flows"
	"tandem/bot/safety"
	"tandem/dialog"
	"tandem/dialog/transcript"
	"tandem/reminders"
)

// Who can read along is another here, and is said.
const (
	onTelegram = "Chats with a bot on Telegram are not end-to-end encrypted, so Telegram itself could read them."
	onSlack    = "What is written on Slack is not end-to-end encrypted, so Slack and whoever runs this workspace could read it."
)

// TestTranscripts: conversations that come with Tandem come out on Slack as they are written, but for who could read them.
func TestTranscripts(t *testing.T) {
	for _, name := range []string{"welcome/yes-and-a-goal.en.txt", "set-goal/dormir-mejor.es.txt"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := fs.ReadFile(flows.FS(), name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := transcript.Parse(strings.ReplaceAll(string(data), onTelegram, onSlack))
			if err != nil {
				t.Fatal(err)
			}
			want.Lines = slices.DeleteFunc(want.Lines, func(l transcript.Line) bool { return l.Who == transcript.Kept }) // bot/flows looks at what is kept
			got, err := want.Play(&stage{t: t, fake: adaptertest.NewSlack(t, adaptertest.SlackOptions{})})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(want.Write(), "\n"), strings.Split(got.Write(), "\n")); diff != "" {
				t.Errorf("the conversation came out otherwise (-written +said):\n%s", diff)
			}
		})
	}
}

// stage plays a transcript on the whole application, with a person who sits before Slack. It is a transcript.Stage.
type stage struct {
	t    *testing.T
	fake *adaptertest.Slack

	app    *bot.Bot
	dm     *adaptertest.SlackChat
	person bot.Person
	now    time.Time
	heard  int
}

// head is what may stand before the conversations that are played here.
type head struct {
	Flow, Lang, At, Zone, Name, Practitioner, Resource string
	Consent                                            *bool
}

// Begin implements transcript.Stage.
func (s *stage) Begin(text string) ([]dialog.Message, error) {
	var h head
	if err := yaml.UnmarshalWithOptions([]byte(text), &h, yaml.Strict()); err != nil {
		return nil, err
	}
	zone, err := reminders.Zone(h.Zone)
	if err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, h.At)
	if err != nil {
		return nil, err
	}
	s.now, s.dm, s.person = at.In(zone), s.fake.DM(1), bot.Person{ID: "U1", Name: h.Name, Language: h.Lang}
	client := care.Client{Name: h.Name, Lang: h.Lang, Zone: h.Zone, Consent: care.ConsentVersion, Since: s.now.AddDate(0, -1, 0)}
	if h.Consent != nil && !*h.Consent {
		client.Consent = 0
	}
	settings := bot.Settings{Zone: zone, Quiet: reminders.DefaultQuiet(), Week: 5, Resources: map[string]string{"": h.Resource}}
	if h.Practitioner != "" {
		client.Practitioner = conversation(2)
		settings.Practitioners = map[string]string{client.Practitioner: h.Practitioner}
	}
	if err := s.start(settings, client); err != nil {
		return nil, err
	}
	return s.fresh(s.take(s.t.Context(), bot.Update{Delivery: "paper:1", Conversation: conversation(1), Event: bot.Begin, Code: h.Flow}))
}

func conversation(person int) string { return fmt.Sprintf("slack:T0TANDEM:D%d", person) }

// start puts the application together, on a store of its own and a clock that stands.
func (s *stage) start(settings bot.Settings, client care.Client) error {
	store, err := redisstore.OpenEmbedded(s.t.Context(), s.t.TempDir(), redisstore.Options{
		Rates: map[string]redisstore.Rates{}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	s.t.Cleanup(func() { _ = store.Close() })
	library, err := bot.Loader().Load(flows.FS())
	if err != nil {
		return err
	}
	screen, err := safety.New()
	if err != nil {
		return err
	}
	sl := newSlack(s.t, s.fake, nil)
	s.app, err = bot.New(s.t.Context(), bot.Options{
		Store: store, Library: library, Platforms: map[string]bot.Platform{"slack": sl}, Screen: screen,
		Settings: settings, Clock: func() time.Time { return s.now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	serveHTTP(s.t, s.fake, sl, s.take)
	return bot.Prepare(s.t.Context(), store, conversation(1), client, 0, nil)
}

// take hands an update over, at the time of the transcript.
func (s *stage) take(ctx context.Context, u bot.Update) error {
	u.At, u.From = s.now, s.person
	return s.app.Receive(ctx, u)
}

// Input implements transcript.Stage.
func (s *stage) Input(in dialog.Input) ([]dialog.Message, error) {
	if in.Kind != dialog.Press {
		s.dm.Say(in.Text)
		return s.fresh(nil)
	}
	value := "1" + in.Prompt + ":" + in.Choice
	for _, m := range slices.Backward(s.dm.FromBot()) {
		if slices.ContainsFunc(m.Buttons, func(b adaptertest.SlackButton) bool { return b.Value == value }) {
			return s.fresh(s.dm.PressValue(m.TS, value))
		}
	}
	return nil, fmt.Errorf("no button holds %s", value)
}

// Wait implements transcript.Stage.
func (s *stage) Wait(d time.Duration) ([]dialog.Message, error) {
	s.now = s.now.Add(d)
	s.app.PickUp(s.t.Context())
	return s.fresh(nil)
}

// Kept implements transcript.Stage.
func (*stage) Kept(string) (string, error) {
	return "", fmt.Errorf("what is kept is not looked at here")
}

// fresh is what the bot has said since it was last asked, once all that the person did is dealt with.
func (s *stage) fresh(err error) ([]dialog.Message, error) {
	if err != nil {
		return nil, err
	}
	eventually(s.t, func() bool { return s.fake.Pending() == 0 })
	s.app.Idle()
	said := s.dm.FromBot()
	var out []dialog.Message
	for _, m := range said[s.heard:] {
		one := dialog.Message{Text: m.Text}
		for _, b := range m.Buttons {
			prompt, id, _ := strings.Cut(strings.TrimPrefix(b.Value, "1"), ":")
			one.Prompt, one.Buttons = prompt, append(one.Buttons, dialog.Button{ID: id, Label: b.Label})
		}
		out = append(out, one)
	}
	s.heard = len(said)
	return out, nil
}
