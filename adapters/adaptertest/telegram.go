// Package adaptertest holds what tests of platforms need: fakes that behave as the platforms do where it hurts, and a
// suite that every adapter runs. Everything listens on loopback only, and nothing here reads a real token.
package adaptertest

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
)

// TelegramOptions shape a fake; the zero value is well-behaved.
type TelegramOptions struct {
	BotID       int64  // 0: 81
	Username    string // "": tandem_test_bot
	FirstUpdate int64  // the first update_id; 0: 1000
	Seed        uint64 // of the faults' dice
	// Unordered delivers the updates of one chat to a webhook side by side. Telegram itself keeps the messages of a chat
	// in order, but not presses against messages; this is the harder case.
	Unordered bool
	// WebhookRetry is the wait before the third attempt of a delivery; the second is made at once, and later waits
	// double. 0: 20 ms (Telegram: 2 s).
	WebhookRetry time.Duration
}

// Telegram is a fake of the Bot API: https://core.telegram.org/bots/api. It takes requests as multipart/form-data, as
// urlencoded forms, as JSON and in the query, checks them as Telegram does, and keeps all that was accepted.
type Telegram struct {
	Token string // of the one bot that it knows

	opt    TelegramOptions
	server *httptest.Server
	stop   chan struct{}

	mu       sync.Mutex
	chats    map[int64]*Chat
	queue    []pendingUpdate // not confirmed yet, by update_id
	nextID   int64           // update_id of the next update
	messages int             // the last message_id given out
	queries  map[string]bool // callback queries: answered or not
	changed  chan struct{}   // closed and replaced whenever the queue of updates, or the webhook, changed
	polling  chan struct{}   // closed when another getUpdates takes over
	webhook  webhook
	faults   []*Fault
	dice     *rand.Rand
	calls    []Call
	menus    map[string][]models.BotCommand
}

// Call is one request that reached the fake with the right token, in the order of arrival.
type Call struct {
	Method   string
	Params   map[string]string // a JSON value that is no string stands as JSON
	Accepted bool              // it took effect, whatever was answered
}

// pendingUpdate is an update that the bot has not confirmed.
type pendingUpdate struct {
	id    int64
	kind  string // as in allowed_updates
	lane  string // updates of one lane are delivered to a webhook in order
	body  json.RawMessage
	tries int
	due   time.Time
	busy  bool
}

// NewTelegram starts a fake, which ends with the test.
func NewTelegram(t testing.TB, o TelegramOptions) *Telegram {
	t.Helper()
	f := StartTelegram(o)
	t.Cleanup(f.Close)
	return f
}

// StartTelegram starts a fake for programs that are no tests. Close ends it.
func StartTelegram(o TelegramOptions) *Telegram {
	if o.BotID == 0 {
		o.BotID = 81
	}
	if o.Username == "" {
		o.Username = "tandem_test_bot"
	}
	if o.FirstUpdate == 0 {
		o.FirstUpdate = 1000
	}
	if o.WebhookRetry == 0 {
		o.WebhookRetry = 20 * time.Millisecond
	}
	f := &Telegram{
		Token: strconv.FormatInt(o.BotID, 10) + ":fake-token-of-no-use", opt: o, stop: make(chan struct{}),
		chats: map[int64]*Chat{}, nextID: o.FirstUpdate, queries: map[string]bool{},
		changed: make(chan struct{}), dice: rand.New(rand.NewPCG(o.Seed, 81)), menus: map[string][]models.BotCommand{},
	}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	go f.deliverWebhook()
	return f
}

// URL is the address to give as TELEGRAM_API_URL.
func (f *Telegram) URL() string { return f.server.URL }

// Username is the bot's name, without the @.
func (f *Telegram) Username() string { return f.opt.Username }

// Close ends the fake and everything that waits for it.
func (f *Telegram) Close() {
	f.mu.Lock()
	select {
	case <-f.stop:
	default:
		close(f.stop)
	}
	f.mu.Unlock()
	f.server.CloseClientConnections()
	f.server.Close()
}

// Calls are the requests so far, without getUpdates, which would bury the others.
func (f *Telegram) Calls() []Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Call(nil), f.calls...)
}

// Pending is how many updates the bot has not confirmed.
func (f *Telegram) Pending() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.queue)
}

// Spinning is how many presses were not acknowledged with answerCallbackQuery.
func (f *Telegram) Spinning() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, answered := range f.queries {
		if !answered {
			n++
		}
	}
	return n
}

// Menu is the command menu that was set for a language.
func (f *Telegram) Menu(language string) []models.BotCommand {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.menus[language]
}

// PushRaw queues an update of any JSON, for garbage that no person could send. "%d" in it stands for its update_id.
func (f *Telegram) PushRaw(body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := f.nextID
	f.nextID++
	body = strings.ReplaceAll(body, "%d", strconv.FormatInt(id, 10))
	f.queue = append(f.queue, pendingUpdate{id: id, kind: "message", lane: "raw", body: json.RawMessage(body)})
	f.change()
}

// push queues an update. The caller holds the lock.
func (f *Telegram) push(kind, lane string, fill func(*models.Update)) {
	u := models.Update{ID: f.nextID}
	f.nextID++
	fill(&u)
	body, err := json.Marshal(u)
	if err != nil {
		body = []byte(`{}`) // models that this package fills always encode
	}
	f.queue = append(f.queue, pendingUpdate{id: u.ID, kind: kind, lane: lane, body: body})
	f.change()
}

// change wakes the delivery of updates. The caller holds the lock.
func (f *Telegram) change() {
	close(f.changed)
	f.changed = make(chan struct{})
}
