package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxFrame  = 4 << 20          // the longest frame that is read, in bytes
	frameWait = 90 * time.Second // without a sign of life for so long, a connection is dead
	pingEvery = 30 * time.Second
	writeWait = 10 * time.Second
	drainWait = 20 * time.Second // how long a connection is still read after another took over
)

// frame is what comes over a connection: https://docs.slack.dev/apis/events-api/using-socket-mode
type frame struct {
	Type     string          `json:"type"`
	Reason   string          `json:"reason"` // of disconnect
	Envelope string          `json:"envelope_id"`
	Payload  json.RawMessage `json:"payload"`
}

// ack acknowledges an envelope.
type ack struct {
	Envelope string `json:"envelope_id"`
	Payload  any    `json:"payload,omitempty"`
}

// Socket takes updates in by Socket Mode until ctx ends, and then returns nil; any other end is an error that trying
// again does not mend (ErrToken).
//
// An envelope is acknowledged only when its update was ingested (invariant 3); one that was not comes again. Slack closes
// each connection after a while and says so before: the next one is opened then, and the old one still read until it
// closes. Both may deliver the same, which is taken in once.
func (s *Slack) Socket(ctx context.Context, ingest Ingest) error {
	if s.opt.AppToken == "" {
		return errors.New("SLACK_APP_TOKEN is empty: make an app-level token with connections:write, and turn Socket Mode on")
	}
	var open sync.WaitGroup
	defer open.Wait()
	wait := backoff{first: s.opt.Retry}
	for ctx.Err() == nil {
		conn, err := s.connect(ctx)
		if err != nil {
			if refusesToken(err) {
				return ErrToken
			}
			s.trouble(ctx, &wait, err)
			continue
		}
		c := &connection{s: s, conn: conn, ingest: ingest, leave: make(chan struct{}), closed: make(chan struct{})}
		open.Go(func() { c.run(ctx) })
		select {
		case <-c.leave:
		case <-c.closed:
		}
		if c.greeted.Load() {
			wait.fails = 0
		}
		if c.left() {
			wait.pause(ctx, 0) // the old connection is still read meanwhile
			continue
		}
		s.trouble(ctx, &wait, errClosed)
	}
	return nil
}

// Connected tells whether a connection of Socket Mode is open, so that updates come in.
func (s *Slack) Connected() bool { return s.open.Load() > 0 }

var errClosed = errors.New("the connection closed")

// trouble logs and waits, at least as long as Slack asked for.
func (s *Slack) trouble(ctx context.Context, wait *backoff, err error) {
	if ctx.Err() != nil {
		return
	}
	after := time.Duration(0)
	var e *apiError
	if errors.As(err, &e) {
		after = e.after
	}
	s.log.Warn("Socket Mode is interrupted; connecting again", "err", err)
	wait.pause(ctx, after)
}

// connect asks for an address, which holds a ticket and is in no log, and opens a connection.
func (s *Slack) connect(ctx context.Context) (*websocket.Conn, error) {
	const method = "apps.connections.open"
	var opened struct {
		URL string `json:"url"`
	}
	if err := s.call(ctx, method, s.opt.AppToken, formType, http.NoBody, &opened); err != nil {
		return nil, err
	}
	u, err := url.Parse(opened.URL)
	if err != nil || (u.Scheme != "wss" && (u.Scheme != "ws" || s.opt.APIURL == official)) {
		return nil, &apiError{method: method, cause: "Slack named no address to connect to"}
	}
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: s.opt.CallTimeout}
	conn, resp, err := dialer.DialContext(ctx, u.String(), nil)
	if resp != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		return nil, &apiError{method: "websocket", cause: s.harmless(err)}
	}
	return conn, nil
}
