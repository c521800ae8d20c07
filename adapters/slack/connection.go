package slack

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// connection is one connection of Socket Mode.
type connection struct {
	s       *Slack
	conn    *websocket.Conn
	ingest  Ingest
	greeted atomic.Bool   // Slack said hello
	once    sync.Once     // guards leave
	leave   chan struct{} // closed when Slack asks to connect anew
	closed  chan struct{} // closed at the end
}

// run reads until the connection or ctx ends.
func (c *connection) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer close(c.closed)
	defer cancel()
	defer c.forget()
	stop := context.AfterFunc(ctx, func() { _ = c.conn.Close() })
	defer stop()
	defer func() { _ = c.conn.Close() }()
	c.conn.SetReadLimit(maxFrame)
	c.alive()
	c.conn.SetPongHandler(func(string) error { c.alive(); return nil })
	c.conn.SetPingHandler(func(data string) error {
		c.alive()
		_ = c.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWait))
		return nil // where the answer cannot be written, the next read fails
	})
	go c.ping(ctx)
	for {
		kind, data, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.alive()
		if kind != websocket.TextMessage {
			continue
		}
		if !c.frame(ctx, data) {
			return
		}
	}
}

// forget takes an open connection off the count.
func (c *connection) forget() {
	if c.greeted.Load() {
		c.s.open.Add(-1)
	}
}

// alive moves the time at which the connection counts as dead.
func (c *connection) alive() {
	d := frameWait
	if c.left() {
		d = drainWait
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(d))
}

// ping asks for a sign of life, which a connection that is only half there does not give.
func (c *connection) ping(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait))
		}
	}
}

// left tells whether another connection is to take over.
func (c *connection) left() bool {
	select {
	case <-c.leave:
		return true
	default:
		return false
	}
}

// frame handles one frame, and tells whether to go on reading.
func (c *connection) frame(ctx context.Context, data []byte) bool {
	var f frame
	if json.Unmarshal(data, &f) != nil {
		c.s.counts.skipped.Add(1)
		c.s.log.Error("a frame of Socket Mode could not be read and is passed over")
		return true
	}
	switch f.Type {
	case "hello":
		if !c.greeted.Swap(true) {
			c.s.open.Add(1)
		}
		c.s.log.Info("Socket Mode is connected")
		return true
	case "disconnect":
		c.s.log.Info("Slack closes a connection of Socket Mode", "reason", word(f.Reason))
		if f.Reason == "link_disabled" {
			c.s.log.Error("Socket Mode was turned off in the app's settings: turn it on")
			return false
		}
		c.once.Do(func() { close(c.leave) })
		return true
	}
	if f.Envelope == "" {
		return true
	}
	answer := ack{Envelope: f.Envelope}
	switch kind := Kind(f.Type); kind {
	case Events, Interactive, Slash:
		got, err := c.s.take(ctx, kind, f.Payload, c.ingest)
		if err != nil {
			return true // not acknowledged: it comes again
		}
		answer.Payload = got.answer
	default:
		c.s.counts.ignored.Add(1) // an envelope of a kind to come
	}
	_ = c.conn.SetWriteDeadline(time.Now().Add(writeWait))
	return c.conn.WriteJSON(answer) == nil
}

// word keeps what could be anything out of the log.
func word(reason string) string {
	switch reason {
	case "warning", "refresh_requested", "link_disabled":
		return reason
	}
	return "other"
}
