package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tandem/bot"
)

// take takes one body in, whichever way it came. Nil: it may be acknowledged, with the answer if there is one. What
// cannot be read is counted and passed over: it would be no better the next time.
func (s *Slack) take(ctx context.Context, kind Kind, body []byte, ingest Ingest) (received, error) {
	r, err := decode(kind, body, s.Self())
	switch {
	case err != nil:
		s.counts.skipped.Add(1)
		s.log.Error("an update could not be read and is passed over", "kind", kind, "event", r.id, "err", err)
		return r, nil
	case !r.ours:
		s.counts.ignored.Add(1)
		return r, nil
	}
	if r.update.At.IsZero() {
		r.update.At = s.opt.Now().UTC()
	}
	if err := s.keep(ctx, ingest, &r); err != nil {
		s.counts.failed.Add(1)
		s.log.Error("an update could not be stored; Slack delivers events again", "kind", kind, "event", r.id, "err", err)
		return r, err
	}
	s.counts.ingested.Add(1)
	return r, nil
}

// keep hands an update on, and to who answers modals what was sent off with one.
func (s *Slack) keep(ctx context.Context, ingest Ingest, r *received) error {
	if r.update.Event != Submit || s.opt.Modal == nil {
		return s.store(ctx, ingest, r.update)
	}
	replies := make(chan Reply, 1) // where it takes too long, nobody waits for the reply any more
	modal := func(ctx context.Context, u bot.Update) error {
		reply, err := s.opt.Modal(ctx, u)
		replies <- reply
		return err
	}
	if err := s.store(ctx, modal, r.update); err != nil {
		return err
	}
	answer, err := s.response(r.update.Conversation, <-replies)
	r.answer = answer
	return err
}

// store stores an update, or fails while Slack still waits for an answer. Where Ingest does not end with its context, it
// goes on by itself; a redelivery of what it then stores does no harm.
func (s *Slack) store(ctx context.Context, ingest Ingest, u bot.Update) error {
	ctx, cancel := context.WithTimeout(ctx, s.opt.StoreTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- ingest(ctx, u) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return fmt.Errorf("storing took longer than %s: look at the store's load", s.opt.StoreTimeout.Round(time.Millisecond))
		}
		return ctx.Err()
	}
}
