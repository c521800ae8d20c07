package adaptertest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// slackReply is what a method answers: its result, or Slack's word for what was wrong.
type slackReply struct {
	word   string
	detail string // what response_metadata says more: it quotes what was sent
	result map[string]any
}

func slackFail(word string) slackReply { return slackReply{word: word} }

// slackParams are a call's parameters as JSON.
type slackParams map[string]json.RawMessage

func (p slackParams) text(name string) string {
	var s string
	_ = json.Unmarshal(p[name], &s)
	return s
}

// readSlackParams reads JSON or a form; a word of Slack's: it can be neither.
func readSlackParams(r *http.Request) (slackParams, string) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil, "request_timeout"
	}
	p := slackParams{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		if len(body) > 0 && json.Unmarshal(body, &p) != nil {
			return nil, "invalid_json"
		}
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, "invalid_form_data"
		}
		for k := range form {
			p[k], _ = json.Marshal(form.Get(k))
			if v := form.Get(k); (k == "blocks" || k == "view" || k == "files") && json.Valid([]byte(v)) {
				p[k] = json.RawMessage(v) // JSON in a form stands for itself
			}
		}
	default:
		return nil, "invalid_post_type"
	}
	return p, ""
}

// serve is the Web API under /api/, uploads under /upload/ and Socket Mode under /socket.
func (f *Slack) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/socket":
		f.serveSocket(w, r)
		return
	case strings.HasPrefix(r.URL.Path, "/upload/"):
		f.takeUpload(w, r)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/api/")
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	p, word := readSlackParams(r)
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = p.text("token") // as slack-go does it
	}
	if refused := f.refusesToken(method, token); refused != "" {
		word = refused
	}
	if word != "" {
		slackWrite(w, slackFail(word))
		return
	}
	delete(p, "token")
	if f.opt.Scopes != "" && method != "apps.connections.open" {
		w.Header().Set("X-OAuth-Scopes", f.opt.Scopes)
	}
	ft := f.fault(method)
	if ft.ends() {
		f.note(method, p, false) // before who waits for the answer looks
		ft.before(w, r, f.stop)
		return
	}
	ft.before(w, r, f.stop)
	f.mu.Lock()
	rep := f.do(method, p)
	f.mu.Unlock()
	f.note(method, p, rep.word == "")
	if ft.dropAfter {
		hangUp(w)
		return
	}
	slackWrite(w, rep)
}

// refusesToken is Slack's word for a wrong token; "": it is the right one.
func (f *Slack) refusesToken(method, token string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	want := f.Token
	if method == "apps.connections.open" {
		want = f.AppToken
	}
	switch {
	case token == "":
		return "not_authed"
	case f.revoked:
		return "token_revoked"
	case token != want && (token == f.Token || token == f.AppToken):
		return "not_allowed_token_type"
	case token != want:
		return "invalid_auth"
	}
	return ""
}

func (f *Slack) note(method string, p slackParams, accepted bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, SlackCall{Method: method, Params: p, Accepted: accepted})
}

// slackWrite answers as Slack does: 200 whatever was wrong, but for the rate limit.
func slackWrite(w http.ResponseWriter, rep slackReply) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	body := map[string]any{"ok": rep.word == ""}
	for k, v := range rep.result {
		body[k] = v
	}
	if rep.word != "" {
		body["error"] = rep.word
	}
	if rep.detail != "" {
		body["response_metadata"] = map[string]any{"messages": []string{"[ERROR] " + rep.detail}}
	}
	_ = json.NewEncoder(w).Encode(body)
}

// do carries one method out. The caller holds the lock.
func (f *Slack) do(method string, p slackParams) slackReply {
	switch method {
	case "auth.test":
		return slackReply{result: map[string]any{"team_id": f.opt.Team, "user_id": f.opt.User, "bot_id": "B0TANDEM", "user": "tandem"}}
	case "apps.connections.open":
		return f.openConnection()
	case "chat.postMessage", "chat.postEphemeral":
		return f.postMessage(method, p)
	case "chat.update":
		return f.updateMessage(p)
	case "conversations.open":
		return f.openDM(p)
	case "conversations.history", "conversations.replies":
		return f.history(p)
	case "users.info":
		return f.userInfo(p)
	case "views.open", "views.update", "views.publish":
		return f.showView(method, p)
	case "files.getUploadURLExternal":
		return f.uploadURL(p)
	case "files.completeUploadExternal":
		return f.completeUpload(p)
	}
	return slackFail("unknown_method")
}
