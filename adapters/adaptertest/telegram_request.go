package adaptertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// reply is what a method answers.
type reply struct {
	status      int // 0: 200 and ok
	description string
	result      any
	retryAfter  int
	migrateTo   int64
}

func fail(status int, format string, args ...any) reply {
	return reply{status: status, description: fmt.Sprintf(format, args...)}
}

// params are a request's parameters as text, as the Bot API server itself holds them.
type params map[string]string

func (p params) int(name string) int64 {
	n, _ := strconv.ParseInt(p[name], 10, 64)
	return n
}

func (p params) bool(name string) bool { return strings.EqualFold(p[name], "true") || p[name] == "1" }

// readParams reads a request in each of the forms that the Bot API takes.
func readParams(r *http.Request) (params, error) {
	p := params{}
	for k, v := range r.URL.Query() {
		p[k] = v[0]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var fields map[string]json.RawMessage
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&fields); err != nil {
			return nil, err
		}
		for k, v := range fields {
			var s string
			if json.Unmarshal(v, &s) != nil {
				s = string(v)
			}
			p[k] = s
		}
	case "multipart/form-data":
		// The library sends an empty body for a method without parameters, without even the closing boundary.
		if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if r.MultipartForm != nil {
			for k, v := range r.MultipartForm.Value {
				p[k] = v[0]
			}
			for k, v := range r.MultipartForm.File {
				p[k] = "attach://" + v[0].Filename
			}
		}
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
		for k, v := range r.PostForm {
			p[k] = v[0]
		}
	}
	return p, nil
}

// serve is the Bot API: /bot<token>/<method>.
func (f *Telegram) serve(w http.ResponseWriter, r *http.Request) {
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, found := strings.Cut(rest, "/")
	if !ok || !found || !strings.Contains(token, ":") {
		write(w, fail(404, "Not Found"))
		return
	}
	if token != f.Token {
		write(w, fail(401, "Unauthorized"))
		return
	}
	p, err := readParams(r)
	if err != nil {
		write(w, fail(400, "Bad Request: can't parse request"))
		return
	}
	ft := f.fault(method, p.int("chat_id"))
	if ft.before(w, r, f.stop) {
		f.note(method, p, false)
		return
	}
	rep := f.do(r, method, p)
	f.note(method, p, rep.status == 0)
	if ft.after(w) {
		return
	}
	write(w, rep)
}

// do carries one method out.
func (f *Telegram) do(r *http.Request, method string, p params) reply {
	switch strings.ToLower(method) { // Telegram's method names are not case-sensitive
	case "getme":
		return f.getMe()
	case "getupdates":
		return f.getUpdates(r, p)
	case "sendmessage":
		return f.sendMessage(p)
	case "sendphoto":
		return f.sendFile(p, "photo")
	case "senddocument":
		return f.sendFile(p, "document")
	case "editmessagetext":
		return f.editText(p)
	case "editmessagereplymarkup":
		return f.editMarkup(p)
	case "answercallbackquery":
		return f.answerQuery(p)
	case "sendchataction":
		return f.chatAction(p)
	case "setmycommands":
		return f.setCommands(p)
	case "setmydescription":
		return reply{result: true}
	case "setwebhook":
		return f.setWebhook(p)
	case "deletewebhook":
		return f.deleteWebhook(p)
	case "getwebhookinfo":
		return f.webhookInfo()
	}
	return fail(404, "Not Found")
}

func (f *Telegram) note(method string, p params, accepted bool) {
	if strings.EqualFold(method, "getUpdates") {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, Call{Method: method, Params: p, Accepted: accepted})
}

// write answers as Telegram does: https://core.telegram.org/bots/api#making-requests
func write(w http.ResponseWriter, rep reply) {
	w.Header().Set("Content-Type", "application/json")
	if updates, ok := rep.result.([]json.RawMessage); ok && rep.status == 0 {
		// As they are: an encoder would refuse garbage, and what is nested deeply.
		_, _ = fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, bytes.Join(asBytes(updates), []byte(",")))
		return
	}
	if rep.status == 0 {
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": rep.result})
		return
	}
	body := map[string]any{"ok": false, "error_code": rep.status, "description": rep.description}
	switch {
	case rep.retryAfter > 0:
		body["parameters"] = map[string]any{"retry_after": rep.retryAfter}
	case rep.migrateTo != 0:
		body["parameters"] = map[string]any{"migrate_to_chat_id": rep.migrateTo}
	}
	w.WriteHeader(rep.status)
	_ = json.NewEncoder(w).Encode(body)
}

func asBytes(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, m := range list {
		out[i] = m
	}
	return out
}
