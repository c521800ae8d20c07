package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxBody is the longest body that is read, in bytes. Slack's own are far shorter.
const maxBody = 1 << 20

// maxAge is how far a request's timestamp may lie from our clock, either way.
const maxAge = 5 * time.Minute

// Webhook takes updates in as Slack delivers them to an address of ours: events, interactions and commands all to the
// same one. What it answers, and why:
//
//   - 413 for a body over the limit, and 400 for one that broke off: neither can be checked.
//   - 401 without a right signature by the signing secret, or with a timestamp more than five minutes off; an empty
//     secret lets nobody in. Nothing is read (https://docs.slack.dev/authentication/verifying-requests-from-slack).
//   - 503 where storing failed or took longer than Slack waits: Slack delivers an event again at once, after a minute
//     and after five. An interaction it does not repeat; the person is told, and presses again.
//   - 200 once the update is stored (invariant 3); also for what is nothing for Tandem and what cannot be read. Its body
//     is empty, but for the challenge with which Slack checks the address, and for a modal, which it closes, or answers
//     as Options.Modal says.
//
// A delivery that Slack marks as a retry is taken in like any other: its event_id tells whether it is known.
func (s *Slack) Webhook(secret string, ingest Ingest) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if !signed(secret, r.Header, body, s.opt.Now()) {
			s.counts.refused.Add(1)
			s.log.Warn("a request without a right signature was refused")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		s.answer(w, r, body, ingest)
	})
}

// answer takes a body in whose signature is right.
func (s *Slack) answer(w http.ResponseWriter, r *http.Request, body []byte, ingest Ingest) {
	kind, body := unwrap(r.Header.Get("Content-Type"), body)
	got, err := s.take(r.Context(), kind, body, ingest)
	switch {
	case err != nil:
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusServiceUnavailable)
	case got.challenge != "":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(w, got.challenge)
	case got.answer != nil:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(got.answer)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// unwrap tells what a body holds, and takes the JSON out of a form.
func unwrap(contentType string, body []byte) (Kind, []byte) {
	kind, _, _ := mime.ParseMediaType(contentType)
	if kind != formType {
		return Events, body
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Slash, nil
	}
	if payload := form.Get("payload"); payload != "" {
		return Interactive, []byte(payload)
	}
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return Slash, nil
	}
	return Slash, data
}

// signed checks a request's signature in constant time.
func signed(secret string, h http.Header, body []byte, now time.Time) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	unix, err := strconv.ParseInt(stamp, 10, 64)
	if secret == "" || err != nil {
		return false
	}
	if age := now.Sub(time.Unix(unix, 0)); age > maxAge || age < -maxAge {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":"))
	_, _ = mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(want), []byte(h.Get("X-Slack-Signature")))
}
