package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

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
