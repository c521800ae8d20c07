package redisstore_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/bot"
)

// jsonValue is shorter to write.
type jsonValue = json.RawMessage

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("REDISSTORE_TEST_WRITER"); dir != "" {
		writeForever(dir)
	}
	redisstore.LogClient(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// writeForever ingests into an embedded store from many goroutines and prints each update that was acknowledged.
func writeForever(dir string) {
	s, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	run := os.Getenv("REDISSTORE_TEST_RUN")
	var out sync.Mutex
	for g := range 8 {
		go func() {
			for n := 1; ; n++ {
				name := fmt.Sprintf("web:%s-%d-%d", run, g, n)
				if _, err := s.Ingest(context.Background(), bot.Update{Delivery: "d", Conversation: name}, time.Now()); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				out.Lock()
				_, _ = os.Stdout.WriteString(name + "\n")
				out.Unlock()
			}
		}()
	}
	select {}
}

func TestInvariant3_EmbeddedKilledLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	for round := range 4 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "REDISSTORE_TEST_WRITER="+dir, fmt.Sprintf("REDISSTORE_TEST_RUN=%d", round))
		cmd.Stderr = os.Stderr
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(pipe)
		for range 50 + 37*round {
			if !lines.Scan() {
				t.Fatal("the writer stopped by itself")
			}
			acknowledged[lines.Text()] = true
		}
		_ = cmd.Process.Kill()
		for lines.Scan() { // what it had said before it died counts too; a line that was cut off does not
			if strings.Count(lines.Text(), "-") == 2 {
				acknowledged[lines.Text()] = true
			}
		}
		_ = cmd.Wait()
	}
	s := openEmbedded(t, dir)
	for name := range acknowledged {
		snap, err := s.Load(context.Background(), name)
		if err != nil || len(snap.Inbox) != 1 {
			t.Fatalf("%s was acknowledged and is lost: %v, %v", name, snap, err)
		}
	}
	t.Logf("%d acknowledged in four lives", len(acknowledged))
}
