package main

import (
	"regexp"
	"strings"
	"testing"

	"tandem/adapters/adaptertest"
)

// Kim invites Sam from her Home page; Sam comes; she finds Sam there, writes, and suggests a goal: the whole service, by
// either way, with the connection dropped in the middle.
func TestSlack_Practice(t *testing.T) {
	for name, requests := range transports {
		t.Run(name, func(t *testing.T) {
			o := english()
			o.Names = map[string]string{"U1": "Sam", "U2": "Kimberley"} // the settings say Kim
			fake := adaptertest.NewSlack(t, o)
			r := onSlack(t, fake, requests, nil).ready()
			sam, kim := fake.DM(1), fake.DM(2)
			kim.OpenHome()
			r.atHome(fake, "Nobody is here yet")
			r.window(fake, "Invite someone", "What do you call them?", map[string]string{"name": "Sam"})
			code := regexp.MustCompile(`\b\w{4}(-\w{4})+\b`).FindString(r.reads(kim, 0, "-").Text)
			r.talk(sam, []turn{{says: code, reads: "Is it all right with you"}, {says: "yes", reads: "set a first goal"}})
			r.reads(kim, 0, "has used your invite")
			kim.OpenHome()
			r.atHome(fake, "Sam\n")
			r.atPage(fake, "Open", "That is theirs to decide")
			before := len(sam.FromBot())
			r.window(fake, "Write to Sam", "For Sam", map[string]string{"text": "See you on Monday, " + marker})
			fake.DropSockets()
			r.window(fake, "", "Kim, a person, writes to you:\n“See you on Monday", nil)
			r.reads(sam, before, "Kim, a person, writes to you:\n“See you on Monday, "+marker)
			before = len(kim.FromBot())
			r.window(fake, "Suggest a new goal", "What could the goal be?", map[string]string{"text": "a walk a day"})
			r.window(fake, "", "Kim proposes a goal for you.", nil)
			r.reads(kim, before, "Sam")
			letters := 0
			for _, m := range sam.FromBot() {
				letters += strings.Count(m.Text, "See you on Monday")
			}
			if letters != 1 {
				t.Errorf("Sam read the letter %d times", letters)
			}
			sam.OpenHome()
			r.until("Sam sees what the page is for", func() bool {
				home := fake.Home("U1")
				return home != nil && strings.Contains(home.Text, "people who work with clients")
			})
			kim.Command("/tandem", "digest")
			r.reads(kim, before, "as far as they share it")
			r.until("all is acknowledged", func() bool { return fake.Pending() == 0 })
			plainViews(t, fake)
			r.halt()
		})
	}
}

// atHome waits until Kim's App Home says something.
func (r *running) atHome(fake *adaptertest.Slack, words string) {
	r.t.Helper()
	r.until("Kim sees "+words, func() bool {
		home := fake.Home("U2")
		return home != nil && strings.Contains(home.Text, words)
	})
}

// atPage presses a button of Kim's App Home and waits for what it says then.
func (r *running) atPage(fake *adaptertest.Slack, button, words string) {
	r.t.Helper()
	if err := fake.PressHome("U2", button); err != nil {
		r.t.Fatal(err)
	}
	r.atHome(fake, words)
}

// window opens a modal by a button of Kim's App Home, unless one is open, and sends it off when it says something.
func (r *running) window(fake *adaptertest.Slack, button, words string, typed map[string]string) {
	r.t.Helper()
	if button != "" {
		if err := fake.PressHome("U2", button); err != nil {
			r.t.Fatal(err)
		}
	}
	var v *adaptertest.SlackView
	r.until("a modal says "+words, func() bool {
		v = fake.Modal("U2")
		return v != nil && strings.Contains(v.Text, words)
	})
	if err := fake.Submit(v.ID, "U2", typed); err != nil {
		r.t.Fatal(err)
	}
	r.until("it is answered", func() bool { return fake.Pending() == 0 })
}
