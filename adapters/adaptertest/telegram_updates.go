package adaptertest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"
)

func (f *Telegram) getMe() reply {
	return reply{result: models.User{ID: f.opt.BotID, IsBot: true, FirstName: "Tandem", Username: f.opt.Username}}
}

// getUpdates waits for updates: https://core.telegram.org/bots/api#getupdates. What lies before the offset is
// confirmed and forgotten; all else is given again and again.
func (f *Telegram) getUpdates(r *http.Request, p params) reply {
	limit := int(p.int("limit"))
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	timer := time.NewTimer(time.Duration(p.int("timeout")) * time.Second)
	defer timer.Stop()
	mine := make(chan struct{})
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.polling != nil {
		close(f.polling) // the poll that came before ends with a conflict
	}
	f.polling = mine
	defer func() {
		if f.polling == mine {
			f.polling = nil
		}
	}()
	for {
		if f.webhook.url != "" {
			return fail(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
		}
		f.confirm(p.int("offset"))
		if batch := f.batch(limit, p["allowed_updates"]); len(batch) > 0 {
			return reply{result: batch}
		}
		changed := f.changed
		f.mu.Unlock()
		stop := waitAny(r, changed, mine, timer.C, f.stop)
		f.mu.Lock()
		switch stop {
		case "taken":
			return fail(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		case "over":
			return reply{result: []json.RawMessage{}}
		}
	}
}

func waitAny(r *http.Request, changed, taken <-chan struct{}, timeout <-chan time.Time, stop <-chan struct{}) string {
	select {
	case <-changed:
		return ""
	case <-taken:
		return "taken"
	case <-timeout:
	case <-stop:
	case <-r.Context().Done():
	}
	return "over"
}

// confirm forgets the updates before an offset; a negative one keeps only as many, from the end.
func (f *Telegram) confirm(offset int64) {
	if offset < 0 {
		f.queue = f.queue[max(0, len(f.queue)+int(offset)):]
		return
	}
	f.queue = slices.DeleteFunc(f.queue, func(u pendingUpdate) bool { return u.id < offset })
}

// batch is the first updates of the kinds that were asked for.
func (f *Telegram) batch(limit int, allowed string) []json.RawMessage {
	var kinds []string
	_ = json.Unmarshal([]byte(allowed), &kinds)
	var batch []json.RawMessage
	for _, u := range f.queue {
		if len(batch) < limit && (len(kinds) == 0 || slices.Contains(kinds, u.kind)) {
			batch = append(batch, u.body)
		}
	}
	return batch
}
