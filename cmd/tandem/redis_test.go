package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore/redistest"
)

// When Redis goes, the service waits for it; nothing that was said meanwhile is lost.
func TestServe_RedisComesAndGoes(t *testing.T) {
	redis := redistest.Start(t, "--appendfsync", "always")
	redis.Kill()
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	r := serve(t, fake, map[string]string{
		"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keysetFile(t), "TANDEM_FLOWS": "testdata/flows", "TANDEM_LEASE": "2s",
	}).up()
	r.until("it says that Redis is away", func() bool { return strings.Contains(r.log.String(), "Redis cannot be reached; trying again") })
	if status, _ := r.get("/healthz"); status != http.StatusOK {
		t.Errorf("/healthz while Redis is away: %d", status)
	}
	if status, body := r.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "store") {
		t.Errorf("/readyz while Redis is away: %d %s", status, body)
	}
	redis.Restart()
	r.ready()
	c := fake.Chat(4711)
	c.Say("/survey")
	hears(t, c, "question 1")

	redis.Kill()
	c.Say("one " + marker)
	r.until("readyz knows that Redis is away", func() bool { status, _ := r.get("/readyz"); return status == http.StatusServiceUnavailable })
	if status, _ := r.get("/healthz"); status != http.StatusOK {
		t.Errorf("/healthz while Redis is away: %d", status)
	}
	redis.Restart()
	r.ready()
	hears(t, c, "question 2")
	r.halt()
}

// A Redis that answers and takes no writes is no Redis to be ready with.
func TestServe_RedisTakesNoWrites(t *testing.T) {
	redis := redistest.Start(t)
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	r := serve(t, fake, map[string]string{
		"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keysetFile(t), "TANDEM_FLOWS": "testdata/flows", "TANDEM_LEASE": "2s",
	}).ready()
	c := fake.Chat(4711)
	c.Say("/survey")
	hears(t, c, "question 1")
	redis.Do("CONFIG", "SET", "maxmemory", "1")
	c.Say("one " + marker)
	r.until("readyz knows why nothing can be written", func() bool {
		status, body := r.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, "store: Redis has no memory left")
	})
	if fake.Pending() == 0 {
		t.Error("what cannot be stored was acknowledged")
	}
	redis.Do("CONFIG", "SET", "maxmemory", "0")
	r.ready()
	hears(t, c, "question 2")
	r.halt()
}

func TestServe_RefusesRedis(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	keys := keysetFile(t)
	redis := redistest.Start(t)
	env := map[string]string{"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keys}
	serve(t, fake, env).ready().halt() // makes the store
	for _, tt := range []struct {
		name, want string
		before     func()
		after      func()
		keys       string
	}{
		{
			name: "allkeys-lru", want: `maxmemory-policy is \"allkeys-lru\"|maxmemory-policy is "allkeys-lru"`,
			before: func() { redis.Do("CONFIG", "SET", "maxmemory-policy", "allkeys-lru") },
			after:  func() { redis.Do("CONFIG", "SET", "maxmemory-policy", "noeviction") },
		},
		{
			name: "data of a newer version", want: "start a newer program",
			before: func() { redis.Do("HSET", "tandem:meta", "format", "99") },
			after:  func() { redis.Do("HSET", "tandem:meta", "format", "1") },
		},
		{name: "another keyset", want: "use the keyset that the store was made with", keys: keysetFile(t)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.before != nil {
				tt.before()
				defer tt.after()
			}
			env := map[string]string{"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keys}
			if tt.keys != "" {
				env["TANDEM_KEYSET"] = tt.keys
			}
			before := redis.Do("DBSIZE")
			r := serve(t, fake, env)
			if code := r.end(); code != exitSettings {
				t.Errorf("exit code %d", code)
			}
			said := false
			for want := range strings.SplitSeq(tt.want, "|") {
				said = said || strings.Contains(r.log.String(), want)
			}
			if !said {
				t.Errorf("it does not say %s:\n%s", tt.want, r.log.String())
			}
			if after := redis.Do("DBSIZE"); after != before {
				t.Errorf("there were %s keys, and then %s", before, after)
			}
		})
	}
	serve(t, fake, env).ready().halt() // and still works as it was
}

// Data that a newer program wrote is not touched.
func TestServe_NewerDataFolder(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	dir := t.TempDir()
	env := map[string]string{"TANDEM_DATA": dir}
	serve(t, fake, env).ready().halt()
	file := filepath.Join(dir, "journal")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.IndexByte(data, 0) + 1 // the format stands behind the name
	data[at]++
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r := serve(t, fake, env)
	if code := r.end(); code != exitSettings {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(r.log.String(), "newer") {
		t.Errorf("it does not say why:\n%s", r.log.String())
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, data) {
		t.Errorf("the journal was changed: %v", err)
	}
}

// A folder is used by one process.
func TestServe_DataFolderInUse(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	env := map[string]string{"TANDEM_DATA": t.TempDir()}
	serve(t, fake, env).ready()
	r := serve(t, fake, env)
	if code := r.end(); code != exitSettings || !strings.Contains(r.log.String(), "in use") {
		t.Errorf("exit code %d:\n%s", code, r.log.String())
	}
}

func TestDoctor_Redis(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	redis := redistest.Start(t, "--appendonly", "no")
	env := map[string]string{
		"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keysetFile(t), "TELEGRAM_BOT_TOKEN": fake.Token, "TELEGRAM_API_URL": fake.URL(),
	}
	doctor := func() (int, string) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		var out buffer
		code := run(ctx, []string{"doctor"}, func(name string) (string, bool) { v, ok := env[name]; return v, ok }, strings.NewReader(""), &out, io.Discard)
		if strings.Contains(out.String(), fake.Token) {
			t.Errorf("the token is in it:\n%s", out.String())
		}
		return code, out.String()
	}
	if code, out := doctor(); code != exitProblem || !strings.Contains(out, "problem  redis      the server keeps no append-only file") ||
		!strings.Contains(out, "-> set appendonly yes") || !strings.Contains(out, "ok       telegram   the token 81:*** is that of @tandem_test_bot") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	redis.Do("CONFIG", "SET", "appendonly", "yes")
	time.Sleep(100 * time.Millisecond)
	if code, out := doctor(); code != exitOK || !strings.Contains(out, "ok       redis      can be used") || !strings.Contains(out, "ok       clock") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	redis.Kill()
	if code, out := doctor(); code != exitProblem || !strings.Contains(out, "could not be reached") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
}
