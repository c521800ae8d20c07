package redisstore

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
)

// OpenEmbedded opens a store that lives in this process and keeps its data in a folder: for the demo, for the terminal
// and for a small service. It needs no Redis and listens nowhere. The folder, made where it is missing, holds a keyset
// (unless Options.Keyset is set), the journal, and a lock: one process at a time uses it.
//
// A call that changed something returns when its journal entry is on the disk (fsync); concurrent calls share one
// sync. So nothing that was acknowledged is lost, whether the process is killed or the machine. An entry that was not
// complete when that happened is cut off at the next start, and told in the log; damage anywhere else is refused with
// the file and the place. All data is held in memory too; the journal compacts itself, during which calls wait. While
// the journal cannot be written (the disk is full), every call fails and nothing changes; once it can, the store goes
// on by itself.
//
// Options.URL is not used. Leases of an earlier process end when the store is opened.
func OpenEmbedded(ctx context.Context, dir string, o Options) (_ *Store, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	e := newEmbedded(lock)
	defer func() {
		if err != nil {
			_ = e.close()
		}
	}()
	if o.Keyset == nil {
		if o.Keyset, err = embeddedKeyset(dir); err != nil {
			return nil, err
		}
	}
	if o, err = o.withDefaults(); err != nil {
		return nil, err
	}
	e.journal, err = openJournal(filepath.Join(dir, journalName), o.Log, e.replay)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, o, e, oneByOne())
	if err != nil {
		return nil, err
	}
	if err := s.reap(ctx); err != nil {
		s.batch.stop()
		return nil, err
	}
	return s, nil
}

// oneByOne keeps the journal in the order of execution, and has as many calls as there are share a sync.
func oneByOne() batching { return batching{senders: 1, calls: 256} }

// embeddedKeyset reads the folder's keyset, and makes one only where there is nothing yet that another had sealed.
func embeddedKeyset(dir string) (*Keyset, error) {
	_, err := os.Stat(filepath.Join(dir, keysetName))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, journalName)); err == nil {
			return nil, fmt.Errorf("the data folder %s has a journal but no %s: bring the keyset back, without it nothing can be read",
				dir, keysetName)
		}
	}
	return keysetIn(dir)
}

// reap ends every lease: whoever held it is gone.
func (s *Store) reap(ctx context.Context) error {
	for i := range s.keys.shards {
		shard := &s.keys.shards[i]
		waiting := call{args: []any{"zrange", shard.wake, 0, -1}}
		if err := s.batch.do(ctx, &waiting); err != nil {
			return fmt.Errorf("end the leases of an earlier process: %w", err)
		}
		names := array(waiting.reply)
		for i := range names {
			name := text(names, i)
			c := call{script: s.scripts.reap, keys: []string{s.keys.conversation(name).hot, shard.wake}, args: []any{name}}
			if err := s.batch.do(ctx, &c); err != nil {
				return fmt.Errorf("end the leases of an earlier process: %w", err)
			}
		}
	}
	return nil
}

// embedded is a runner upon a miniredis in this process, which is spoken to without any connection. Only one goroutine
// may use it.
type embedded struct {
	redis   *miniredis.Miniredis
	srv     *server.Server
	peer    *server.Peer
	reply   *bytes.Buffer
	journal *journal
	lock    *os.File
	broken  error // the journal failed: memory may be ahead of the disk, and nothing is taken until mend succeeds
}

// errJournal is what calls fail with while the journal cannot be written.
var errJournal = errors.New("the journal cannot be written, and nothing is taken until it can: see that its disk has room")

// newEmbedded starts an empty server.
func newEmbedded(lock *os.File) *embedded {
	e := &embedded{redis: miniredis.NewMiniRedis(), reply: &bytes.Buffer{}, lock: lock}
	if conn, err := e.redis.Dial(); err == nil { // it starts without a listener
		_ = conn.Close()
	}
	e.srv = e.redis.Server()
	e.peer = server.NewPeer(bufio.NewWriter(e.reply))
	return e
}

// run implements runner.
func (e *embedded) run(calls []*call) {
	if e.broken != nil && !e.mend() {
		e.refuse(calls)
		return
	}
	erased := false // what was erased must leave the disk too, its key above all
	for _, c := range calls {
		args := c.strings()
		c.reply, c.err = e.dispatch(args)
		if c.err != nil && strings.HasPrefix(c.err.Error(), "NOSCRIPT") {
			if _, c.err = e.dispatch([]string{"script", "load", c.script.source}); c.err == nil {
				c.reply, c.err = e.dispatch(args)
			}
		}
		if c.err == nil && c.changed() {
			e.journal.add(c.script, args)
			erased = erased || c.script != nil && c.script.name == "erase"
		}
	}
	err := e.journal.flush()
	if err == nil && (erased || e.journal.grown()) {
		err = e.journal.compact(e.dump)
	}
	if err != nil {
		e.broken = fmt.Errorf("%w: %w", errJournal, err)
		e.journal.log.Error("the journal cannot be written; nothing is taken until it can", "err", err)
		e.refuse(calls)
	}
}

// refuse fails calls that are not on the disk, and those that may have seen what is not.
func (e *embedded) refuse(calls []*call) {
	for _, c := range calls {
		c.reply, c.err = nil, e.broken
	}
}

// mend goes on where the journal can be written again, and tells whether it can. What was executed and is not on the
// disk was never acknowledged: memory goes back to what the journal says.
func (e *embedded) mend() bool {
	err := e.journal.mend()
	if err == nil {
		e.redis.FlushAll()
		err = e.journal.read(e.replay)
	}
	if err != nil {
		e.broken = fmt.Errorf("%w: %w", errJournal, err)
		return false
	}
	e.broken = nil
	e.journal.log.Info("the journal can be written again; going on from what it holds")
	return true
}

// dispatch executes one command.
func (e *embedded) dispatch(args []string) (any, error) {
	e.reply.Reset()
	e.srv.Dispatch(e.peer, args)
	e.peer.Flush()
	reply, err := server.ParseReply(bufio.NewReader(e.reply))
	return plainReply(reply), err
}

// plainReply gives a reply the types that a client's has.
func plainReply(reply any) any {
	switch r := reply.(type) {
	case int:
		return int64(r)
	case server.Simple:
		return string(r)
	case []any:
		for i := range r {
			r[i] = plainReply(r[i])
		}
	}
	return reply
}

// replay executes what the journal holds.
func (e *embedded) replay(args []string) error {
	_, err := e.dispatch(args)
	return err
}

// close implements runner.
func (e *embedded) close() error {
	e.redis.Close()
	var err error
	if e.journal != nil {
		err = e.journal.close()
	}
	return errors.Join(err, e.lock.Close())
}

// strings is a call as the command that is executed and journaled.
func (c *call) strings() []string {
	out := make([]string, 0, 3+len(c.keys)+len(c.args))
	if c.script != nil {
		out = append(out, "evalsha", c.script.sha, strconv.Itoa(len(c.keys)))
		out = append(out, c.keys...)
	}
	for _, a := range c.args {
		out = append(out, argument(a))
	}
	return out
}

// argument is an argument as the client would send it.
func argument(a any) string {
	switch v := a.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(a)
}

// changed tells whether a call that succeeded must be journaled: it can have written something that has to last.
func (c *call) changed() bool {
	if c.script == nil {
		return c.write
	}
	if c.script.volatile {
		return false
	}
	if n, ok := c.reply.(int64); ok {
		return n != 0 || c.script.name == "erase" // what was not there was not changed
	}
	status, isText := c.reply.(string)
	if l, ok := c.reply.([]any); ok {
		status, isText = text(l, 0), true
		if len(l) == 0 {
			return false // nothing was claimed
		}
	}
	if !isText {
		return true
	}
	switch status {
	case "known", "key", "moved", "lost":
		return false
	}
	return true
}
