package redistest

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// StartCluster starts a Redis Cluster of three masters without replicas, and waits until every slot is served.
func StartCluster(t testing.TB) []*Server {
	t.Helper()
	const masters, slots = 3, 16384
	nodes := make([]*Server, masters)
	for i := range nodes {
		nodes[i] = Start(t, "--cluster-enabled", "yes", "--cluster-node-timeout", "5000")
	}
	for i, node := range nodes {
		first, last := i*slots/masters, (i+1)*slots/masters-1
		must(t, node, "CLUSTER", "ADDSLOTSRANGE", strconv.Itoa(first), strconv.Itoa(last))
		must(t, node, "CLUSTER", "SET-CONFIG-EPOCH", strconv.Itoa(i+1))
		if i > 0 {
			must(t, node, "CLUSTER", "MEET", "127.0.0.1", strconv.Itoa(nodes[0].port))
		}
	}
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		ready := 0
		for _, node := range nodes {
			info := node.Text("CLUSTER", "INFO")
			if strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d", masters)) &&
				strings.Contains(info, fmt.Sprintf("cluster_size:%d", masters)) {
				ready++
			}
		}
		if ready == masters {
			return nodes
		}
		if time.Now().After(until) {
			t.Fatalf("the cluster does not come together:\n%s", nodes[0].Text("CLUSTER", "INFO"))
		}
	}
}

// ClusterURL is the address of a cluster as redisstore.Options.URL wants it.
func ClusterURL(nodes []*Server) string {
	hosts := make([]string, len(nodes))
	for i, n := range nodes {
		hosts[i] = n.Addr()
	}
	return "redis://" + strings.Join(hosts, ",") + "?cluster=true"
}

// must sends a command that has to be answered with OK.
func must(t testing.TB, s *Server, args ...string) {
	t.Helper()
	if reply := s.Do(args...); reply != "+OK" {
		t.Fatalf("%v: %s", args, reply)
	}
}

// Text sends one command by redis-cli and returns what it prints.
func (s *Server) Text(args ...string) string {
	s.t.Helper()
	// #nosec G204 -- a test's own command
	out, err := exec.Command(Need(s.t, "redis-cli"), append([]string{"-p", strconv.Itoa(s.port)}, args...)...).Output()
	if err != nil {
		return ""
	}
	return string(out)
}
