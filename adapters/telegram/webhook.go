package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
)

// maxBody is the longest update that is read, in bytes. Telegram's own are a hundred times shorter.
const maxBody = 1 << 20

// Webhook takes updates in as Telegram delivers them to an address of ours. What it answers, and why:
//
//   - 401 without the right secret (compared in constant time); an empty secret lets nobody in. Nothing is read.
//   - 503 where storing failed, with Retry-After: Telegram delivers again, and meanwhile keeps back what comes after it
//     in the same chat, so the order holds.
//   - 400 where the body broke off on its way: Telegram delivers again.
//   - 200 once the update is stored (invariant 3); also for what is nothing for Tandem, and for a whole body that is no
//     update or too long, which is counted, logged without its content and passed over. It would be no better the next
//     time, and refusing it would hold up everything else from that chat for the day that Telegram keeps trying.
//
// The answer has no body: Telegram would take one for a call of the Bot API. Every process that serves a webhook calls
// SetWebhook or Check first, to learn the bot's username.
func (t *Telegram) Webhook(secret string, ingest Ingest) http.Handler {
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		got := sha256.Sum256([]byte(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")))
		if subtle.ConstantTimeCompare(want[:], got[:]) != 1 || secret == "" {
			t.counts.refused.Add(1)
			t.log.Warn("a webhook request without the right secret was refused")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			body = nil // its beginning may look whole
		case err != nil:
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if err := t.deliver(r.Context(), body, ingest); err != nil {
			t.counts.failed.Add(1)
			t.log.Error("an update could not be stored; Telegram will deliver it again", "err", err)
			w.Header().Set("Retry-After", "2")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}

// deliver takes one body in. An update that is not ours still counts as arrived: it fills its place in the order.
func (t *Telegram) deliver(ctx context.Context, body []byte, ingest Ingest) error {
	r, err := decode(body, t.Self())
	ours := t.countDecoded(r, err)
	u := t.stamped(r.update)
	if t.opt.Sequencer != nil && r.id != 0 {
		u.Hold, err = t.opt.Sequencer.Arrived(ctx, fmt.Sprintf("telegram:%d", t.Self().ID), r.id, t.opt.Now())
		if err != nil {
			return fmt.Errorf("note an update's place in the order: %w", err)
		}
	}
	if !ours {
		return nil
	}
	if err := ingest(ctx, u); err != nil {
		return err
	}
	t.counts.ingested.Add(1)
	t.acknowledge(ctx, r.query)
	return nil
}

// setWebhook is https://core.telegram.org/bots/api#setwebhook
type setWebhook struct {
	URL            string   `json:"url"`
	Secret         string   `json:"secret_token"`
	MaxConnections int      `json:"max_connections"`
	Allowed        []string `json:"allowed_updates"`
}

// SetWebhook tells Telegram to deliver updates to an address of ours, with a secret that Webhook then asks for. The
// address must be https and the secret 16 to 256 of [A-Za-z0-9_-]; what waits to be delivered is kept. A Bot API server
// of one's own (Options.APIURL) may deliver to http.
func (t *Telegram) SetWebhook(ctx context.Context, address, secret string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "https" && (u.Scheme != "http" || t.opt.APIURL == official)) {
		return errors.New("TELEGRAM_WEBHOOK_URL is not an https address")
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`).MatchString(secret) {
		return errors.New("TELEGRAM_WEBHOOK_SECRET must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
	}
	if _, err := t.Check(ctx); err != nil {
		return err
	}
	return t.call(ctx, t.opt.CallTimeout, "setWebhook",
		setWebhook{URL: address, Secret: secret, MaxConnections: 40, Allowed: allowedUpdates()}, nil)
}
