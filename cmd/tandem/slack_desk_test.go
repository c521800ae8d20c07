package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/bot"
	"tandem/bot/desk"
)

// caseload is what the application would tell: Kim, whose direct message is D2, works with Sam and Ana.
type caseload struct {
	mu    sync.Mutex
	asked []desk.Filter
	away  error // what everything fails with; nil: nothing
}

func (c *caseload) for2(conversation string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away == nil && conversation != "slack:T0TANDEM:D2" {
		return bot.ErrNotPractitioner
	}
	return c.away
}

func (c *caseload) Overview(_ context.Context, conversation string, filter desk.Filter, from int) (desk.Overview, error) {
	if err := c.for2(conversation); err != nil {
		return desk.Overview{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, filter)
	o := desk.Overview{Title: "Your clients", Filter: filter, From: from, Empty: "Nobody here.",
		Counts: []desk.Count{{Filter: desk.All, Label: "All", N: 22}, {Filter: desk.ForYou, Label: "Waiting", N: 1}, {Filter: desk.Well, Label: "Well", N: 0}}}
	sam := desk.Row{Case: "c1", Name: "Sam", Status: "last heard on Monday", Waiting: "a goal to agree on"}
	switch {
	case filter == desk.Well:
	case filter == desk.ForYou:
		o.Rows = []desk.Row{sam}
	case from == 0:
		o.Rows, o.More = []desk.Row{sam}, 1
	default:
		o.Rows = []desk.Row{{Case: "c2", Name: "Ana", Status: "<!channel> *well*"}}
	}
	return o, nil
}

func (c *caseload) CasePage(_ context.Context, conversation, caseID string) (desk.Page, error) {
	if err := c.for2(conversation); err != nil {
		return desk.Page{}, err
	}
	if caseID != "c1" {
		return desk.Page{}, bot.ErrNoCase
	}
	return desk.Page{Case: "c1", Name: "Sam", Lines: []string{"with you since May"}, Private: "What you don't see here is private.", Goals: []desk.Goal{{
		ID: "g1", Version: 2, Title: "quiet mornings", Ratings: []desk.Rating{{Value: 4}, {Value: 6}}, Shared: []string{"slept well, " + marker}}}}, nil
}

func (c *caseload) Chart(_ context.Context, conversation, _, _ string) ([]byte, error) {
	if err := c.for2(conversation); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 24)))
	return b.Bytes(), err
}

// deskRig is one process's door on a fake, and what it took in.
type deskRig struct {
	t     *testing.T
	fake  *adaptertest.Slack
	door  *slackDoor
	cases *caseload
	log   *buffer
	end   func()
	hook  string // where requests go

	mu      sync.Mutex
	updates []bot.Update // once each, as the store keeps them
	away    bool         // the store
}

// atDesk starts a door with an office behind it, by requests or by Socket Mode.
func atDesk(t *testing.T, fake *adaptertest.Slack, requests bool) *deskRig {
	t.Helper()
	lib, err := loadFlows("")
	if err != nil {
		t.Fatal(err)
	}
	r := &deskRig{t: t, fake: fake, cases: &caseload{}, log: &buffer{}}
	p := &plan{lib: lib, log: slog.New(slog.NewJSONHandler(r.log, nil))}
	p.Slack = slackSettings{Token: fake.Token, AppToken: fake.AppToken, APIURL: fake.URL()}
	if r.door, err = p.newSlack(nil, time.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := r.door.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.door.receive, r.door.office = r.keep, r.cases
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { r.door.homes.run(ctx) })
	if requests {
		server := httptest.NewServer(r.door.Webhook(fake.SigningSecret, r.door.ingest))
		r.hook = server.URL
		fake.Deliver(r.hook)
		context.AfterFunc(ctx, server.Close)
	} else {
		running.Go(func() { _ = r.door.Socket(ctx, r.door.ingest) })
		r.until("it is connected", r.door.Connected)
	}
	r.end = func() { cancel(); running.Wait() }
	t.Cleanup(func() {
		r.end()
		if strings.Contains(r.log.String(), marker) {
			t.Errorf("the log holds somebody's words:\n%s", r.log)
		}
		plainViews(t, fake)
	})
	return r
}

// plainViews sees that no view has mark-up that Slack would read.
func plainViews(t *testing.T, fake *adaptertest.Slack) {
	t.Helper()
	for _, call := range fake.Calls() {
		if bytes.Contains(call.Params["view"], []byte("mrkdwn")) {
			t.Errorf("%s shows mark-up: %s", call.Method, call.Params["view"])
		}
	}
}

func (r *deskRig) keep(_ context.Context, u bot.Update) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return errors.New("the store is away")
	}
	for _, known := range r.updates {
		if known.Delivery == u.Delivery {
			return nil
		}
	}
	r.updates = append(r.updates, u)
	return nil
}

func (r *deskRig) storeAway(away bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away = away
}

func (r *deskRig) kept() []bot.Update {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]bot.Update(nil), r.updates...)
}

func (r *deskRig) until(what string, ok func() bool) {
	r.t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatalf("waited in vain until %s; the log:\n%s", what, r.log)
		}
	}
}

// sees waits until a person's App Home says something.
func (r *deskRig) sees(user, words string) *adaptertest.SlackView {
	r.t.Helper()
	var home *adaptertest.SlackView
	r.until(user+" sees "+words, func() bool {
		home = r.fake.Home(user)
		return home != nil && strings.Contains(home.Text, words)
	})
	return home
}

func (r *deskRig) press(label string) {
	r.t.Helper()
	if err := r.fake.PressHome("U2", label); err != nil {
		r.t.Fatal(err)
	}
}

// reads waits until Kim has a modal before her that says something.
func (r *deskRig) reads(words string) *adaptertest.SlackView {
	r.t.Helper()
	var v *adaptertest.SlackView
	r.until("a modal reads "+words, func() bool {
		v = r.fake.Modal("U2")
		return v != nil && strings.Contains(v.Text, words)
	})
	return v
}

// submits sends a modal off and waits until it was answered.
func (r *deskRig) submits(v *adaptertest.SlackView, typed map[string]string) {
	r.t.Helper()
	if err := r.fake.Submit(v.ID, "U2", typed); err != nil {
		r.t.Fatal(err)
	}
	r.settled()
}

func (r *deskRig) settled() {
	r.t.Helper()
	r.until("everything is acknowledged", func() bool { return r.fake.Pending() == 0 })
}

// page opens the App Home, and Sam's page in it.
func (r *deskRig) page() {
	r.t.Helper()
	r.fake.DM(2).OpenHome()
	r.sees("U2", "Sam\nlast heard on Monday")
	r.press("Open")
	r.sees("U2", "quiet mornings")
}

var transports = map[string]bool{"requests": true, "Socket Mode": false}

func atKims() adaptertest.SlackOptions {
	return adaptertest.SlackOptions{Locale: "en-GB", Names: map[string]string{"U2": "Kim"}, Retry: time.Millisecond}
}

var _ office = (*caseload)(nil)
