package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what is read of one answer: a full batch of 100 updates stays far below it.
const maxAnswer = 16 << 20

// apiError is a call that did not go through. Its text never holds the token, and holds Telegram's description only for
// calls that carry nobody's words: descriptions quote what was sent.
type apiError struct {
	method      string
	status      int    // Telegram's error_code, or the HTTP status; 0: nothing came back
	spoken      bool   // Telegram itself refused, in JSON: not a proxy on the way
	taken       bool   // it said ok, and only its result could not be read
	description string // Telegram's words: to be matched, not shown
	after       time.Duration
	migrated    bool // the group became a supergroup, which is another chat
	cause       string
}

// Error implements error.
func (e *apiError) Error() string {
	switch {
	case e.status == 0:
		return fmt.Sprintf("telegram %s: cannot reach the server: %s", e.method, e.cause)
	case e.spoken && wordless(e.method):
		return fmt.Sprintf("telegram %s: %d %s", e.method, e.status, e.description)
	}
	return fmt.Sprintf("telegram %s: status %d", e.method, e.status)
}

// wordless tells the calls that carry no person's words.
func wordless(method string) bool {
	switch method {
	case "getMe", "getUpdates", "setWebhook", "deleteWebhook", "setMyCommands", "setMyDescription":
		return true
	}
	return false
}

// answer is what Telegram wraps every result in: https://core.telegram.org/bots/api#making-requests
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Description string          `json:"description"`
	ErrorCode   int             `json:"error_code"`
	Parameters  struct {
		RetryAfter float64 `json:"retry_after"`
		MigrateTo  int64   `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call makes one call of the Bot API and reads its result. It fails with *apiError only. net/http does not repeat a
// POST by itself, so one call is at most one message.
func (t *Telegram) call(ctx context.Context, timeout time.Duration, method string, params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if params == nil {
		params = struct{}{}
	}
	body, err := json.Marshal(params)
	if err != nil {
		return &apiError{method: method, cause: "the request could not be encoded"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+method, bytes.NewReader(body))
	if err != nil {
		return &apiError{method: method, cause: "the request could not be made"} // err holds the address
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := t.opt.HTTPClient.Do(req)
	if err != nil {
		return &apiError{method: method, cause: t.harmless(err)}
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return &apiError{method: method, cause: t.harmless(err)}
	}
	return read(method, resp, data, result)
}

// read takes an answer apart.
func read(method string, resp *http.Response, data []byte, result any) error {
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		if b, ok := result.(*batch); ok {
			return b.salvage(resp.StatusCode, data)
		}
		// A proxy's page, or half an answer: nobody knows what became of the call.
		return &apiError{method: method, status: resp.StatusCode, after: retryHeader(resp)}
	}
	if a.OK {
		if result == nil {
			return nil
		}
		if err := json.Unmarshal(a.Result, result); err != nil {
			return &apiError{method: method, status: resp.StatusCode, taken: true}
		}
		return nil
	}
	e := &apiError{
		method: method, status: a.ErrorCode, spoken: a.ErrorCode != 0, description: a.Description,
		after:    time.Duration(a.Parameters.RetryAfter * float64(time.Second)),
		migrated: a.Parameters.MigrateTo != 0,
	}
	if e.status == 0 {
		e.status = resp.StatusCode
	}
	if e.after <= 0 {
		e.after = retryHeader(resp)
	}
	return e
}

// retryHeader reads Retry-After in seconds, as proxies give it.
func retryHeader(resp *http.Response) time.Duration {
	s, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || s < 0 || s > 24*3600 {
		return 0
	}
	return time.Duration(s) * time.Second
}

// harmless takes the address, which holds the token, out of a network error.
func (t *Telegram) harmless(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return strings.ReplaceAll(err.Error(), t.opt.Token, "***")
}

// newHTTPClient makes a client that keeps its connections for many chats at once and follows no redirect.
func newHTTPClient() *http.Client {
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if tr, ok := http.DefaultTransport.(*http.Transport); ok {
		own := tr.Clone()
		own.MaxIdleConnsPerHost = 64
		c.Transport = own
	}
	return c
}
