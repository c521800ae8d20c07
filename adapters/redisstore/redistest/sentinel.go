package redistest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Watched is a master with a replica, watched over by one Sentinel that calls the master "main".
type Watched struct {
	Master, Replica, Sentinel *Server
}

// StartSentinel starts them, and waits until the Sentinel knows both.
func StartSentinel(t testing.TB) Watched {
	t.Helper()
	var w Watched
	w.Master = Start(t)
	w.Replica = Start(t, "--replicaof", "127.0.0.1 "+fmt.Sprint(w.Master.port))
	file := filepath.Join(t.TempDir(), "sentinel.conf")
	config := fmt.Sprintf(`sentinel monitor main 127.0.0.1 %d 1
sentinel down-after-milliseconds main 500
sentinel failover-timeout main 5000
`, w.Master.port)
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatalf("write the Sentinel's configuration: %v", err)
	}
	w.Sentinel = start(t, Need(t, "redis-sentinel"), []string{file})
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(w.Sentinel.Text("SENTINEL", "REPLICAS", "main"), "127.0.0.1:"+fmt.Sprint(w.Replica.port)) &&
			strings.Contains(w.Replica.Text("INFO", "replication"), "master_link_status:up") {
			return w
		}
		if time.Now().After(until) {
			t.Fatal("the Sentinel does not find the replica")
		}
	}
}

// URL is the address as redisstore.Options.URL wants it.
func (w Watched) URL() string { return "redis+sentinel://" + w.Sentinel.Addr() + "?master=main" }
