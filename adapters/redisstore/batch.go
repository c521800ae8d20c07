package redisstore

import (
	"context"
	"errors"
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
	size   int // calls in a batch
	jobs   chan *job
	mu     sync.RWMutex // closed is set under it, so that no job is put into a closed channel
	closed bool
	work   sync.WaitGroup
	free   sync.Pool
}

// batching is how calls are joined: how many batches are under way at once (with one, calls are executed in the order in
// which they came), and how many calls are in a batch, about, so that the first of it need not wait for the last.
type batching struct{ senders, calls int }

// newBatcher starts a batcher's senders.
func newBatcher(run runner, how batching) *batcher {
	b := &batcher{run: run, size: how.calls, jobs: make(chan *job, 1024)}
	b.free.New = func() any { return &job{done: make(chan struct{}, 1)} }
	for range how.senders {
		b.work.Go(b.send)
	}
	return b
}

// do executes calls in one round trip. A context that is done by then keeps them from being sent; once sent, they are
// waited for (the client's timeouts bound it), because what they changed has to be known.
func (b *batcher) do(ctx context.Context, calls ...*call) error {
	j, err := b.put(ctx, calls)
	if err != nil {
		return err
	}
	<-j.done
	return b.take(j)
}

// ask is do for calls that change nothing: they are not waited for any longer than the context allows.
func (b *batcher) ask(ctx context.Context, calls ...*call) error {
	j, err := b.put(ctx, calls)
	if err != nil {
		return err
	}
	select {
	case <-j.done:
		return b.take(j)
	case <-ctx.Done():
		return ctx.Err() // the job is left to its sender, and not used again
	}
}

// put hands calls to the senders.
func (b *batcher) put(ctx context.Context, calls []*call) (*job, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return nil, errClosed
	}
	j := b.free.Get().(*job)
	j.calls = append(j.calls[:0], calls...)
	b.jobs <- j
	return j, nil
}

// take returns the first error of a job that is done, and keeps the job for the next caller.
func (b *batcher) take(j *job) (err error) {
	for _, c := range j.calls {
		if c.err != nil {
			err = c.err
			break
		}
	}
	clear(j.calls)
	b.free.Put(j)
	return err
}

// send executes batches until the batcher is closed.
func (b *batcher) send() {
	var batch []*job
	var calls []*call
	for j := range b.jobs {
		batch, calls = append(batch[:0], j), append(calls[:0], j.calls...)
		for len(calls) < b.size {
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
