package main

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
)

// A first signal stops the service in good order, a second one at once.
func TestServe_Signals(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	binary := buildTandem(t)
	data := t.TempDir()
	begin := func() (*exec.Cmd, *buffer) {
		addr, log := freeAddr(t), &buffer{}
		cmd := exec.Command(binary, "serve")
		cmd.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+fake.Token, "TELEGRAM_API_URL="+fake.URL(), "TANDEM_LISTEN="+addr,
			"TANDEM_DATA="+data, "TANDEM_FLOWS=testdata/flows")
		cmd.Stderr = log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			resp, err := http.Get("http://" + addr + "/readyz")
			if err == nil {
				_ = resp.Body.Close()
				if resp.StatusCode == http.StatusOK {
					return cmd, log
				}
			}
			if time.Now().After(end) {
				t.Fatalf("not ready:\n%s", log)
			}
		}
	}
	cmd, log := begin()
	began := time.Now()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("SIGTERM: %v after %s:\n%s", err, time.Since(began), log)
	}

	hang := adaptertest.Slow(time.Hour)
	hang.Method = "sendMessage"
	fake.Inject(hang)
	cmd, log = begin()
	fake.Chat(4711).Say("/survey")
	for end := time.Now().Add(patience); fake.Pending() > 0 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		continue // until it is acknowledged, and so in hand
	}
	_ = cmd.Process.Signal(syscall.SIGINT)
	for end := time.Now().Add(patience); !strings.Contains(log.String(), "stopping") && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		continue
	}
	began = time.Now()
	_ = cmd.Process.Signal(syscall.SIGINT)
	if err := cmd.Wait(); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("a second SIGINT: %v after %s:\n%s", err, time.Since(began), log)
	}
}
