package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore"
)

// marker stands in everything that people say in these tests. It must never be in a log.
const marker = "Marmalade"

const patience = 30 * time.Second // for what takes a moment, on a slow machine

// buffer takes what a program writes, while a test reads it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// running is "tandem serve" in this process.
type running struct {
	t    *testing.T
	log  *buffer
	addr string
	stop context.CancelFunc
	code chan int
}

// serve starts the service with settings by environment, on a free port unless TANDEM_LISTEN says which.
func serve(t *testing.T, fake *adaptertest.Telegram, env map[string]string, args ...string) *running {
	t.Helper()
	all := map[string]string{
		"TELEGRAM_BOT_TOKEN": fake.Token, "TELEGRAM_API_URL": fake.URL(), "TANDEM_LISTEN": "127.0.0.1:0", "TANDEM_CHAT_RATE": "50",
	}
	for k, v := range env {
		all[k] = v
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, log: &buffer{}, stop: cancel, code: make(chan int, 1)}
	lookup := func(name string) (string, bool) { v, ok := all[name]; return v, ok }
	go func() {
		r.code <- run(ctx, append([]string{"serve"}, args...), lookup, strings.NewReader(""), io.Discard, r.log)
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case code := <-r.code:
			r.code <- code
		case <-time.After(patience):
			t.Error("the service does not stop")
		}
		r.checkLog(all["TELEGRAM_BOT_TOKEN"], all["TELEGRAM_WEBHOOK_SECRET"])
	})
	return r
}

// checkLog sees that no person's word and no secret is in the log, and that every line of it is JSON.
func (r *running) checkLog(secrets ...string) {
	r.t.Helper()
	log := r.log.String()
	for _, secret := range append(secrets, marker) {
		if secret != "" && strings.Contains(log, secret) {
			r.t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	for line := range strings.Lines(log) {
		if !strings.HasPrefix(line, "tandem: ") && !json.Valid([]byte(line)) {
			r.t.Errorf("a line of the log is no JSON: %s", line)
		}
	}
}

// up waits until the service listens, and remembers where.
func (r *running) up() *running {
	r.t.Helper()
	r.until("it listens", func() bool {
		for line := range strings.Lines(r.log.String()) {
			var entry struct{ Msg, Address string }
			if json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "listening" {
				r.addr = entry.Address
			}
		}
		return r.addr != ""
	})
	return r
}

// ready waits until /readyz says so.
func (r *running) ready() *running {
	r.t.Helper()
	r.up()
	r.until("it is ready", func() bool { status, _ := r.get("/readyz"); return status == http.StatusOK })
	return r
}

func (r *running) until(what string, ok func() bool) {
	r.t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatalf("waited in vain until %s; the log:\n%s", what, r.log.String())
		}
	}
}

// get asks the service's HTTP server; status 0: it does not answer.
func (r *running) get(path string) (status int, body string) {
	r.t.Helper()
	resp, err := http.Get("http://" + r.addr + path)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data)
}

// end waits for the exit code.
func (r *running) end() int {
	r.t.Helper()
	select {
	case code := <-r.code:
		r.code <- code
		return code
	case <-time.After(patience):
		r.t.Fatalf("the service does not end; the log:\n%s", r.log.String())
		return -1
	}
}

// halt stops the service and expects a clean end.
func (r *running) halt() time.Duration {
	r.t.Helper()
	began := time.Now()
	r.stop()
	if code := r.end(); code != exitOK {
		r.t.Fatalf("exit code %d; the log:\n%s", code, r.log.String())
	}
	return time.Since(began)
}

// hears waits until the bot has said something with these words in a chat.
func hears(t *testing.T, c *adaptertest.Chat, words string) adaptertest.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var found adaptertest.Message
	seen, err := c.Wait(ctx, func(seen []adaptertest.Message) bool {
		for _, m := range seen {
			if m.FromBot && strings.Contains(m.Text, words) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		t.Fatalf("nobody said %q: %+v", words, seen)
	}
	return found
}

// freeAddr is an address that nobody listens on, outside the range that outgoing connections take their ports from, so
// that a process can come back to it.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(20000+rand.N(10000)))
		if err == nil {
			_ = l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no free port")
	return ""
}

// keysetFile writes a new keyset.
func keysetFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys.json")
	k, err := redisstore.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstore.WriteKeyset(file, k); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestServe_LongPoll(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	data := t.TempDir()
	r := serve(t, fake, map[string]string{"TANDEM_DATA": data}).ready()
	c := fake.Chat(4711)
	c.Say("/start")
	hears(t, c, "I am Tandem")
	c.Say(marker)
	hears(t, c, "A yes or a no")
	if err := c.Press("Yes, I agree"); err != nil {
		t.Fatal(err)
	}
	hears(t, c, "set a first goal")
	r.until("there is a menu in Spanish", func() bool { return len(fake.Menu("es")) > 0 && len(fake.Menu("")) > 0 })
	if status, body := r.get("/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d %s", status, body)
	}
	r.until("nothing is in hand", func() bool { _, m := r.get("/metrics"); return strings.Contains(m, "tandem_conversations_in_hand 0") })
	_, metrics := r.get("/metrics")
	for _, want := range []string{
		"tandem_updates_received_total 3", "tandem_step_seconds_count 3", `tandem_sends_total{code="ok"}`,
		`tandem_telegram_calls_total{method="getUpdates",status="200"}`,
		`tandem_telegram_updates_total{outcome="ingested"} 3`, "tandem_ready 1",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("/metrics has no %s:\n%s", want, metrics)
		}
	}
	if took := r.halt(); took > 5*time.Second {
		t.Errorf("stopping with nothing in hand took %s", took)
	}

	// The next process goes on where this one stopped.
	serve(t, fake, map[string]string{"TANDEM_DATA": data}).ready()
	c.Say("2")
	hears(t, c, "/goal")
}

func TestServe_Webhook(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{Unordered: true})
	addr := freeAddr(t)
	secret := "secret-secret-secret-" + "of-this-test"
	r := serve(t, fake, map[string]string{
		"TANDEM_DATA": t.TempDir(), "TANDEM_LISTEN": addr, "TELEGRAM_WEBHOOK_URL": "http://" + addr + "/telegram", "TELEGRAM_WEBHOOK_SECRET": secret,
	}).ready()
	post := func(secret string) int {
		body := `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":4711,"type":"private"},"text":"` + marker + `"}}`
		req, err := http.NewRequest(http.MethodPost, "http://"+addr+"/telegram", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	if status := post("wrong"); status != http.StatusUnauthorized {
		t.Errorf("a wrong secret is answered with %d", status)
	}
	if status := post(""); status != http.StatusUnauthorized {
		t.Errorf("no secret is answered with %d", status)
	}
	if status, _ := r.get("/elsewhere"); status != http.StatusNotFound {
		t.Errorf("another path is answered with %d", status)
	}
	c := fake.Chat(4711)
	c.Say("/start")
	hears(t, c, "I am Tandem")
	c.Say("yes, " + marker)
	hears(t, c, "set a first goal")
	if n := fake.Pending(); n != 0 {
		t.Errorf("%d updates were not acknowledged", n)
	}
	r.halt()
}

func TestServe_WrongToken(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	wrong := "81:" + "not-the-token"
	r := serve(t, fake, map[string]string{"TANDEM_DATA": t.TempDir(), "TELEGRAM_BOT_TOKEN": wrong})
	if code := r.end(); code != exitSettings {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(r.log.String(), "TELEGRAM_BOT_TOKEN") {
		t.Errorf("the log does not say what is wrong:\n%s", r.log.String())
	}
}

// Telegram may be away, at the start or later: that is said, and mends itself.
func TestServe_TelegramComesAndGoes(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	away := func() {
		all := adaptertest.BadGateway()
		fake.Inject(all)
		all.Method = "getUpdates"
		fake.Inject(all)
	}
	away()
	r := serve(t, fake, map[string]string{"TANDEM_DATA": t.TempDir(), "TANDEM_FLOWS": "testdata/flows"}).up()
	r.until("it says that Telegram is away", func() bool { return strings.Contains(r.log.String(), "Telegram cannot be reached yet") })
	if status, body := r.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "telegram") {
		t.Errorf("/readyz while Telegram is away: %d %s", status, body)
	}
	fake.Heal()
	r.ready()
	c := fake.Chat(4711)
	c.Say("/survey")
	hears(t, c, "question 1")
	away()
	c.Say(marker)
	r.until("readyz knows that Telegram is away", func() bool {
		status, body := r.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, "getUpdates with status 502")
	})
	fake.Heal()
	r.ready()
	hears(t, c, "question 2")
	r.halt()
}

// The token may also be taken back while the service runs.
func TestServe_TokenTakenBack(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	r := serve(t, fake, map[string]string{"TANDEM_DATA": t.TempDir()}).ready()
	refused := adaptertest.Refuse(http.StatusUnauthorized, "Unauthorized")
	refused.Method = "getUpdates"
	fake.Inject(refused)
	fake.Chat(1).Say(marker) // ends the poll that waits
	if code := r.end(); code != exitSettings {
		t.Errorf("exit code %d; the log:\n%s", code, r.log.String())
	}
}

// A stop finishes what is in hand, and says that it takes nothing more.
func TestServe_GracefulStop(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	r := serve(t, fake, map[string]string{"TANDEM_DATA": t.TempDir(), "TANDEM_FLOWS": "testdata/flows"}).ready()
	slow := adaptertest.Slow(1500 * time.Millisecond)
	slow.Method = "sendMessage"
	fake.Inject(slow)
	c := fake.Chat(4711)
	c.Say("/survey")
	r.until("a send is under way", func() bool { _, m := r.get("/metrics"); return strings.Contains(m, "tandem_conversations_in_hand 1") })
	began := time.Now()
	r.stop()
	r.until("readyz says that it stops", func() bool {
		status, body := r.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, "stopping")
	})
	if code := r.end(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the stop took %s", took)
	}
	if len(c.FromBot()) == 0 {
		t.Error("what was in hand was not finished")
	}
}

// Where something hangs, the stop does not: the rest is left to the next process.
func TestServe_StopWithHangingSend(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	data := t.TempDir()
	env := map[string]string{"TANDEM_DATA": data, "TANDEM_FLOWS": "testdata/flows"}
	r := serve(t, fake, env).ready()
	hang := adaptertest.Slow(time.Hour)
	hang.Method = "sendMessage"
	fake.Inject(hang)
	c := fake.Chat(4711)
	c.Say("/survey")
	r.until("a send is under way", func() bool { _, m := r.get("/metrics"); return strings.Contains(m, "tandem_conversations_in_hand 1") })
	if took := r.halt(); took > 10*time.Second {
		t.Errorf("the stop took %s", took)
	}
	fake.Heal()
	serve(t, fake, env).ready()
	hears(t, c, "question 1")
}
