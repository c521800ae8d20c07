// Package slack connects Tandem to Slack: it decodes events, interactions and slash commands, renders and sends messages
// in Block Kit, and says what a refusal means. It follows the documentation at https://docs.slack.dev.
//
// The calls go through net/http, not through the library's client, whose errors hold what Slack says of a bad block, and
// so a person's words; the library's types name the blocks. Socket Mode is read from the websocket itself, so that an
// envelope is acknowledged after it was stored and not before, and its content is in no log.
//
// One adapter is one bot in one workspace. A conversation is "slack:<workspace>:<channel>", where the channel of a direct
// message begins with D; "slack:<workspace>:<channel>:<ts>" is a thread in it. The workspace is part of the name, so that
// two workspaces never mix, also where they share a channel.
//
// In a channel, Tandem takes in only what is meant for it: messages that mention the bot, replies in a thread that the
// bot began, commands, and presses of its buttons. Everything else that is said there is dropped before it is stored.
// What is said in a thread belongs to the conversation that the thread hangs on.
package slack

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"tandem/bot"
)

// official is the address of Slack's own Web API.
const official = "https://slack.com/api"

// ErrToken says that Slack does not take the token. Trying again does not help.
var ErrToken = errors.New("slack refused the token: check SLACK_BOT_TOKEN, for Socket Mode SLACK_APP_TOKEN, and their scopes")

// Ingest takes one update in. Once it returns nil, the update is stored for good and may be acknowledged to Slack
// (invariant 3). Taking the same delivery in twice must do no harm. ctx ends when Slack waits no longer.
type Ingest func(ctx context.Context, u bot.Update) error

// Modal takes in what was sent off with a modal, and says what becomes of the modal. It fails where that is not stored,
// and the person is told by Slack to try again; what they typed is still there. ctx ends when Slack waits no longer.
type Modal func(ctx context.Context, u bot.Update) (Reply, error)

// Options are the settings of the adapter. Token alone is required.
type Options struct {
	Token        string            // the bot's: "xoxb-..."
	AppToken     string            // of the app, with connections:write: "xapp-...". For Socket Mode alone
	APIURL       string            // the Web API; empty: slack.com/api
	Commands     map[string]string // the application's by name, such as "goals": written as /tandem goals
	HTTPClient   *http.Client      // nil: one of our own, which follows no redirects, as they carry the token away
	Logger       *slog.Logger      // nil: silent. Never given a person's words, a token, or an address holding one
	Now          func() time.Time  // nil: time.Now. For signatures, and for commands, whose time Slack does not tell
	CallTimeout  time.Duration     // of one call, shorter than a lease; 0: 20 s
	Modal        Modal             // nil: what is sent off with a modal is ingested like everything else, and the modal closes
	StoreTimeout time.Duration     // of storing one update, shorter than the 3 s that Slack waits; 0: 2.5 s
	Retry        time.Duration     // the first back-off wait of Socket Mode, doubled up to 64 times itself; 0: 500 ms
}

// Slack is one bot in one workspace. It is safe for use by several goroutines.
type Slack struct {
	opt    Options
	base   string // "<server>/"
	log    *slog.Logger
	self   atomic.Pointer[Self]
	counts counters
	open   atomic.Int64 // connections of Socket Mode that Slack has greeted
}

// Self is the bot as Slack knows it, once Check has learned it.
type Self struct {
	Team string // the workspace; empty: that of each event is believed
	User string // the bot's user id, which mentions name
}

// New checks the settings and makes an adapter. It contacts nobody.
func New(o Options) (*Slack, error) {
	if err := checkOptions(&o); err != nil {
		return nil, err
	}
	if o.HTTPClient == nil {
		o.HTTPClient = newHTTPClient()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	defaultTo(&o.CallTimeout, 20*time.Second)
	defaultTo(&o.StoreTimeout, 2500*time.Millisecond)
	defaultTo(&o.Retry, 500*time.Millisecond)
	s := &Slack{opt: o, base: strings.TrimRight(o.APIURL, "/") + "/", log: o.Logger.With("platform", "slack")}
	s.self.Store(&Self{})
	return s, nil
}

func checkOptions(o *Options) error {
	switch {
	case o.Token == "":
		return errors.New("SLACK_BOT_TOKEN is empty: install the app and copy its Bot User OAuth Token")
	case !strings.HasPrefix(o.Token, "xoxb-") || strings.ContainsAny(o.Token, " \t\r\n"):
		return errors.New("SLACK_BOT_TOKEN does not look like a bot's token (xoxb-...)")
	case o.AppToken != "" && (!strings.HasPrefix(o.AppToken, "xapp-") || strings.ContainsAny(o.AppToken, " \t\r\n")):
		return errors.New("SLACK_APP_TOKEN does not look like an app's token (xapp-...)")
	}
	if o.APIURL == "" {
		o.APIURL = official
	}
	if u, err := url.Parse(o.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return errors.New("SLACK_API_URL is not an http or https address")
	}
	return nil
}

// Check asks Slack who the bot is (auth.test). Every process calls it before it takes anything in: without it, mentions
// are not recognised. A token that Slack does not take is ErrToken.
func (s *Slack) Check(ctx context.Context) (Self, error) {
	var me struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
	}
	if err := s.read(ctx, "auth.test", nil, &me); err != nil {
		if refusesToken(err) {
			return Self{}, ErrToken
		}
		return Self{}, err
	}
	if !isID(me.Team) || !isID(me.User) {
		return Self{}, errors.New("slack auth.test: no workspace and user in the answer: check SLACK_API_URL")
	}
	self := Self{Team: me.Team, User: me.User}
	s.self.Store(&self)
	return self, nil
}

// Scopes are what the bot's token must be allowed to do, in the order of the alphabet: those of the manifests.
func Scopes() []string {
	return []string{"app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write", "users:read"}
}

// Self is the bot, empty before Check succeeded.
func (s *Slack) Self() Self { return *s.self.Load() }

func defaultTo(d *time.Duration, def time.Duration) {
	if *d <= 0 {
		*d = def
	}
}
