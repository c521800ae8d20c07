package redisstore

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// errClosed is what calls on a closed store fail with.
var errClosed = errors.New("the store is closed")

// call is one command or one script run.
type call struct {
	script *script  // nil: a plain command
	keys   []string // of the script
	args   []any    // of the script, or the whole command
	write  bool     // a plain command that changes something which must survive
	reply  any
	err    error
}

// runner executes calls in order and fills in their replies and errors.
type runner interface {
	run(calls []*call)
	close() error
}

// job is what one caller waits for.
type job struct {
	calls []*call
	done  chan struct{}
}

// batcher joins the calls of concurrent callers into one round trip: while one batch is under way, what comes in the
// meantime gathers for the next. A caller alone waits for nobody.
type batcher struct {
	run    runner
	jobs   chan *job
	mu     sync.RWMutex // closed is set under it, so that no job is put into a closed channel
	closed bool
	work   sync.WaitGroup
	free   sync.Pool
}

// maxBatch bounds a batch, so that the first of it does not wait long for the last.
const maxBatch = 128

// newBatcher starts a number of senders. With one, calls are executed in the order in which they came.
func newBatcher(run runner, senders int) *batcher {
	b := &batcher{run: run, jobs: make(chan *job, 1024)}
	b.free.New = func() any { return &job{done: make(chan struct{}, 1)} }
	for range senders {
		b.work.Go(b.send)
	}
	return b
}

// do executes calls in one round trip. A context that is done by then keeps them from being sent; once sent, they are
// waited for (the client's timeouts bound it), because what they changed has to be known.
func (b *batcher) do(ctx context.Context, calls ...*call) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := b.free.Get().(*job)
	j.calls = append(j.calls[:0], calls...)
	b.mu.RLock()
	if b.closed {
		b.mu.RUnlock()
		return errClosed
	}
	b.jobs <- j
	b.mu.RUnlock()
	<-j.done
	clear(j.calls)
	b.free.Put(j)
	for _, c := range calls {
		if c.err != nil {
			return c.err
		}
	}
	return nil
}

// send executes batches until the batcher is closed.
func (b *batcher) send() {
	var batch []*job
	var calls []*call
	for j := range b.jobs {
		runtime.Gosched() // callers that the last batch woke may have more for this one
		batch, calls = append(batch[:0], j), append(calls[:0], j.calls...)
		for len(calls) < maxBatch {
			select {
			case more, open := <-b.jobs:
				if open {
					batch, calls = append(batch, more), append(calls, more.calls...)
					continue
				}
			default:
			}
			break
		}
		b.run.run(calls)
		for _, j := range batch {
			j.done <- struct{}{}
		}
		clear(batch)
		clear(calls)
	}
}

// stop waits for what is under way; it tells whether it was the first to stop the batcher.
func (b *batcher) stop() bool {
	b.mu.Lock()
	if b.closed {
		b.mu.Unlock()
		return false
	}
	b.closed = true
	close(b.jobs)
	b.mu.Unlock()
	b.work.Wait()
	return true
}

// close stops the batcher and closes the runner.
func (b *batcher) close() error {
	if !b.stop() {
		return nil
	}
	return b.run.close()
}
