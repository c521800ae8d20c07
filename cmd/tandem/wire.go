package main

import (
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// wire watches the calls of a platform's API go by, for metrics and for /readyz. It sees methods, statuses, and what
// Slack says that the token may do; nothing else.
type wire struct {
	next   http.RoundTripper
	calls  *prometheus.CounterVec // by method and status
	health *health
	method func(*url.URL) string
	ahead  atomic.Int64           // how far the platform's clock is ahead of ours, ms
	scopes atomic.Pointer[string] // what Slack lets the bot do, comma by comma; nil: it was not told
}

// newWire watches Telegram.
func newWire(m *metrics, h *health) (*http.Client, *wire) {
	return (&wire{calls: m.calls, health: h, method: func(u *url.URL) string { return path.Base(u.Path) }}).client()
}

// newSlackWire watches Slack. What is posted elsewhere than to its Web API is a file, under an address of its own.
func newSlackWire(m *metrics, h *health, apiURL string) (*http.Client, *wire) {
	base := "/api"
	if u, err := url.Parse(apiURL); err == nil && apiURL != "" {
		base = strings.TrimRight(u.Path, "/")
	}
	method := func(u *url.URL) string {
		name, ok := strings.CutPrefix(u.Path, base+"/")
		if !ok || strings.Contains(name, "/") {
			return "upload"
		}
		return name
	}
	return (&wire{calls: m.slackCalls, health: h, method: method}).client()
}

// client makes a client that keeps its connections for many chats at once and follows no redirect, which would carry
// the token away.
func (w *wire) client() (*http.Client, *wire) {
	w.next = http.DefaultTransport
	if tr, ok := http.DefaultTransport.(*http.Transport); ok {
		own := tr.Clone()
		own.MaxIdleConnsPerHost = 64
		w.next = own
	}
	return &http.Client{
		Transport:     w,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, w
}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	method, sent := w.method(r.URL), time.Now()
	if strings.EqualFold(method, "getUpdates") {
		var stop func()
		r, stop = w.expectSilence(r)
		defer stop()
	}
	resp, err := w.next.RoundTrip(r)
	if err != nil && r.Context().Err() != nil {
		return resp, err // we hung up
	}
	status := 0
	if err == nil {
		status = resp.StatusCode
		w.readClock(resp, sent)
		if scopes := resp.Header.Get("X-OAuth-Scopes"); scopes != "" && method == "auth.test" {
			w.scopes.Store(&scopes)
		}
	}
	w.calls.WithLabelValues(method, strconv.Itoa(status)).Inc()
	w.judge(method, status)
	return resp, err
}

// quiet is how long Telegram must have said nothing to a poll that it took, for the poll to be one that waits for news.
const quiet = 2 * time.Second

// expectSilence judges a long poll before its end, which may be a minute away: trouble is told at once, and silence
// means that there is nothing new.
func (w *wire) expectSilence(r *http.Request) (*http.Request, func()) {
	timer := time.AfterFunc(time.Hour, func() { w.judge("getUpdates", http.StatusOK) })
	trace := &httptrace.ClientTrace{WroteRequest: func(info httptrace.WroteRequestInfo) {
		if info.Err == nil {
			timer.Reset(quiet)
		}
	}}
	return r.WithContext(httptrace.WithClientTrace(r.Context(), trace)), func() { timer.Stop() }
}

// judge draws from the calls of Telegram that bring updates in whether they come in.
func (w *wire) judge(method string, status int) {
	switch strings.ToLower(method) {
	case "getupdates", "deletewebhook", "setwebhook":
	default:
		return
	}
	switch status {
	case http.StatusOK:
		w.health.set(theTelegram, "")
	case 0:
		w.health.set(theTelegram, "does not answer")
	default:
		w.health.set(theTelegram, "answers "+method+" with status "+strconv.Itoa(status))
	}
}

// readClock compares clocks by the middle of a call.
func (w *wire) readClock(resp *http.Response, sent time.Time) {
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		took := time.Since(sent)
		w.ahead.Store(at.Add(500 * time.Millisecond).Sub(sent.Add(took / 2)).Milliseconds()) // a Date has whole seconds
	}
}
