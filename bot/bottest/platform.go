package bottest

import (
	"context"
	"fmt"
	"sync"

	"tandem/bot"
	"tandem/dialog"
)

// Platform remembers what was said in each conversation, as people would see it.
type Platform struct {
	mu     sync.Mutex
	said   map[string][]bot.Outgoing
	number int
	fail   func(conversation string, o bot.Outgoing) *bot.SendError
}

// NewPlatform makes a platform that takes everything.
func NewPlatform() *Platform { return &Platform{said: make(map[string][]bot.Outgoing)} }

// Fail has sends refused for which f gives an error; nil takes everything again.
func (p *Platform) Fail(f func(conversation string, o bot.Outgoing) *bot.SendError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = f
}

// Send implements bot.Platform.
func (p *Platform) Send(_ context.Context, conversation string, o bot.Outgoing) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		if err := p.fail(conversation, o); err != nil {
			return "", err
		}
	}
	p.number++
	p.said[conversation] = append(p.said[conversation], o)
	return fmt.Sprintf("p%d", p.number), nil
}

// Split implements bot.Platform: everything fits.
func (p *Platform) Split(o bot.Outgoing) []bot.Outgoing { return []bot.Outgoing{o} }

// Said are the messages of a conversation so far.
func (p *Platform) Said(conversation string) []dialog.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []dialog.Message
	for _, o := range p.said[conversation] {
		if o.Kind == bot.Say {
			out = append(out, o.Message)
		}
	}
	return out
}

// Sent are all entries that were delivered to a conversation.
func (p *Platform) Sent(conversation string) []bot.Outgoing {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]bot.Outgoing{}, p.said[conversation]...)
}
