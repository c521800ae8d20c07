//go:build unix

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore/redistest"
)

// Redis may stand still for seconds (a fork, a swap, a snapshot of its machine). Whoever talks meanwhile is answered when
// it goes on, long before a lease ends.
func TestServe_RedisStandsStill(t *testing.T) {
	redis := redistest.Start(t)
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	r := serve(t, fake, map[string]string{
		"REDIS_URL": redis.URL(), "TANDEM_KEYSET": keysetFile(t), "TANDEM_FLOWS": "testdata/flows", "TANDEM_LEASE": "10m",
	}).ready()
	_, rest, _ := strings.Cut(redis.Text("INFO", "server"), "process_id:")
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]))
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	var clients sync.WaitGroup
	for id := range int64(3) {
		c := fake.Chat(4711 + id)
		c.Say("/survey")
		hears(t, c, "question 1")
		clients.Go(func() {
			for n := 2; n <= 8; n++ {
				c.Say(fmt.Sprint(n, " ", marker))
				if _, err := heard(c, fmt.Sprint("question ", n)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	time.Sleep(20 * time.Millisecond) // into the middle of it
	_ = process.Signal(syscall.SIGSTOP)
	time.Sleep(4 * time.Second)
	_ = process.Signal(syscall.SIGCONT)
	clients.Wait()
	r.halt()
}
