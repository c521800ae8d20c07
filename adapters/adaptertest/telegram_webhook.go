package adaptertest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"
)

// webhook is where updates are delivered to, if anywhere.
type webhook struct {
	url, secret string
	most        int // deliveries at once
	allowed     []string
	lastError   string
	busy        int
}

// setWebhook is https://core.telegram.org/bots/api#setwebhook; unlike Telegram it takes plain http, to loopback.
func (f *Telegram) setWebhook(p params) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.webhook = webhook{url: p["url"], secret: p["secret_token"], most: int(p.int("max_connections"))}
	if f.webhook.most <= 0 || f.webhook.most > 100 {
		f.webhook.most = 40
	}
	_ = json.Unmarshal([]byte(p["allowed_updates"]), &f.webhook.allowed)
	f.dropPending(p)
	return reply{result: true}
}

func (f *Telegram) deleteWebhook(p params) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.webhook = webhook{}
	f.dropPending(p)
	return reply{result: true}
}

func (f *Telegram) dropPending(p params) {
	if p.bool("drop_pending_updates") {
		f.queue = nil
	}
	f.change()
}

func (f *Telegram) webhookInfo() reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	return reply{result: models.WebhookInfo{URL: f.webhook.url, PendingUpdateCount: len(f.queue),
		MaxConnections: f.webhook.most, LastErrorMessage: f.webhook.lastError, AllowedUpdates: f.webhook.allowed}}
}

// deliverWebhook delivers whatever is due until the fake is closed.
func (f *Telegram) deliverWebhook() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for {
		f.mu.Lock()
		wait := f.deliverDue(ctx, time.Now())
		changed := f.changed
		f.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-f.stop:
			timer.Stop()
			return
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// deliverDue starts what may be delivered now and says when to look again. A lane whose first update is under way, or
// waits after a refusal, keeps the others of that lane waiting, as Telegram's own server does
// (https://github.com/tdlib/telegram-bot-api, WebhookActor).
func (f *Telegram) deliverDue(ctx context.Context, now time.Time) time.Duration {
	wait := time.Hour
	if f.webhook.url == "" {
		return wait
	}
	blocked := map[string]bool{}
	for i := range f.queue {
		u := &f.queue[i]
		if f.webhook.busy >= f.webhook.most {
			break
		}
		if len(f.webhook.allowed) > 0 && !slices.Contains(f.webhook.allowed, u.kind) {
			continue
		}
		if !blocked[u.lane] && !u.busy && !u.due.After(now) {
			u.busy = true
			f.webhook.busy++
			go f.deliver(ctx, f.webhook, u.id, u.body)
		} else if !u.busy && u.due.After(now) {
			wait = min(wait, u.due.Sub(now))
		}
		blocked[u.lane] = !f.opt.Unordered
	}
	return wait
}

// deliver posts one update, and forgets it or sets its next attempt.
func (f *Telegram) deliver(ctx context.Context, to webhook, id int64, body []byte) {
	status, retryAfter := post(ctx, to, body)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.webhook.busy = max(0, f.webhook.busy-1)
	at := slices.IndexFunc(f.queue, func(u pendingUpdate) bool { return u.id == id })
	if at < 0 {
		return
	}
	u := &f.queue[at]
	u.busy = false
	if status >= 200 && status < 300 {
		f.queue = slices.Delete(f.queue, at, at+1)
	} else {
		f.webhook.lastError = "Wrong response from the webhook: " + strconv.Itoa(status)
		u.tries++
		u.due = time.Now().Add(f.retryDelay(u.tries, retryAfter))
	}
	f.change()
}

// retryDelay is at once the first time, and then doubles, unless Retry-After asks for something else.
func (f *Telegram) retryDelay(tries, retryAfter int) time.Duration {
	switch {
	case retryAfter > 0:
		return min(time.Duration(retryAfter)*time.Second, f.opt.WebhookRetry*4)
	case tries == 1:
		return 0
	}
	return f.opt.WebhookRetry << min(tries-2, 6)
}

func post(ctx context.Context, to webhook, body []byte) (status, retryAfter int) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url, bytes.NewReader(body))
	if err != nil {
		return 0, 0
	}
	req.Header.Set("Content-Type", "application/json")
	if to.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", to.secret)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, 0
	}
	defer resp.Body.Close()
	retryAfter, _ = strconv.Atoi(resp.Header.Get("Retry-After"))
	return resp.StatusCode, retryAfter
}
