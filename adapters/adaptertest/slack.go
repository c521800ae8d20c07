package adaptertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// SlackOptions shape a fake; the zero value is well-behaved.
type SlackOptions struct {
	Team string // the workspace; "": T0TANDEM
	User string // the bot's user; "": U0TANDEM
	// Scopes are what the bot's token may do, comma by comma; "": what the Web API does not tell.
	Scopes string
	Locale string // of everybody's app; "": es-ES
	// Names are what people call themselves, by their id. Whoever is not in it is Ana.
	Names map[string]string
	// Retry is what stands for the minute before the third attempt of a delivery; the second is made at once, and all
	// later ones wait five times as long. Unlike Slack, which gives up after the fourth, it goes on. 0: 20 ms.
	Retry time.Duration
	// Timeout is how long a delivery waits for its answer; 0: 3 s.
	Timeout time.Duration
	// Unordered delivers side by side; else one after another, but for what waits to be tried again.
	Unordered bool
}

// Slack is a fake of Slack: its Web API (https://docs.slack.dev/apis/web-api), its signed requests and Socket Mode. It
// checks blocks by Slack's limits with code of its own, and keeps all that was accepted.
type Slack struct {
	Token         string // of the one bot that it knows
	AppToken      string // for Socket Mode
	SigningSecret string

	opt    SlackOptions
	server *httptest.Server
	stop   chan struct{}

	mu      sync.Mutex
	chats   map[string]*SlackChat // by channel
	clock   int64                 // the last ts given out, in microseconds
	serial  int                   // of events, triggers, envelopes, files, views
	queue   []*slackDelivery
	changed chan struct{} // closed and replaced whenever the queue, or where it goes, changed
	hook    string        // where requests are sent to; "": nowhere
	sockets []*slackSocket
	tickets map[string]bool
	faults  []*SlackFault
	calls   []SlackCall
	views   map[string]*SlackView
	homes   map[string]*SlackView // by user
	acted   map[string]string     // who did what a trigger is of
	used    map[string]bool       // triggers that a modal was opened with
	last    *slackDelivery        // of what is no event
	files   map[string]*SlackFile
	revoked bool
	answer  string // the app's to the last delivery
}

// SlackCall is one request to the Web API with a right token, in the order of arrival.
type SlackCall struct {
	Method   string
	Params   map[string]json.RawMessage // what came as a form stands as JSON strings
	Accepted bool                       // it took effect, whatever was answered
}

// SlackFile is a file that was uploaded.
type SlackFile struct {
	ID, Name, Title string
	Body            []byte
	Shared          string // the channel; "": none
	Done            bool   // completed: blocks can show it

	length int
}

// NewSlack starts a fake, which ends with the test.
func NewSlack(t testing.TB, o SlackOptions) *Slack {
	t.Helper()
	f := StartSlack(o)
	t.Cleanup(f.Close)
	return f
}

// StartSlack starts a fake for programs that are no tests. Close ends it.
func StartSlack(o SlackOptions) *Slack {
	if o.Team == "" {
		o.Team = "T0TANDEM"
	}
	if o.User == "" {
		o.User = "U0TANDEM"
	}
	if o.Locale == "" {
		o.Locale = "es-ES"
	}
	if o.Retry == 0 {
		o.Retry = 20 * time.Millisecond
	}
	if o.Timeout == 0 {
		o.Timeout = 3 * time.Second
	}
	f := &Slack{
		Token: "xoxb-fake-token-of-no-use", AppToken: "xapp-fake-token-of-no-use", SigningSecret: "fake-signing-secret",
		opt: o, stop: make(chan struct{}), changed: make(chan struct{}), chats: map[string]*SlackChat{},
		tickets: map[string]bool{}, views: map[string]*SlackView{}, homes: map[string]*SlackView{}, files: map[string]*SlackFile{},
		acted: map[string]string{}, used: map[string]bool{},
	}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	go f.deliverAll()
	return f
}

// URL is the address to give as SLACK_API_URL.
func (f *Slack) URL() string { return f.server.URL + "/api" }

// Team is the workspace's id.
func (f *Slack) Team() string { return f.opt.Team }

// User is the bot's user id.
func (f *Slack) User() string { return f.opt.User }

// Close ends the fake and everything that waits for it.
func (f *Slack) Close() {
	f.mu.Lock()
	select {
	case <-f.stop:
	default:
		close(f.stop)
	}
	for _, s := range f.sockets {
		_ = s.conn.Close()
	}
	f.mu.Unlock()
	f.server.CloseClientConnections()
	f.server.Close()
}

// Calls are the requests to the Web API so far.
func (f *Slack) Calls() []SlackCall {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]SlackCall(nil), f.calls...)
}

// Pending is how many deliveries were not acknowledged.
func (f *Slack) Pending() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.queue)
}

// Sockets is how many connections of Socket Mode are open.
func (f *Slack) Sockets() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.sockets)
}

// RevokeTokens makes every token worthless.
func (f *Slack) RevokeTokens() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revoked = true
}

// Files are the uploads, shared or not.
func (f *Slack) Files() []SlackFile {
	f.mu.Lock()
	defer f.mu.Unlock()
	var files []SlackFile
	for _, file := range f.files {
		files = append(files, *file)
	}
	return files
}

// The rest is for holders of the lock.

// change wakes the delivery.
func (f *Slack) change() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// tick gives the next ts out: no two are the same.
func (f *Slack) tick() string {
	f.clock = max(f.clock+1, time.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", f.clock/1_000_000, f.clock%1_000_000)
}

// next gives an id out.
func (f *Slack) next(prefix string) string {
	f.serial++
	return fmt.Sprintf("%s%08d", prefix, f.serial)
}
