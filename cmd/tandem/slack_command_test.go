package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/adaptertest"
	"tandem/bot"
)

// What practitioners type after /tandem is done; everything else goes on as it was typed.
func TestSlackCommand_Desk(t *testing.T) {
	for typed, want := range map[string]bot.Update{
		`invite "Sam"`:           {Event: bot.Desk, With: map[string]any{"do": "invite", "name": "Sam"}},
		`invite Sam`:             {Event: bot.Desk, With: map[string]any{"do": "invite", "name": "Sam"}},
		`Invite “Sam and Ana”`:   {Event: bot.Desk, With: map[string]any{"do": "invite", "name": "Sam and Ana"}},
		`invite`:                 {},
		`invite ""`:              {},
		`digest`:                 {Event: bot.Desk, With: map[string]any{"do": "digest"}},
		`digest of what?`:        {},
		`add <@U7|sam>`:          {Event: bot.Desk, With: map[string]any{"do": "appoint", "conversation": "slack:T0TANDEM:D7", "name": "Sam"}},
		`add <@U7>`:              {Event: bot.Desk, With: map[string]any{"do": "appoint", "conversation": "slack:T0TANDEM:D7", "name": "Sam"}},
		`add <@U0TANDEM|tandem>`: {},
		`add <@U7|sam> <@U8|x>`:  {},
		`add an hour to my walk`: {},
		`add`:                    {},
		`I invite Sam`:           {},
	} {
		t.Run(typed, func(t *testing.T) {
			t.Parallel()
			o := atKims()
			o.Names["U7"] = "Sam"
			fake := adaptertest.NewSlack(t, o)
			r := atDesk(t, fake, true)
			fake.Channel(9, 2).Command("/tandem", typed)
			got := r.one()
			if got.Event != want.Event || got.Conversation != "slack:T0TANDEM:D2" || got.Group || !strings.Contains(got.Delivery, ":trigger:") {
				t.Errorf("got %+v", got)
			}
			if diff := cmp.Diff(want.With, got.With); diff != "" {
				t.Errorf("with (-want +got)\n%s", diff)
			}
			if strings.TrimSpace(got.Input.Text) == "" {
				t.Error("the safety screen would not see what was typed")
			}
		})
	}
}

// A practitioner is found by their id; what cannot be is said, and what may come right later too.
func TestSlackPractitioner(t *testing.T) {
	fake := adaptertest.NewSlack(t, atKims())
	r := atDesk(t, fake, true)
	for id, want := range map[string]string{"U2": "", "T0TANDEM:U2": "", "slack:T0TANDEM:U2": "", "T0OTHER:U2": "T0OTHER", "kim": "copy the member id", "U0TANDEM": "copy the member id"} {
		got, err := r.door.practitioner(t.Context(), id)
		switch {
		case want == "" && (err != nil || got != "slack:T0TANDEM:D2"):
			t.Errorf("%s: %q %v", id, got, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %q %v", id, got, err)
		}
	}
	fake.Inject(adaptertest.SlackPage(502))
	_, err := r.door.practitioner(t.Context(), "U3")
	var refused *bot.SendError
	if !errors.As(err, &refused) || refused.Fate != bot.Later {
		t.Errorf("Slack is away: %v", err)
	}
}
