// Package redistest starts real Redis servers for tests: on a free port of this machine, in a folder of their own, and
// ended with the test. It never touches a server that it did not start.
package redistest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a redis-server (or a Sentinel) that a test started.
type Server struct {
	t       testing.TB
	program string
	args    []string
	dir     string
	port    int
	cmd     *exec.Cmd
	out     *bytes.Buffer
}

// Need finds a program of Redis on the PATH. Where it is missing the test is skipped, or fails if the environment's
// TANDEM_TEST_REQUIRE names redis.
func Need(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	for _, needed := range strings.Split(os.Getenv("TANDEM_TEST_REQUIRE"), ",") {
		if strings.TrimSpace(needed) == "redis" {
			t.Fatalf("%s is not on the PATH, and TANDEM_TEST_REQUIRE asks for redis", program)
		}
	}
	t.Skipf("%s is not on the PATH", program)
	return ""
}

// Start starts a redis-server that keeps an append-only file (everysec) and no snapshots. args are further options, as
// on its command line ("--appendfsync", "always"); they win.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	return start(t, Need(t, "redis-server"), append([]string{"--appendonly", "yes", "--save", ""}, args...))
}

// start starts a program on a free port.
func start(t testing.TB, program string, args []string) *Server {
	t.Helper()
	s := &Server{t: t, program: program, args: args, dir: t.TempDir(), port: freePort(t)}
	s.Restart()
	t.Cleanup(s.Kill)
	return s
}

// Addr is where the server listens: 127.0.0.1 and its port.
func (s *Server) Addr() string { return "127.0.0.1:" + strconv.Itoa(s.port) }

// URL is the server's address as redisstore.Options.URL wants it.
func (s *Server) URL() string { return "redis://" + s.Addr() }

// Dir is the folder that the server keeps its files in.
func (s *Server) Dir() string { return s.dir }

// Kill ends the server as a power cut would (SIGKILL), and waits until it is gone.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
	s.cmd = nil
}

// Restart starts the server again, on the same port and with the same files, and waits until it answers.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	s.out = &bytes.Buffer{}
	// #nosec G204 -- a test's own choice of program
	s.cmd = exec.Command(s.program, append(slices.Clone(s.args),
		"--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--dir", s.dir)...)
	s.cmd.Dir = s.dir
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("start %s: %v", s.program, err)
	}
	for until := time.Now().Add(15 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if reply := s.Do("PING"); reply == "+PONG" {
			return
		}
	}
	s.Kill()
	s.t.Fatalf("%s does not answer:\n%s", s.program, s.out)
}

// Do sends one command and returns the first line of the reply as it came ("+PONG", ":1", "-ERR ..."), or "" where the
// server does not answer.
func (s *Server) Do(args ...string) string {
	c, err := net.DialTimeout("tcp", s.Addr(), time.Second)
	if err != nil {
		return ""
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	var b strings.Builder
	fmt.Fprintf(&b, "*%d\r\n", len(args))
	for _, a := range args {
		fmt.Fprintf(&b, "$%d\r\n%s\r\n", len(a), a)
	}
	if _, err := c.Write([]byte(b.String())); err != nil {
		return ""
	}
	buf := make([]byte, 64<<10)
	n, _ := c.Read(buf)
	line, _, _ := strings.Cut(string(buf[:n]), "\r\n")
	return line
}

// freePort finds a port that nobody listens on, low enough that a cluster's second port (10,000 more) exists.
func freePort(t testing.TB) int {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatalf("find a free port: %v", err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if port > 55000 {
			port -= 20000
		}
		bus, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port+10000))
		if err != nil {
			continue
		}
		_ = bus.Close()
		if l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("find a free port: none")
	return 0
}
