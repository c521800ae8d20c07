package redisstore

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"
)

// pipeline runs calls against a server, in one round trip for each node. A server that does not know a script (it was
// restarted, or is another one now) is sent its source.
type pipeline struct {
	client redis.UniversalClient
}

// run implements runner.
func (p pipeline) run(calls []*call) {
	again := p.exec(calls, false)
	if len(again) > 0 {
		p.exec(again, true)
	}
}

// exec sends calls, scripts by digest or by source, and returns those whose script was not known.
func (p pipeline) exec(calls []*call, bySource bool) (unknown []*call) {
	ctx := context.Background() // the client's own timeouts bound it; see batcher.do
	if len(calls) == 1 {
		cmd := calls[0].cmd(ctx, bySource)
		_ = p.client.Process(ctx, cmd)
		return calls[0].take(cmd, unknown)
	}
	pipe := p.client.Pipeline()
	cmds := make([]*redis.Cmd, len(calls))
	for i, c := range calls {
		cmds[i] = c.cmd(ctx, bySource)
		_ = pipe.Process(ctx, cmds[i]) // only queues it
	}
	_, err := pipe.Exec(ctx)
	for i, c := range calls {
		unknown = c.take(cmds[i], unknown)
		// A pipeline that was never sent (a hook refused it) leaves its commands without a word.
		var answered redis.Error
		if err != nil && c.err == nil && c.reply == nil && !errors.As(err, &answered) {
			c.err = err
		}
	}
	return unknown
}

// cmd makes the Redis command of a call.
func (c *call) cmd(ctx context.Context, bySource bool) *redis.Cmd {
	if c.script == nil {
		return redis.NewCmd(ctx, c.args...)
	}
	args := make([]any, 0, 3+len(c.keys)+len(c.args))
	if bySource {
		args = append(args, "eval", c.script.source, len(c.keys))
	} else {
		args = append(args, "evalsha", c.script.sha, len(c.keys))
	}
	for _, k := range c.keys {
		args = append(args, k)
	}
	return redis.NewCmd(ctx, append(args, c.args...)...)
}

// take notes a command's result; where its script was not known, it adds the call to unknown instead.
func (c *call) take(cmd *redis.Cmd, unknown []*call) []*call {
	c.reply, c.err = cmd.Result()
	if errors.Is(c.err, redis.Nil) {
		c.reply, c.err = nil, nil
	}
	if c.err != nil && c.script != nil && strings.HasPrefix(c.err.Error(), "NOSCRIPT") {
		return append(unknown, c)
	}
	return unknown
}

// close implements runner.
func (p pipeline) close() error { return p.client.Close() }
