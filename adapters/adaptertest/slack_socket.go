package adaptertest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// slackSocket is one connection of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
type slackSocket struct {
	conn    *websocket.Conn
	waiting map[string]*slackDelivery // sent over it, not acknowledged
}

// openConnection is https://docs.slack.dev/reference/methods/apps.connections.open
func (f *Slack) openConnection() slackReply {
	ticket := f.next("ticket-")
	f.tickets[ticket] = true
	return slackReply{result: map[string]any{"url": "ws" + strings.TrimPrefix(f.server.URL, "http") + "/socket?ticket=" + ticket}}
}

// serveSocket is one connection from hello to its end. A ticket is good for one.
func (f *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	good := f.tickets[ticket]
	delete(f.tickets, ticket)
	f.mu.Unlock()
	if !good {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	s := &slackSocket{conn: conn, waiting: map[string]*slackDelivery{}}
	f.mu.Lock()
	_ = conn.WriteJSON(map[string]any{"type": "hello", "num_connections": len(f.sockets) + 1})
	f.sockets = append(f.sockets, s)
	f.change()
	f.mu.Unlock()
	for {
		var a struct {
			Envelope string          `json:"envelope_id"`
			Payload  json.RawMessage `json:"payload"`
		}
		if conn.ReadJSON(&a) != nil {
			break
		}
		f.acknowledged(s, a.Envelope, a.Payload)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(s)
}

// acknowledged takes an envelope off the queue.
func (f *Slack) acknowledged(s *slackSocket, envelope string, answer []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	d := s.waiting[envelope]
	if d == nil {
		return
	}
	delete(s.waiting, envelope)
	f.answer = string(answer)
	f.answered(d, answer)
	f.settle(d, true)
}

// sendFrame delivers by an envelope. One that is not acknowledged in time is delivered again. The caller holds the lock,
// here and below.
func (f *Slack) sendFrame(s *slackSocket, d *slackDelivery) {
	s.waiting[d.id] = d
	_ = s.conn.WriteJSON(map[string]any{"type": d.kind, "envelope_id": d.id, "payload": d.body,
		"accepts_response_payload": d.kind != "events_api", "retry_attempt": d.tries})
	time.AfterFunc(f.opt.Timeout, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if s.waiting[d.id] == d {
			delete(s.waiting, d.id)
			f.settle(d, false)
		}
	})
}

// forget takes a closed connection away; what was not acknowledged over it is delivered again.
func (f *Slack) forget(s *slackSocket) {
	f.sockets = slices.DeleteFunc(f.sockets, func(o *slackSocket) bool { return o == s })
	for id, d := range s.waiting {
		delete(s.waiting, id)
		f.settle(d, false)
	}
	f.change()
}

// Refresh tells every connection to make way for another, as Slack does about every hour, and closes it after grace.
func (f *Slack) Refresh(reason string, grace time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range slices.Clone(f.sockets) {
		_ = s.conn.WriteJSON(map[string]any{"type": "disconnect", "reason": reason})
		f.sockets = slices.DeleteFunc(f.sockets, func(o *slackSocket) bool { return o == s })
		time.AfterFunc(grace, func() { _ = s.conn.Close() })
	}
}

// DropSockets closes every connection without a word.
func (f *Slack) DropSockets() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sockets {
		_ = s.conn.NetConn().Close()
	}
}

// PushFrame sends any text over the open connections, for garbage.
func (f *Slack) PushFrame(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sockets {
		_ = s.conn.WriteMessage(websocket.TextMessage, []byte(text))
	}
}
