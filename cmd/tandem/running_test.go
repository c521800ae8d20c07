package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
	return launch(t, all, args...)
}

// launch starts the service with these settings and no others.
func launch(t *testing.T, env map[string]string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, log: &buffer{}, stop: cancel, code: make(chan int, 1)}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
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
		for name, value := range env {
			if strings.HasSuffix(name, "_TOKEN") || strings.HasSuffix(name, "_SECRET") {
				r.checkLog(value)
			}
		}
		r.checkLog()
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
	found, err := heard(c, words)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// heard is hears for goroutines beside the test's own.
func heard(c *adaptertest.Chat, words string) (found adaptertest.Message, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
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
		err = fmt.Errorf("nobody said %q: %+v: %w", words, seen, err)
	}
	return found, err
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
