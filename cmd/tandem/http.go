package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// front is the one HTTP server. It listens from the first moment, so that whoever started the process can ask how it is.
type front struct {
	server *http.Server
	failed chan error
	hooks  map[string]*gate // where platforms deliver to, by path
}

// startFront listens, and serves health, metrics, and what platforms deliver to once it is open.
func startFront(p *plan, h *health, m *metrics) (*front, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", p.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on TANDEM_LISTEN: %w", err)
	}
	f := &front{failed: make(chan error, 1), hooks: p.hooks()}
	mux := http.NewServeMux()
	mux.HandleFunc(healthPath, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "alive\n") })
	mux.HandleFunc(readyPath, h.answer)
	mux.Handle(metricsPath, m.handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		hook := f.hooks[r.URL.Path]
		if hook == nil {
			http.NotFound(w, r)
			return
		}
		if !hook.serve(w, r) {
			m.refused.Inc()
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	f.server = &http.Server{
		Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	p.log.Info("listening", "address", l.Addr().String())
	go func() {
		if err := f.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			f.failed <- fmt.Errorf("serve HTTP: %w", err)
		}
	}()
	return f, nil
}

// hooks are the gates of the platforms that deliver to this process, all shut.
func (p *plan) hooks() map[string]*gate {
	hooks := make(map[string]*gate)
	if p.path != "" {
		hooks[p.path] = &gate{}
	}
	if p.Slack.Secret != "" {
		hooks[slackPath] = &gate{}
	}
	return hooks
}

// close ends the server; what is under way has a moment.
func (f *front) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if f.server.Shutdown(ctx) != nil {
		_ = f.server.Close()
	}
}

// answer is /readyz.
func (h *health) answer(w http.ResponseWriter, _ *http.Request) {
	troubles := h.troubles()
	if len(troubles) == 0 {
		_, _ = io.WriteString(w, "ready\n")
		return
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, "not ready\n"+strings.Join(troubles, "\n")+"\n")
}

// gate lets requests in while there is something to serve them, and waits for those inside when it shuts.
type gate struct {
	mu      sync.RWMutex // held for reading while a request is inside
	handler http.Handler // nil: shut
}

func (g *gate) serve(w http.ResponseWriter, r *http.Request) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.handler == nil {
		return false
	}
	g.handler.ServeHTTP(w, r)
	return true
}

// open lets requests in; nil shuts the gate, and returns when the last one is out.
func (g *gate) open(h http.Handler) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.handler = h
}
