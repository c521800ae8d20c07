package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sort"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"tandem/bot"
	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

// Stage plays transcripts on the whole application: ingest, step, commit, send, on a real store and a platform that
// remembers. It is a transcript.Stage, for one transcript: each begins with an empty Store.
type Stage struct {
	Store    bot.Store
	Library  *dialog.Library
	Settings bot.Settings
	Screen   bot.Screen

	app      *bot.Bot
	platform *Platform
	now      time.Time
	lang     string
	name     string
	heard    int // messages that were given out
	number   int
}

const stageConversation = "paper:1"

// stageHead is what may stand before a conversation.
type stageHead struct {
	Flow         string         `yaml:"flow"`    // the flow to begin with; "" waits for the first word
	Lang         string         `yaml:"lang"`    // what the platform says the person speaks
	At           string         `yaml:"at"`      // RFC 3339
	Zone         string         `yaml:"zone"`    // IANA
	Name         string         `yaml:"name"`    // the person's first name
	Consent      *bool          `yaml:"consent"` // default true
	With         map[string]any `yaml:"with"`    // handed to the flow in place of what is known
	Goals        []stageGoal    `yaml:"goals"`
	Practitioner string         `yaml:"practitioner"` // the name of the practitioner they work with
	Resource     string         `yaml:"resource"`
	Answers      string         `yaml:"answers_within"` // when the practitioner answers
	Role         string         `yaml:"role"`           // practitioner: the conversation is theirs, and Name is their name

	Clients   []stageClient   `yaml:"clients"` // of a practitioner
	Invites   []stageInvite   `yaml:"invites"`
	Proposals []stageProposal `yaml:"proposals"` // to a client
	Shared    []stageShared   `yaml:"shared"`    // what a client has opened
}

type stageGoal struct {
	ID         string `yaml:"id"`
	Words      string `yaml:"words"`
	Why        string `yaml:"why"`
	Step       string `yaml:"step"`
	When       string `yaml:"when"`
	Obstacle   string `yaml:"obstacle"`
	Plan       string `yaml:"plan"`
	Status     string `yaml:"status"`
	Until      string `yaml:"until"`
	Importance *int   `yaml:"importance"`
	Confidence *int   `yaml:"confidence"`
	Rating     *int   `yaml:"rating"` // of the last check-in
	Said       string `yaml:"said"`   // at the last check-in
}

// Begin implements transcript.Stage.
func (s *Stage) Begin(text string) ([]dialog.Message, error) {
	h := stageHead{Lang: "en", At: "2026-03-09T18:00:00+01:00", Zone: "Europe/Madrid"}
	if err := yaml.UnmarshalWithOptions([]byte(text), &h, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the head: %w", err)
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, h.At)
	if err != nil {
		return nil, err
	}
	s.now, s.lang, s.name = at.In(zone), h.Lang, h.Name
	s.settle(&h, zone)
	s.platform = NewPlatform()
	s.app, err = bot.New(context.Background(), bot.Options{
		Store: s.Store, Library: s.Library, Platforms: map[string]bot.Platform{"paper": s.platform}, Screen: s.Screen,
		Settings: s.Settings, Clock: func() time.Time { return s.now }, Log: slog.New(slog.DiscardHandler),
		NewCode: func() string { return strings.Repeat("abcd2", 4) },
	})
	if err != nil {
		return nil, err
	}
	if err := s.prepare(&h); err != nil {
		return nil, err
	}
	return s.receive(bot.Update{Event: bot.Begin, Code: h.Flow, With: h.With})
}

func (s *Stage) settle(h *stageHead, zone *time.Location) {
	s.Settings.Zone, s.Settings.Quiet, s.Settings.Week = zone, reminders.DefaultQuiet(), 5
	s.setTable(h)
	if h.Resource != "" {
		s.Settings.Resources = map[string]string{"": h.Resource}
	}
}

// prepare writes what the head says was there before.
func (s *Stage) prepare(h *stageHead) error {
	client := care.Client{Name: h.Name, Lang: h.Lang, Zone: h.Zone, Consent: care.ConsentVersion, Since: s.now.AddDate(0, -1, 0)}
	if h.Consent != nil && !*h.Consent {
		client.Consent = 0
	}
	if h.Practitioner != "" && h.Role == "" {
		client.Practitioner = "paper:practitioner"
	}
	records := make(map[string]json.RawMessage)
	for i, g := range h.Goals {
		if err := s.putGoal(records, i, g); err != nil {
			return err
		}
	}
	given := uint64(len(h.Goals) * 2)
	if err := s.together(h, records); err != nil {
		return err
	}
	if h.Role == stagePractitioner {
		client.Consent = 0
	}
	if len(h.Clients)+len(h.Invites)+len(h.Proposals)+len(h.Shared) > 0 {
		given += uint64(len(records))
	}
	return bot.Prepare(context.Background(), s.Store, stageConversation, client, given, records)
}

func (s *Stage) putGoal(records map[string]json.RawMessage, i int, g stageGoal) error {
	if g.ID == "" {
		g.ID = fmt.Sprintf("g%d", i+1)
	}
	goal := care.Goal{ID: g.ID, Status: care.Active, Rank: i + 1, Until: g.Until, Versions: []care.Version{{
		At: s.now.AddDate(0, 0, -7), By: care.ByClient, Words: g.Words, Why: g.Why, Step: g.Step, When: g.When,
		Obstacle: g.Obstacle, Plan: g.Plan, Importance: g.Importance, Confidence: g.Confidence,
	}}}
	if g.Status != "" {
		goal.Status = care.Status(g.Status)
	}
	data, err := json.Marshal(goal)
	if err != nil {
		return err
	}
	records["goal/"+g.ID] = data
	if g.Rating != nil || g.Said != "" {
		in := care.CheckIn{ID: fmt.Sprintf("c%d", i+1), Goal: g.ID, Version: 1, At: s.now.AddDate(0, 0, -7), Outcome: care.Same, Said: g.Said, Rating: g.Rating}
		if data, err = json.Marshal(in); err != nil {
			return err
		}
		records["check-in/"+in.ID] = data
	}
	return nil
}

// Input implements transcript.Stage.
func (s *Stage) Input(in dialog.Input) ([]dialog.Message, error) {
	u := bot.Update{Input: in}
	if in.Kind == dialog.Text && strings.HasPrefix(in.Text, "/start") {
		u.Event, u.Input = bot.Start, dialog.Input{}
		_, u.Code, _ = strings.Cut(in.Text, " ")
	}
	return s.receive(u)
}

// Wait implements transcript.Stage.
func (s *Stage) Wait(d time.Duration) ([]dialog.Message, error) {
	s.now = s.now.Add(d)
	s.app.PickUp(context.Background())
	s.app.Idle()
	return s.fresh(), nil
}

func (s *Stage) receive(u bot.Update) ([]dialog.Message, error) {
	s.number++
	u.Delivery, u.Conversation, u.Seq, u.At = fmt.Sprintf("paper:%d", s.number), stageConversation, int64(s.number), s.now
	u.From = bot.Person{ID: "1", Name: s.name, Language: s.lang}
	if err := s.app.Receive(context.Background(), u); err != nil {
		return nil, err
	}
	s.app.Idle()
	return s.fresh(), nil
}

func (s *Stage) fresh() []dialog.Message {
	said := s.platform.Said(stageConversation)
	out := said[s.heard:]
	s.heard = len(said)
	return out
}

// Kept implements transcript.Stage. "goal words = ..." is the words of the newest goal, "goals" the number of goals,
// "check-in outcome = ..." the newest check-in's; "client consent", and so on for every record.
func (s *Stage) Kept(what string) (string, error) {
	name, _, _ := strings.Cut(what, " = ")
	kind, field, _ := strings.Cut(strings.TrimSpace(name), " ")
	records, err := s.Store.Records(context.Background(), stageConversation, kind+"/")
	if err != nil {
		return "", err
	}
	if field == "" {
		return fmt.Sprintf("%s = %d", kind, len(records)), nil
	}
	newest := ""
	for key := range records {
		if len(key) > len(newest) || (len(key) == len(newest) && key > newest) {
			newest = key
		}
	}
	fields := make(map[string]any)
	if newest != "" {
		if err := json.Unmarshal(records[newest], &fields); err != nil {
			return "", err
		}
	}
	value, ok := fields[field]
	if versions, has := fields["versions"].([]any); has && !ok {
		value = versions[len(versions)-1].(map[string]any)[field]
	}
	return fmt.Sprintf("%s %s = %s", kind, field, plain(value)), nil
}

func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "(nothing)"
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		return strings.Join(keys, ", ")
	}
	return fmt.Sprint(v)
}
