package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

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
	c.Say("yes")
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
