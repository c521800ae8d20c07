package bottest

import (
	"context"
	"slices"
	"strings"
	"time"

	"tandem/bot"
)

// Pending implements bot.Outbox.
func (m *Memory) Pending(_ context.Context, name string, now time.Time, limit int) ([]bot.Outgoing, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	c := m.conversation(name)
	if c.owner != m.worker {
		return nil, bot.ErrLost
	}
	c.wake = now.Add(memoryLease)
	return slices.Clone(c.outbox[:min(limit, len(c.outbox))]), nil
}

// Sent implements bot.Outbox.
func (m *Memory) Sent(_ context.Context, name string, id int64, ref string) error {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	c := m.conversation(name)
	c.outbox = slices.DeleteFunc(c.outbox, func(o bot.Outgoing) bool {
		if o.ID == id && o.Message.Prompt != "" && ref != "" {
			c.prompt, c.ref = o.Message.Prompt, ref
		}
		return o.ID == id
	})
	return nil
}

// Release implements bot.Outbox.
func (m *Memory) Release(_ context.Context, name string, now, retry time.Time) error {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	c := m.conversation(name)
	if c.owner != m.worker {
		return bot.ErrLost
	}
	c.owner, c.wake = "", c.due
	sooner := func(t time.Time) {
		if c.wake.IsZero() || t.Before(c.wake) {
			c.wake = t
		}
	}
	if len(c.outbox) > 0 && !c.parked {
		if retry.IsZero() {
			retry = now
		}
		sooner(retry)
	}
	if len(c.inbox) > 0 {
		if until := c.held(); until.After(now) {
			sooner(until)
		} else if retry.IsZero() {
			sooner(now)
		} else {
			sooner(retry)
		}
	}
	return nil
}

// Take implements bot.Pace: it paces nothing but what was put on hold.
func (m *Memory) Take(_ context.Context, name string, now time.Time) (time.Duration, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	platform, _, _ := strings.Cut(name, ":")
	until := m.data.holds[name]
	if all := m.data.holds[platform]; all.After(until) {
		until = all
	}
	return max(0, until.Sub(now)), nil
}

// Hold implements bot.Pace.
func (m *Memory) Hold(_ context.Context, name string, all bool, now time.Time, d time.Duration) error {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	if all {
		name, _, _ = strings.Cut(name, ":")
	}
	m.data.holds[name] = now.Add(d)
	return nil
}

// PutFlow implements bot.FlowShelf.
func (m *Memory) PutFlow(_ context.Context, f bot.StoredFlow) error {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	m.data.flows[f.ID+"@"+f.Version] = f
	return nil
}

// Flow implements bot.FlowShelf.
func (m *Memory) Flow(_ context.Context, id, version string) (bot.StoredFlow, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	f, ok := m.data.flows[id+"@"+version]
	if !ok {
		return bot.StoredFlow{}, bot.ErrNoFlow
	}
	return f, nil
}

// Ping implements bot.Store.
func (m *Memory) Ping(context.Context) error { return nil }

// Close implements bot.Store.
func (m *Memory) Close() error { return nil }
