package telegram

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-telegram/bot/models"
	"golang.org/x/sync/errgroup"

	"tandem/bot"
)

// allowedUpdates is what Tandem asks Telegram for; it keeps back all the rest.
func allowedUpdates() []string {
	return []string{models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
		models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember}
}

// getUpdates is https://core.telegram.org/bots/api#getupdates
type getUpdates struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"` // seconds
	Allowed []string `json:"allowed_updates"`
}

const (
	fullBatch = 100 // updates in one answer, at most: as many as Telegram gives
	passAfter = 3   // tries of an update that stands alone in its answer and cannot be read
)

// poller is where a long poll stands.
type poller struct {
	offset int64
	limit  int // updates to ask for
	failed int // answers in a row with one update that could not be read
}

// Poll takes updates in by long polling until ctx ends, and then returns nil; any other end is an error that trying
// again does not mend (ErrToken). It takes a webhook off first, keeping what waits there.
//
// The offset moves, and so Telegram forgets a batch, only when every update of it was ingested (invariant 3). Updates of
// one chat are ingested in order, those of different chats side by side. An update that cannot be read is counted,
// logged without its content, and passed over: it must not keep everybody else waiting. Where it makes a whole answer
// unreadable, updates are asked for one by one until it is passed.
func (t *Telegram) Poll(ctx context.Context, ingest Ingest) error {
	wait := backoff{first: t.opt.Retry}
	begun := false
	p := poller{limit: fullBatch}
	for ctx.Err() == nil {
		if !begun {
			if err := t.beginPolling(ctx); err != nil {
				if err := t.pollTrouble(ctx, &wait, err); err != nil {
					return err
				}
				continue
			}
			begun = true
		}
		next, err := t.pollOnce(ctx, p, ingest)
		var u *unreadable
		if errors.As(err, &u) && t.narrow(&p, u) {
			continue
		}
		if err != nil {
			if err := t.pollTrouble(ctx, &wait, err); err != nil {
				return err
			}
			continue
		}
		wait.reset()
		p = poller{offset: next, limit: min(2*p.limit, fullBatch)}
	}
	return nil
}

// narrow asks for less after an answer that could not be read, and passes over the update that stands alone in one. It
// tells whether there is something else to try now.
func (t *Telegram) narrow(p *poller, u *unreadable) bool {
	switch {
	case p.limit > 1:
		p.limit = 1
		return true
	case u.first == 0:
		return false
	}
	if p.failed++; p.failed < passAfter {
		return false
	}
	t.countDecoded(received{id: u.first}, u)
	*p = poller{offset: u.first + 1, limit: 1}
	return true
}

func (t *Telegram) beginPolling(ctx context.Context) error {
	if _, err := t.Check(ctx); err != nil {
		return err
	}
	return t.call(ctx, t.opt.CallTimeout, "deleteWebhook", map[string]bool{"drop_pending_updates": false}, nil)
}

// pollOnce fetches a batch, takes all of it in, and returns the offset that confirms it.
func (t *Telegram) pollOnce(ctx context.Context, p poller, ingest Ingest) (int64, error) {
	var updates batch
	err := t.call(ctx, t.opt.PollTimeout+10*time.Second, "getUpdates", getUpdates{
		Offset: p.offset, Limit: p.limit, Timeout: int(t.opt.PollTimeout / time.Second), Allowed: allowedUpdates(),
	}, &updates)
	if err != nil {
		return 0, err
	}
	if len(updates) == 0 {
		// Everything is confirmed, so no offset is needed any more. And none should be kept: after a quiet week
		// Telegram goes on from a random update_id, which may be a smaller one.
		return 0, nil
	}
	last := int64(0)
	var pending []received
	for _, body := range updates {
		r, err := decode(body, t.Self())
		last = max(last, r.id)
		if t.countDecoded(r, err) {
			pending = append(pending, r)
		}
	}
	if last == 0 {
		return 0, errors.New("telegram getUpdates: a batch without update ids")
	}
	return last + 1, t.ingestAll(ctx, pending, ingest)
}

// ingestAll takes updates in until none is left, or ctx ends. What fails is tried again, for as long as it takes.
func (t *Telegram) ingestAll(ctx context.Context, pending []received, ingest Ingest) error {
	wait := backoff{first: t.opt.Retry}
	for {
		failed, err := t.ingestBatch(ctx, pending, ingest)
		if len(failed) == 0 {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.counts.failed.Add(1)
		d := wait.next(0)
		t.log.Error("updates could not be stored and are tried again; Telegram keeps them until then",
			"updates", len(failed), "wait", d, "err", err)
		sleep(ctx, d)
		pending = failed
	}
}

// ingestBatch takes updates in, those of one chat in order, and returns what is left of each chat where one failed.
func (t *Telegram) ingestBatch(ctx context.Context, batch []received, ingest Ingest) (failed []received, err error) {
	var order []string
	chats := map[string][]received{}
	for _, r := range batch {
		if _, known := chats[r.update.Conversation]; !known {
			order = append(order, r.update.Conversation)
		}
		chats[r.update.Conversation] = append(chats[r.update.Conversation], r)
	}
	left := make([][]received, len(order))
	var g errgroup.Group
	g.SetLimit(16)
	for i, name := range order {
		g.Go(func() error {
			for j, r := range chats[name] {
				if err := ingest(ctx, t.stamped(r.update)); err != nil {
					left[i] = chats[name][j:]
					return err
				}
				t.counts.ingested.Add(1)
				t.acknowledge(ctx, r.query)
			}
			return nil
		})
	}
	err = g.Wait()
	for _, l := range left {
		failed = append(failed, l...)
	}
	return failed, err
}

// stamped gives an update whose time Telegram did not tell the time of its arrival.
func (t *Telegram) stamped(u bot.Update) bot.Update {
	if u.At.IsZero() {
		u.At = t.opt.Now().UTC()
	}
	return u
}

// pollTrouble waits after a failure and returns nil, or returns the error that ends the polling.
func (t *Telegram) pollTrouble(ctx context.Context, wait *backoff, err error) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // stopping is no trouble
	}
	var e *apiError
	status, after := 0, time.Duration(0)
	if errors.As(err, &e) {
		status, after = e.status, e.after
	}
	switch {
	case errors.Is(err, ErrToken), status == http.StatusUnauthorized:
		return ErrToken
	case status == http.StatusConflict:
		t.counts.conflicts.Add(1)
		t.log.Error("another program takes this bot's updates, or a webhook was set: stop it; trying again", "err", err)
	default:
		t.log.Warn("polling Telegram failed; trying again", "status", status, "err", err)
	}
	sleep(ctx, wait.next(after))
	return nil
}
