package flows_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tandem/bot"
	"tandem/bot/care"
	"tandem/bot/desk"
	"tandem/dialog"
)

// secret is what stands in every field that Sam has not opened. It is never to be read by anybody else.
const secret = "zzprivate"

// planted are Sam's records, with a secret of its own in every field that holds words.
func planted(t *testing.T, now time.Time) map[string]json.RawMessage {
	t.Helper()
	n := 0
	word := func() string { n++; return fmt.Sprintf("%s%d", secret, n) }
	seven := 7
	version := func(words string) care.Version {
		return care.Version{
			At: now, By: care.ByClient, Reason: word(), Area: word(), Words: words, Why: word(), Value: word(), Importance: &seven,
			Confidence: &seven, Measure: word(), Baseline: word(), Target: word(), Step: word(), When: word(), Obstacle: word(),
			Plan: word(), Supporters: word(), Review: "2026-04-01",
		}
	}
	out := make(map[string]json.RawMessage)
	put := func(key string, v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out[key] = data
	}
	put("goal/g1", care.Goal{ID: "g1", Status: care.Active, Rank: 1, Versions: []care.Version{version(word()), version("walk after lunch")}})
	put("goal/g2", care.Goal{ID: "g2", Status: care.Active, Rank: 2, Versions: []care.Version{version(word())}})
	put("goal/g3", care.Goal{ID: "g3", Status: care.LetGo, Rank: 3, Versions: []care.Version{version(word())}, Moves: []care.Move{{
		At: now, By: care.ByClient, From: care.Active, To: care.LetGo, Reason: word(),
	}}})
	for i, outcome := range []care.Outcome{care.Well, care.Slipped, care.Reached, care.Private} {
		id := fmt.Sprintf("k%d", i+1)
		put("check-in/"+id, care.CheckIn{
			ID: id, Goal: "g1", Version: 1, At: now, Outcome: outcome, Said: word(), Helped: word(), Learned: word(), Rating: &seven,
			Confidence: &seven, Next: word(),
		})
	}
	put("wish/h1", care.Wish{ID: "h1", At: now, Said: word()})
	put("concern/s1", care.Concern{ID: "s1", At: now, Tier: "explicit-self", Answer: word()})
	put("grant/w1", care.Grant{ID: "w1", Audience: "practitioner", At: now, Shown: "walk after lunch", Fields: map[string]any{
		"goal": "g1", "version": 2, "words": "walk after lunch",
	}})
	put("grant/w2", care.Grant{ID: "w2", Audience: "practitioner", At: now, Withdrawn: now, Shown: word(), Fields: map[string]any{
		"goal": "g2", "version": 1, "words": word(), "why": word(), "step": word(),
	}})
	put("grant/w3", care.Grant{ID: "w3", Audience: "team", At: now, Shown: word(), Fields: map[string]any{"goal": "g2", "words": word()}})
	return out
}

// TestNothingPrivateLeaks plants secrets in every field of a client's records, and in what they say, and then has their
// practitioner, another one and a stranger press and type whatever they find, for days: none of the secrets is ever
// sent to any of them, and what was opened is.
func TestNothingPrivateLeaks(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			o := newOffice(t)
			client := care.Client{
				Name: secret + "name", Lang: "en", Zone: "Europe/Madrid", Consent: care.ConsentVersion, Practitioner: "paper:kim", With: "Kim",
				Alias: "Sam", TellSilence: true, Since: o.Now.AddDate(0, -1, 0),
			}
			if err := bot.Prepare(context.Background(), o.Store, "paper:sam", client, 20, planted(t, o.Now.AddDate(0, 0, -2))); err != nil {
				t.Fatal(err)
			}
			load, err := json.Marshal(care.Case{ID: "c1", Name: "Sam", Conversation: "paper:sam", Since: o.Now.AddDate(0, -1, 0)})
			if err != nil {
				t.Fatal(err)
			}
			if err := bot.Prepare(context.Background(), o.Store, "paper:kim", care.Client{Lang: "en", Zone: "Europe/Madrid"}, 5, map[string]json.RawMessage{"case/c1": load}); err != nil {
				t.Fatal(err)
			}
			dice := rand.New(rand.NewPCG(seed, 1))
			o.play("Sam> /goals\nSam> " + secret + "word\nSam> my mum died " + secret + "\nSam> i want to kill myself " + secret + "\nSam> " + secret)
			for range 100 {
				for _, who := range []string{"Kim", "Kim", "Ana", "Nobody"} {
					o.anything(who, dice)
				}
				if dice.IntN(12) == 0 {
					o.play("-- 7h")
				}
			}
			o.pages()
			open := false
			for _, who := range []string{"Kim", "Ana", "Nobody"} {
				for _, m := range o.Platform.Said(o.Place(who)) {
					text := fmt.Sprintf("%+v", m)
					if i := strings.Index(text, secret); i >= 0 {
						t.Errorf("%s reads %q", who, text)
					}
					open = open || strings.Contains(text, "walk after lunch")
				}
			}
			if !open {
				t.Error("Kim never saw what Sam has opened: the test saw too little")
			}
		})
	}
}

// anything presses a button that somebody was shown last, or types a command or a few words.
func (o *office) anything(who string, dice *rand.Rand) {
	o.t.Helper()
	typed := []string{
		"/desk", "/invite", "/write", "/suggest", "/digest", "/clients", "/working", "/together", "/shared", "/message", "/goals", "hello", "Sam", "3", "back", "skip", "yes", "no",
		"what does Sam say?", "every monday at 9",
	}
	said := o.Platform.Said(o.Place(who))
	if n := len(said); n > 0 && len(said[n-1].Buttons) > 0 && dice.IntN(4) > 0 {
		m := said[n-1]
		o.receive(who, dialog.Input{Kind: dialog.Press, Prompt: m.Prompt, Choice: m.Buttons[dice.IntN(len(m.Buttons))].ID})
		return
	}
	o.receive(who, dialog.Input{Kind: dialog.Text, Text: typed[dice.IntN(len(typed))]})
}

func (o *office) receive(who string, in dialog.Input) {
	o.t.Helper()
	o.n++
	err := o.App.Receive(context.Background(), bot.Update{
		Delivery: fmt.Sprintf("any:%d", o.n), Conversation: o.Place(who), Seq: int64(1_000_000 + o.n), At: o.Now, Input: in,
		From: bot.Person{ID: who, Name: who, Language: "en"},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.App.Idle()
	o.App.PickUp(context.Background())
	o.App.Idle()
}

// pages looks at every page that Kim has, in search of secrets.
func (o *office) pages() {
	o.t.Helper()
	ctx := context.Background()
	for _, filter := range []desk.Filter{desk.All, desk.ForYou, desk.Attention, desk.Quiet, desk.Well} {
		all, err := o.App.Overview(ctx, "paper:kim", filter, 0)
		if text := fmt.Sprintf("%+v", all); err != nil || strings.Contains(text, secret) {
			o.t.Errorf("the overview %s: %s, %v", filter, text, err)
		}
	}
	page, err := o.App.CasePage(ctx, "paper:kim", "c1")
	if text := fmt.Sprintf("%+v", page); err != nil || strings.Contains(text, secret) || !strings.Contains(text, "walk after lunch") {
		o.t.Errorf("Sam's page: %s, %v", text, err)
	}
}
