package bot

import "sync"

// hands are the places for conversations that a process is at, at the same time.
type hands struct {
	mu     sync.Mutex
	change *sync.Cond
	most   int
	taken  int // places in use
	coming int // conversations that wait for a place, or have one
}

func newHands(most int) *hands {
	h := &hands{most: most}
	h.change = sync.NewCond(&h.mu)
	return h
}

// do runs f in a goroutine of its own, once there is a place. With wait, the caller waits for the place too, so that
// what comes in is slowed down to what can be done. Who has a place already must not wait for another: it could be the
// last.
func (h *hands) do(wait bool, f func()) {
	h.mu.Lock()
	h.coming++
	h.mu.Unlock()
	if wait {
		h.take()
		go h.run(f)
		return
	}
	go func() {
		h.take()
		h.run(f)
	}()
}

func (h *hands) take() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.taken == h.most {
		h.change.Wait()
	}
	h.taken++
}

func (h *hands) run(f func()) {
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.taken--
		h.coming--
		h.change.Broadcast()
	}()
	f()
}

// inUse is how many places are taken.
func (h *hands) inUse() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.taken
}

// idle waits until nothing is in hand and nothing waits.
func (h *hands) idle() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.coming > 0 {
		h.change.Wait()
	}
}
