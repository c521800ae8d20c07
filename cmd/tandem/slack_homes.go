package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"tandem/adapters/slack/pages"
	"tandem/bot"
)

// wish is what a person wants to see on their App Home.
type wish struct {
	user  string
	act   pages.Act // pages.List or pages.Open
	tries int       // that failed
}

// homes shows App Homes, after the updates that they come of were acknowledged, so that nothing waits for it. A few are
// shown at once; of several wishes of one person the last one wins. What cannot be shown is tried again a few times, and
// then left until they open it the next time.
type homes struct {
	show  func(context.Context, wish) error
	turns chan string // whose turn it is; everybody is in it once at most

	mu     sync.Mutex
	wanted map[string]wish // by person: what is not being shown yet
	busy   map[string]bool // people to whom something is being shown
	later  map[string]wish // what could not be shown and is tried again, unless they want something newer by then
}

const (
	homesAtOnce  = 4
	homesWaiting = 1024
	homeTries    = 4
	homeTime     = 40 * time.Second // for one, with charts
	homeWait     = time.Second      // before the second try, doubled for each after it
	homePatience = time.Minute      // a longer wait than this is not worth it: they will have gone elsewhere
)

func newHomes(show func(context.Context, wish) error) *homes {
	return &homes{show: show, turns: make(chan string, homesWaiting), wanted: map[string]wish{}, busy: map[string]bool{}, later: map[string]wish{}}
}

// run shows what is wanted until ctx ends.
func (h *homes) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range homesAtOnce {
		workers.Go(func() { h.work(ctx) })
	}
	workers.Wait()
}

func (h *homes) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case user := <-h.turns:
			h.one(ctx, h.begin(user))
			h.end(user)
		}
	}
}

// one shows one, and says when to try again.
func (h *homes) one(ctx context.Context, w wish) {
	limit, cancel := context.WithTimeout(ctx, homeTime)
	defer cancel()
	err := h.show(limit, w)
	var refused *bot.SendError
	if err == nil || ctx.Err() != nil || !errors.As(err, &refused) || refused.Fate != bot.Later {
		return
	}
	wait := max(refused.After, homeWait<<w.tries)
	if w.tries++; w.tries < homeTries && wait <= homePatience {
		h.retry(w, wait)
	}
}

// want notes a wish. It does not wait.
func (h *homes) want(w wish) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.note(w)
}

// note takes a wish in, in place of any older one. The caller holds the lock.
func (h *homes) note(w wish) {
	_, waiting := h.wanted[w.user]
	h.wanted[w.user] = w
	delete(h.later, w.user)
	if !waiting && !h.busy[w.user] {
		h.queue(w.user)
	}
}

// retry notes a wish once more after a while, unless there was a newer one by then.
func (h *homes) retry(w wish, wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, newer := h.wanted[w.user]; newer {
		return
	}
	h.later[w.user] = w
	time.AfterFunc(wait, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.later[w.user] == w {
			h.note(w)
		}
	})
}

// newer tells whether a person wants something else by now.
func (h *homes) newer(user string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, waiting := h.wanted[user]
	return waiting
}

func (h *homes) begin(user string) wish {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.wanted[user]
	delete(h.wanted, user)
	h.busy[user] = true
	return w
}

func (h *homes) end(user string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, user)
	if _, waiting := h.wanted[user]; waiting {
		h.queue(user)
	}
}

// queue gives a person a turn. Where too many wait, the wish is dropped: the next opening brings it back. The caller
// holds the lock.
func (h *homes) queue(user string) {
	select {
	case h.turns <- user:
	default:
		delete(h.wanted, user)
	}
}
