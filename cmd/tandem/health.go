package main

import (
	"fmt"
	"sort"
	"sync"
	"time"
)

// health is what /readyz tells: what keeps this process from doing its work, if anything does.
type health struct {
	clock func() time.Time
	mu    sync.Mutex
	bad   map[string]string        // what does not work -> in words
	fresh time.Time                // when Redis answered last
	asked map[string]func() string // what is looked at only when somebody wants to know
}

// stale is how long ago Redis may have answered last. A call may hang for longer than anybody waits for an answer.
const stale = 5 * time.Second

// What can be in trouble.
const (
	theStore    = "store"
	theTelegram = "telegram"
	theSlack    = "slack"
	theProcess  = "process"
)

// newHealth begins with the store and the platforms, of which none was reached yet.
func newHealth(clock func() time.Time, platforms ...string) *health {
	h := &health{clock: clock, bad: map[string]string{theStore: unreached}, asked: map[string]func() string{}}
	for _, p := range platforms {
		h.bad[p] = unreached
	}
	return h
}

const unreached = "was not reached yet"

// ask has what is in trouble told whenever somebody wants to know; "" that it works. It takes the place of set.
func (h *health) ask(what string, trouble func() string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.bad, what)
	h.asked[what] = trouble
}

// set says that something is in trouble; "" that it works. It tells whether that is news.
func (h *health) set(what, trouble string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	was := h.bad[what]
	if trouble == "" {
		delete(h.bad, what)
	} else {
		h.bad[what] = trouble
	}
	if what == theStore && trouble == "" {
		h.fresh = h.clock()
	}
	return (was == "") != (trouble == "")
}

// troubles lists what is in trouble, sorted; none: ready.
func (h *health) troubles() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []string
	for what, trouble := range h.bad {
		out = append(out, what+": "+trouble)
	}
	for what, ask := range h.asked {
		if trouble := ask(); trouble != "" {
			out = append(out, what+": "+trouble)
		}
	}
	if ago := h.clock().Sub(h.fresh); h.bad[theStore] == "" && ago > stale {
		out = append(out, fmt.Sprintf("%s: has not answered for %s", theStore, ago.Round(time.Second)))
	}
	sort.Strings(out)
	return out
}
