package bot

import (
	"sync"
	"time"
)

const (
	firstRetry = time.Second
	lastRetry  = 2 * time.Minute
	mostKept   = 10_000 // conversations whose tries are counted
)

// retries spaces the tries of what failed. It counts in this process only: after a restart it begins anew, which is
// soon enough.
type retries struct {
	mu    sync.Mutex
	tries map[string]int
}

// next is how long to wait after one more failure: 1 s, 2 s, 4 s, up to two minutes.
func (r *retries) next(conversation string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tries == nil || len(r.tries) > mostKept {
		r.tries = make(map[string]int)
	}
	n := r.tries[conversation]
	r.tries[conversation] = n + 1
	return min(firstRetry<<min(n, 20), lastRetry)
}

// done forgets the failures of a conversation that works again.
func (r *retries) done(conversation string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.tries, conversation)
}
