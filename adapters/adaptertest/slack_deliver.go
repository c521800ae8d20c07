package adaptertest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// slackDelivery is something that the app has not acknowledged.
type slackDelivery struct {
	id    string // of the envelope
	kind  string // events_api, interactive, slash_commands
	body  json.RawMessage
	form  string // the field of a form that holds the body; "": its fields are the form's
	tries int
	due   time.Time
	busy  bool
}

// Deliver tells where requests go, as the app's settings do; "" is nowhere.
func (f *Slack) Deliver(address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hook = address
	f.change()
}

// LastAnswer is what the app answered to the last delivery that it acknowledged: the body of its answer, or the payload
// of its acknowledgement.
func (f *Slack) LastAnswer() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.answer
}

// PushRaw queues an event of any JSON, for garbage that no person could send.
func (f *Slack) PushRaw(body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.push(&slackDelivery{kind: "events_api", body: json.RawMessage(body)})
}

// pushEvent queues an event. The caller holds the lock, here and below.
func (f *Slack) pushEvent(event map[string]any) {
	body, _ := json.Marshal(map[string]any{"type": "event_callback", "team_id": f.opt.Team, "api_app_id": "A0TANDEM",
		"event_id": f.next("Ev"), "event_time": time.Now().Unix(), "event": event,
		"authorizations": []any{map[string]any{"team_id": f.opt.Team, "user_id": f.opt.User, "is_bot": true}}})
	f.push(&slackDelivery{kind: "events_api", body: body})
}

func (f *Slack) pushForm(kind, field string, payload map[string]any) {
	body, _ := json.Marshal(payload)
	f.last = &slackDelivery{kind: kind, body: body, form: field}
	f.push(f.last)
}

// Again delivers the last press, modal or command once more, as happens where an acknowledgement was lost.
func (f *Slack) Again() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.last; d != nil {
		f.push(&slackDelivery{kind: d.kind, body: d.body, form: d.form})
	}
}

func (f *Slack) push(d *slackDelivery) {
	d.id = f.next("envelope-")
	f.queue = append(f.queue, d)
	f.change()
}

// interaction is what all interactions have.
func (f *Slack) interaction(kind, user string) map[string]any {
	return map[string]any{"type": kind, "trigger_id": f.trigger(user), "api_app_id": "A0TANDEM",
		"team": map[string]string{"id": f.opt.Team}, "user": map[string]string{"id": user, "team_id": f.opt.Team}}
}

// trigger gives out what opens a modal once, for who did something.
func (f *Slack) trigger(user string) string {
	id := f.next("13.37.") + ".f"
	f.acted[id] = user
	return id
}

func (f *Slack) action(b SlackButton) map[string]any {
	a := map[string]any{"type": b.Type, "action_id": b.Action, "block_id": b.Block, "action_ts": f.tick()}
	if b.Type == "button" {
		a["value"] = b.Value
	} else {
		a["selected_option"] = map[string]any{"value": b.Value, "text": map[string]string{"type": "plain_text", "text": b.Label}}
	}
	return a
}

// deliverAll delivers whatever is due until the fake is closed.
func (f *Slack) deliverAll() {
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

// deliverDue starts what may be delivered now and says when to look again.
func (f *Slack) deliverDue(ctx context.Context, now time.Time) time.Duration {
	wait := time.Hour
	if f.hook == "" && len(f.sockets) == 0 {
		return wait
	}
	for _, d := range f.queue {
		switch {
		case d.busy && !f.opt.Unordered:
			return wait
		case d.busy:
		case d.due.After(now):
			wait = min(wait, d.due.Sub(now))
		default:
			d.busy = true
			if len(f.sockets) > 0 {
				f.sendFrame(f.sockets[d.tries%len(f.sockets)], d)
			} else {
				go f.request(ctx, f.hook, d)
			}
			if !f.opt.Unordered {
				return wait
			}
		}
	}
	return wait
}

// request delivers by a signed request.
func (f *Slack) request(ctx context.Context, to string, d *slackDelivery) {
	status, answer := 0, []byte(nil)
	ctx, cancel := context.WithTimeout(ctx, f.opt.Timeout)
	defer cancel()
	if req, err := f.Request(ctx, to, d.kind, d.form, d.body, time.Now()); err == nil {
		if d.tries > 0 {
			req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(d.tries))
			req.Header.Set("X-Slack-Retry-Reason", "http_error")
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			answer, _ = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
			resp.Body.Close()
			status = resp.StatusCode
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if status == http.StatusOK {
		f.answer = string(answer)
		f.answered(d, answer)
	}
	f.settle(d, status >= 200 && status < 300)
}

// Request makes a signed request as Slack does; form is the field that holds the body, "payload" for interactions.
func (f *Slack) Request(ctx context.Context, to, kind, form string, body []byte, now time.Time) (*http.Request, error) {
	contentType := "application/json"
	if kind != "events_api" {
		contentType = "application/x-www-form-urlencoded"
		body = []byte(slackForm(form, body))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	stamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(f.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return req, nil
}

func slackForm(field string, body []byte) string {
	if field != "" {
		return url.Values{field: {string(body)}}.Encode()
	}
	var fields map[string]string
	_ = json.Unmarshal(body, &fields)
	form := url.Values{}
	for k, v := range fields {
		form.Set(k, v)
	}
	return form.Encode()
}

// settle forgets a delivery that was acknowledged, or sets its next attempt.
func (f *Slack) settle(d *slackDelivery, taken bool) {
	d.busy = false
	if taken {
		f.queue = slices.DeleteFunc(f.queue, func(q *slackDelivery) bool { return q == d })
	} else {
		d.due = time.Now().Add(f.opt.Retry * time.Duration([]int{0, 1, 5}[min(d.tries, 2)]))
		d.tries++
	}
	f.change()
}
