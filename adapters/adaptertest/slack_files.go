package adaptertest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// uploadURL is https://docs.slack.dev/reference/methods/files.getuploadurlexternal
func (f *Slack) uploadURL(p slackParams) slackReply {
	n, err := strconv.Atoi(p.text("length"))
	if p.text("filename") == "" || err != nil || n <= 0 {
		return slackFail("invalid_arguments")
	}
	file := &SlackFile{ID: f.next("F"), Name: p.text("filename"), length: n}
	f.files[file.ID] = file
	return slackReply{result: map[string]any{"upload_url": f.server.URL + "/upload/" + file.ID, "file_id": file.ID}}
}

// takeUpload takes the bytes. It wants no token, and has none to see.
func (f *Slack) takeUpload(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	ft := f.fault("upload")
	ft.before(w, r, f.stop)
	if ft.ends() {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file := f.files[strings.TrimPrefix(r.URL.Path, "/upload/")]
	if err != nil || file == nil || len(body) != file.length || r.Header.Get("Authorization") != "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	file.Body = body
}

// completeUpload is https://docs.slack.dev/reference/methods/files.completeuploadexternal
func (f *Slack) completeUpload(p slackParams) slackReply {
	var c *SlackChat // nil: the file is in no conversation
	if _, shared := p["channel_id"]; shared {
		var word string
		if c, word = f.writable(p.text("channel_id")); word != "" {
			return slackFail(word)
		}
	}
	var list []struct{ ID, Title string }
	if json.Unmarshal(p["files"], &list) != nil || len(list) == 0 {
		return slackFail("invalid_arguments")
	}
	for _, one := range list {
		file := f.files[one.ID]
		if file == nil || file.Body == nil {
			return slackFail("file_not_found")
		}
		file.Title, file.Done = one.Title, true
		if c == nil {
			continue
		}
		file.Shared = c.Channel
		c.room.seen = append(c.room.seen, SlackMessage{TS: f.tick(), FromBot: true, Text: slackShow(p.text("initial_comment")),
			Thread: p.text("thread_ts"), blocks: json.RawMessage("[]")})
	}
	return slackReply{result: map[string]any{"files": list}}
}
