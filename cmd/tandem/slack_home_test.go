package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

// Kim looks at her caseload, filters it, pages through it and opens a client.
func TestSlackHome(t *testing.T) {
	for name, requests := range transports {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, atKims())
			r := atDesk(t, fake, requests)
			fake.DM(2).OpenHome()
			first := r.sees("U2", "a goal to agree on")
			if got := strings.Join(first.Labels(), ", "); got != "All · 22, Waiting · 1, Well · 0, Open, More, Invite someone" {
				t.Errorf("buttons %s", got)
			}
			r.press("More")
			r.sees("U2", "Ana\n<!channel> *well*")
			r.press("Earlier")
			r.sees("U2", "Sam")
			r.press("Well · 0")
			r.sees("U2", "Nobody here.")
			r.press("Waiting · 1")
			r.sees("U2", "Sam")
			r.press("Open")
			page := r.sees("U2", "What you don't see here is private.")
			if got := strings.Join(page.Labels(), ", "); got != "Back to everybody, Write to Sam, Suggest something, Suggest a new goal" {
				t.Errorf("buttons %s", got)
			}
			r.until("the chart is there", func() bool { return len(fake.Home("U2").Pictures) == 1 })
			if files := fake.Files(); len(files) != 1 || files[0].Shared != "" || files[0].Name != "chart.png" {
				t.Errorf("files %+v", files)
			}
			r.press("Back to everybody")
			r.sees("U2", "Your clients")
			if got := r.kept(); len(got) != 0 {
				t.Errorf("the bot was told of %+v", got)
			}
			if said := fake.DM(2).FromBot(); len(said) != 0 {
				t.Errorf("said %+v", said)
			}
		})
	}
}

// Whoever is no practitioner is told what the page is for, in their language.
func TestSlackHome_Stranger(t *testing.T) {
	for locale, want := range map[string]string{"en-GB": "This page is for the people who work with clients", "es-MX": "Esta página es para quienes acompañan"} {
		fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Locale: locale})
		r := atDesk(t, fake, true)
		fake.DM(5).OpenHome()
		if home := r.sees("U5", want); strings.Contains(home.Text, "Sam") || len(home.Buttons) != 0 {
			t.Errorf("a stranger sees %+v", home)
		}
	}
}

// A client who is gone, charts that cannot be: the page says what it can.
func TestSlackHome_Without(t *testing.T) {
	t.Run("the client", func(t *testing.T) {
		fake := adaptertest.NewSlack(t, atKims())
		r := atDesk(t, fake, true)
		fake.DM(2).OpenHome()
		r.sees("U2", "Sam")
		r.press("More")
		r.sees("U2", "Ana")
		r.press("Open")
		r.sees("U2", "not among yours any more")
	})
	t.Run("uploads", func(t *testing.T) {
		fake := adaptertest.NewSlack(t, atKims())
		refused := adaptertest.SlackRefuse("missing_scope")
		refused.Method = "files.getUploadURLExternal"
		fake.Inject(refused)
		r := atDesk(t, fake, true)
		r.page()
		r.sees("U2", "the latest last: 4, 6")
		r.until("an upload was tried", func() bool { return calls(fake, "files.getUploadURLExternal") == 1 })
		r.sees("U2", "the latest last: 4, 6")
	})
	t.Run("the chart at hand", func(t *testing.T) {
		fake := adaptertest.NewSlack(t, atKims())
		r := atDesk(t, fake, true)
		r.page()
		r.until("the chart is there", func() bool { return len(fake.Home("U2").Pictures) == 1 })
		gone := adaptertest.SlackRefuse("invalid_blocks") // somebody deleted the file
		gone.Method, gone.Times = "views.publish", 1
		r.press("Back to everybody")
		r.sees("U2", "Your clients")
		fake.Inject(gone)
		r.press("Open")
		r.until("another chart is there", func() bool { return len(fake.Files()) == 2 && len(fake.Home("U2").Pictures) == 1 })
	})
}

func calls(fake *adaptertest.Slack, method string) (n int) {
	for _, call := range fake.Calls() {
		if call.Method == method {
			n++
		}
	}
	return n
}

// However Slack refuses to show a page, updates come in meanwhile, and in the end the last thing that was wanted is shown.
func TestSlackHome_Trouble(t *testing.T) {
	for name, ft := range map[string]adaptertest.SlackFault{
		"too many": adaptertest.SlackTooMany(1), "away": adaptertest.SlackPage(502), "dropped": adaptertest.SlackDrop(),
		"slow": adaptertest.SlackSlow(300 * time.Millisecond),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := adaptertest.NewSlack(t, atKims())
			r := atDesk(t, fake, true)
			fake.DM(2).OpenHome()
			r.sees("U2", "Your clients")
			ft.Method, ft.Times = "views.publish", 1
			fake.Inject(ft)
			r.press("Waiting · 1")
			for range 20 {
				r.press("All · 22")
			}
			r.press("Well · 0")
			fake.DM(5).Say("hello, " + marker)
			r.until("the message is taken in", func() bool { return len(r.kept()) == 1 })
			r.settled()
			r.sees("U2", "Nobody here.")
		})
	}
}

// The application's trouble leaves what was shown, and the next opening mends it.
func TestSlackHome_StoreAway(t *testing.T) {
	fake := adaptertest.NewSlack(t, atKims())
	r := atDesk(t, fake, true)
	r.cases.away = errors.New("the store is away")
	fake.DM(2).OpenHome()
	r.until("it is told", func() bool { return strings.Contains(r.log.String(), "an App Home could not be shown") })
	if fake.Home("U2") != nil {
		t.Error("something is shown")
	}
	r.cases.mu.Lock()
	r.cases.away = nil
	r.cases.mu.Unlock()
	fake.DM(2).OpenHome()
	r.sees("U2", "Sam")
}

// homes keeps at most so many waiting, and one for each person.
func TestHomes_Bounded(t *testing.T) {
	shown := make(chan wish, 2*homesWaiting)
	h := newHomes(func(_ context.Context, w wish) error { shown <- w; return nil })
	for i := range homesWaiting + 10 {
		h.want(wish{user: string(rune('a' + i%5)), tries: i})
	}
	if len(h.turns) != 5 || len(h.wanted) != 5 {
		t.Fatalf("%d turns for 5 people", len(h.turns))
	}
	for i := range homesWaiting {
		h.want(wish{user: string(rune(0x4e00 + i))})
	}
	if len(h.turns) != homesWaiting || len(h.wanted) != homesWaiting {
		t.Errorf("%d wait, want %d", len(h.wanted), homesWaiting)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.run(ctx); close(done) }()
	last := map[string]int{}
	for range homesWaiting {
		w := <-shown
		last[w.user] = w.tries
	}
	cancel()
	<-done
	if last["a"] != homesWaiting+6 || len(shown) != 0 || len(h.wanted) != 0 || len(h.busy) != 0 {
		t.Errorf("a was shown %d; %d too many; %d are left", last["a"], len(shown), len(h.wanted))
	}
}

// The pages speak every language that Tandem speaks.
func TestSlackHome_Languages(t *testing.T) {
	r := atDesk(t, adaptertest.NewSlack(t, atKims()), true)
	if ours, all := r.door.words.Languages(), r.door.lib.Languages(); !slices.Equal(ours, slices.Sorted(slices.Values(all))) {
		t.Errorf("the pages speak %v, and Tandem %v", ours, all)
	}
}
