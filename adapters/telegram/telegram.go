// Package telegram connects Tandem to Telegram: it decodes updates, renders and sends messages, and says what a refusal
// means. It follows the Bot API as documented at https://core.telegram.org/bots/api.
//
// The calls go through net/http, not through the library's client, which forgets the HTTP status, puts response bodies
// (a person's words) into its errors and starts a goroutine per request; the library's models name the wire.
//
// In a group, Tandem takes in only what is meant for it: commands, messages that mention the bot by its name, replies to
// the bot, and presses of its buttons. Everything else that is said there is dropped before it is stored.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"tandem/bot"
)

// official is the address of Telegram's own Bot API server.
const official = "https://api.telegram.org"

// ErrToken says that Telegram does not know the bot's token. Trying again does not help.
var ErrToken = errors.New("telegram refused the bot's token: check TELEGRAM_BOT_TOKEN")

// Ingest takes one update in. Once it returns nil, the update is stored for good and may be acknowledged to Telegram
// (invariant 3). Taking the same delivery in twice must do no harm. Where Ingest is called for a webhook, ctx ends with
// the request: work that goes on needs a context of its own.
type Ingest func(ctx context.Context, u bot.Update) error

// Options are the settings of the adapter. Token alone is required.
type Options struct {
	Token       string               // from BotFather: "<bot id>:<secret>"
	APIURL      string               // the Bot API server; empty: api.telegram.org
	HTTPClient  *http.Client         // nil: one of our own, which follows no redirects, as they carry the token away. Its Timeout must be 0
	Logger      *slog.Logger         // nil: silent. Never given a person's words, the token, or an address holding it
	Commands    map[string][]Command // the command menu by language (two letters); "" for all other languages
	Description map[string]string    // what an empty chat shows, by language likewise; at most 512 characters
	Sequencer   bot.Sequencer        // nil: updates of a webhook are never held
	Now         func() time.Time     // nil: time.Now. Only for presses, whose time Telegram does not tell
	PollTimeout time.Duration        // how long one getUpdates waits; 0: 50 s
	CallTimeout time.Duration        // of every other call, shorter than a lease; 0: 20 s
	Retry       time.Duration        // the first back-off wait, doubled up to 64 times itself; 0: 500 ms
}

// Telegram is one bot. It is safe for use by several goroutines.
type Telegram struct {
	opt    Options
	base   string // "<server>/bot<token>/": never logged
	log    *slog.Logger
	self   atomic.Pointer[Self]
	acks   chan struct{}
	counts counters
}

// Self is the bot as Telegram knows it.
type Self struct {
	ID       int64
	Username string // without the @; empty before Check succeeded, and then mentions in groups are not recognised
}

// New checks the settings and makes an adapter. It contacts nobody.
func New(o Options) (*Telegram, error) {
	id, err := botID(o.Token)
	if err != nil {
		return nil, err
	}
	if o.APIURL == "" {
		o.APIURL = official
	}
	if u, err := url.Parse(o.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, errors.New("TELEGRAM_API_URL is not an http or https address")
	}
	if err := checkMenus(o.Commands, o.Description); err != nil {
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
	defaultTo(&o.PollTimeout, 50*time.Second)
	defaultTo(&o.CallTimeout, 20*time.Second)
	defaultTo(&o.Retry, 500*time.Millisecond)
	t := &Telegram{
		opt:  o,
		base: strings.TrimRight(o.APIURL, "/") + "/bot" + o.Token + "/",
		log:  o.Logger.With("platform", "telegram", "bot", id),
		acks: make(chan struct{}, maxAcks),
	}
	t.self.Store(&Self{ID: id})
	return t, nil
}

// Check asks Telegram who the bot is (getMe) and returns its username. A token that Telegram does not know is ErrToken.
func (t *Telegram) Check(ctx context.Context) (username string, err error) {
	var me models.User
	if err := t.call(ctx, t.opt.CallTimeout, "getMe", nil, &me); err != nil {
		if refusesToken(err) {
			return "", ErrToken
		}
		return "", err
	}
	t.self.Store(&Self{ID: me.ID, Username: me.Username})
	return me.Username, nil
}

// Self is the bot: its id from the token, its username once Check has learned it.
func (t *Telegram) Self() Self { return *t.self.Load() }

// botID reads the bot's id off its token: it is the part before the colon.
func botID(token string) (int64, error) {
	if token == "" {
		return 0, errors.New("TELEGRAM_BOT_TOKEN is empty: ask @BotFather for one")
	}
	if !regexp.MustCompile(`^[0-9]{1,19}:[A-Za-z0-9_-]{1,128}$`).MatchString(token) {
		return 0, errors.New("TELEGRAM_BOT_TOKEN does not look like a token (digits, a colon, letters)")
	}
	head, _, _ := strings.Cut(token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil {
		return 0, errors.New("TELEGRAM_BOT_TOKEN begins with a number that is too large")
	}
	return id, nil
}

// conversation names a chat the way the rest of Tandem does.
func conversation(chat int64) string { return "telegram:" + strconv.FormatInt(chat, 10) }

// chatID is its inverse.
func chatID(conversation string) (int64, error) {
	s, ok := strings.CutPrefix(conversation, "telegram:")
	id, err := strconv.ParseInt(s, 10, 64)
	if !ok || err != nil || id == 0 {
		return 0, fmt.Errorf("not a conversation on Telegram")
	}
	return id, nil
}

func defaultTo(d *time.Duration, def time.Duration) {
	if *d <= 0 {
		*d = def
	}
}
