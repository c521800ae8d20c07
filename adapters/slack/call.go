package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 4 << 20

// apiError is a call that did not go through. Its text holds Slack's error word and nothing else that Slack said: its
// longer messages quote what was sent.
type apiError struct {
	method string
	status int    // the HTTP status; 0: nothing came back
	word   string // Slack's own word for it, such as channel_not_found; empty: it was not Slack that refused
	taken  bool   // it said ok, and only its result could not be read
	after  time.Duration
	cause  string
}

// Error implements error.
func (e *apiError) Error() string {
	switch {
	case e.status == 0:
		return fmt.Sprintf("slack %s: cannot reach the server: %s", e.method, e.cause)
	case e.word != "":
		return fmt.Sprintf("slack %s: %s (status %d)", e.method, e.word, e.status)
	}
	return fmt.Sprintf("slack %s: status %d", e.method, e.status)
}

// write makes a call that takes JSON, and reads its result. It fails with *apiError only.
func (s *Slack) write(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return &apiError{method: method, cause: "the request could not be encoded"}
	}
	return s.call(ctx, method, s.opt.Token, "application/json; charset=utf-8", bytes.NewReader(body), result)
}

// read makes a call that takes a form: those that only look something up know no JSON.
func (s *Slack) read(ctx context.Context, method string, params url.Values, result any) error {
	return s.call(ctx, method, s.opt.Token, formType, strings.NewReader(params.Encode()), result)
}

const formType = "application/x-www-form-urlencoded"

// call makes one call of the Web API. net/http does not repeat a POST by itself, so one call is at most one message.
func (s *Slack) call(ctx context.Context, method, token, contentType string, body io.Reader, result any) error {
	ctx, cancel := context.WithTimeout(ctx, s.opt.CallTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base+method, body)
	if err != nil {
		return &apiError{method: method, cause: "the request could not be made"}
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", contentType)
	got, err := s.do(method, req)
	if err != nil {
		return err
	}
	return got.read(method, result)
}

// answer is what came back, whole.
type answer struct {
	status int
	after  time.Duration
	data   []byte
}

// do sends a request and reads all of its answer.
func (s *Slack) do(method string, req *http.Request) (answer, error) {
	resp, err := s.opt.HTTPClient.Do(req)
	if err != nil {
		return answer{}, &apiError{method: method, cause: s.harmless(err)}
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return answer{}, &apiError{method: method, cause: s.harmless(err)}
	}
	return answer{status: resp.StatusCode, after: retryAfter(resp.Header), data: data}, nil
}

// read takes an answer apart: https://docs.slack.dev/apis/web-api/#responses
func (got answer) read(method string, result any) error {
	var a struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	e := &apiError{method: method, status: got.status, after: got.after}
	if err := json.Unmarshal(got.data, &a); err != nil || a.OK == nil {
		return e // a proxy's page, or half an answer: nobody knows what became of the call
	}
	if !*a.OK {
		e.word = a.Error
		if !regexp.MustCompile(`^[a-z0-9_]{1,64}$`).MatchString(e.word) {
			e.word = "unknown"
		}
		return e
	}
	if result != nil && json.Unmarshal(got.data, result) != nil {
		e.taken = true
		return e
	}
	return nil
}

// retryAfter reads Retry-After in seconds, up to a day.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 || n > 24*3600 {
		return 0
	}
	return time.Duration(n) * time.Second
}

// harmless takes the address, which may hold a ticket, and the tokens out of a network error.
func (s *Slack) harmless(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	text := strings.ReplaceAll(err.Error(), s.opt.Token, "***")
	if s.opt.AppToken != "" {
		text = strings.ReplaceAll(text, s.opt.AppToken, "***")
	}
	return text
}

// newHTTPClient makes a client that keeps its connections for many channels at once and follows no redirect.
func newHTTPClient() *http.Client {
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if tr, ok := http.DefaultTransport.(*http.Transport); ok {
		own := tr.Clone()
		own.MaxIdleConnsPerHost = 64
		c.Transport = own
	}
	return c
}
