package slack

import "testing"

func TestSpellCommands(t *testing.T) {
	s := &Slack{opt: Options{Commands: map[string]string{"goals": "my-goals", "reminders": "reminders"}}}
	for said, want := range map[string]string{
		"Under /goals you find it.":          "Under /tandem goals you find it.",
		"/reminders shows when.":             "/tandem reminders shows when.",
		"“/goals” or (/reminders)":           "“/tandem goals” or (/tandem reminders)",
		"and/or, 1/2, https://a.test/goals":  "and/or, 1/2, https://a.test/goals",
		"/nothing here, /goalscorer neither": "/nothing here, /goalscorer neither",
	} {
		if got := s.spellCommands(said); got != want {
			t.Errorf("%q is spelt %q, want %q", said, got, want)
		}
	}
	if got := (&Slack{}).spellCommands("/goals"); got != "/goals" {
		t.Errorf("without commands: %q", got)
	}
}
