package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tandem/bot/desk"
	"tandem/dialog"
)

// Bot is the application over one store. Many processes may run one each over the same store.
type Bot struct {
	Options
	desk    *desk.Words
	hands   *hands
	warm    *warm
	zones   zones
	retries retries
}

// Options are what a Bot is made of.
type Options struct {
	Store     Store
	Library   *dialog.Library
	Platforms map[string]Platform // by the word before the colon in a conversation's name
	Screen    Screen              // looks at every text before anything else does
	Settings  Settings
	Clock     func() time.Time
	Log       *slog.Logger  // never a person's words
	Observe   Observer      // nil: nobody looks
	NewCode   func() string // makes the codes of invites: 20 of a-z, 2-7; nil: by chance, so that nobody can guess one
	Workers   int           // conversations in hand at once; default 64
	Lease     time.Duration // the store's; default 60 s. A send may take a third of it
}

// New makes a Bot, and puts the flows in service on the shelf for the sessions that will be pinned to them.
func New(ctx context.Context, o Options) (*Bot, error) {
	if o.Workers <= 0 {
		o.Workers = 64
	}
	if o.Lease <= 0 {
		o.Lease = time.Minute
	}
	if o.NewCode == nil {
		o.NewCode = newCode
	}
	if o.Observe == nil {
		o.Observe = nobody{}
	}
	words, err := desk.LoadWords()
	if err != nil {
		return nil, fmt.Errorf("read the words of the practitioners' pages: %w", err)
	}
	b := &Bot{Options: o, desk: words, hands: newHands(o.Workers), warm: newWarm()}
	return b, b.shelve(ctx)
}

// Receive takes an update in. Once it returns nil the update is stored and may be acknowledged to its platform
// (invariant 3); it is handled by this process, or by whichever holds the conversation.
func (b *Bot) Receive(ctx context.Context, u Update) error { return b.receive(ctx, u, true) }

// receive takes an update in. Wait holds the caller back while this process has its hands full.
func (b *Bot) receive(ctx context.Context, u Update, wait bool) error {
	now := b.Clock()
	snap, err := b.Store.Ingest(ctx, u, now)
	if err != nil {
		return fmt.Errorf("store an update: %w", err)
	}
	b.Observe.Received(now)
	if snap != nil {
		b.hands.do(wait, func() { b.attend(context.WithoutCancel(ctx), snap.Conversation, snap) })
	}
	return nil
}

// attend does whatever a conversation needs: steps for what waits in its inbox and for what is due, then sending, then
// the lease goes back. A snapshot that is at hand saves the first load. What takes longer than the lease allows is
// left at the next message, never in the middle of one.
func (b *Bot) attend(ctx context.Context, conversation string, snap *Snapshot) {
	limit, cancel := context.WithTimeout(ctx, b.Lease*5/6)
	defer cancel()
	parked, err := b.advance(limit, conversation, snap)
	retry := time.Time{}
	switch {
	case err == nil && parked:
		err = b.drain(limit, conversation)
	case err == nil:
		retry, err = b.deliver(ctx, limit, conversation)
	}
	if errors.Is(err, ErrLost) {
		return // somebody else is at it
	}
	if err != nil {
		b.Log.Error("conversation left for later", "error", err)
		// The lease is kept for a moment: what fails at once would be picked up again at once.
		time.Sleep(min(b.retries.next(conversation), lastFault))
		retry = b.Clock()
	}
	release := func() error { return b.Store.Release(ctx, conversation, b.Clock(), retry) }
	if err := insist(ctx, release); err != nil && !errors.Is(err, ErrLost) {
		b.Log.Error("lease not released; it ends by itself", "error", err)
	}
}

const lastFault = 5 * time.Second // between tries of a conversation that fails here, not at its platform

// advance loads, steps and commits until nothing is left to be handled. A commit that another one overtook is made
// again from a fresh load: correctness needs no lock. Parked tells that nothing can be sent to the conversation now.
func (b *Bot) advance(ctx context.Context, conversation string, snap *Snapshot) (parked bool, err error) {
	for tries := 0; ; {
		if snap == nil {
			if snap, err = b.Store.Load(ctx, conversation); err != nil {
				return false, fmt.Errorf("load a conversation: %w", err)
			}
		}
		step, err := b.step(ctx, snap)
		if err != nil || step == nil {
			return snap.Parked, err
		}
		last := len(snap.Inbox) == 1 && step.commit.Park == nil && !snap.Parked
		snap = nil
		switch err = b.Store.Commit(ctx, step.commit); {
		case errors.Is(err, ErrMoved) && tries < maxTries:
			tries++
		case err != nil:
			return false, fmt.Errorf("commit a step: %w", err)
		default:
			b.warm.put(step.written())
			if last {
				return false, nil // what came in meanwhile makes Release look at the conversation again at once
			}
		}
	}
}

const maxTries = 20 // of a commit that others overtake
