package slack

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tandem/adapters/cut"
	"tandem/bot"
)

// File is something to upload, e.g. a chart.
type File struct {
	Name    string // with its ending, which tells Slack what it is
	Title   string // shown above it; empty: the name
	Alt     string // what a picture shows, for who cannot see it
	Comment string // said with it; may be empty
	Body    []byte
}

// Upload shares a file in a conversation, by the three calls of an external upload, scope files:write
// (https://docs.slack.dev/messaging/working-with-files/#uploading_files). Where it fails on its way, nothing was shared. It
// returns the file's id and fails with *bot.SendError only.
func (s *Slack) Upload(ctx context.Context, conversation string, f File) (id string, err error) {
	p, err := s.placeOf(conversation)
	if err != nil {
		return "", err
	}
	where := map[string]any{"channel_id": p.channel}
	if strings.TrimSpace(f.Comment) != "" {
		where["initial_comment"] = escape(f.Comment)
	}
	if p.thread != "" {
		where["thread_ts"] = p.thread
	}
	return s.upload(ctx, f, where)
}

// UploadPrivately uploads a picture that is in no conversation, for an image block (slack_file), as Upload does. Who sees
// the block sees the picture, and nobody else does; the comment is passed over. Slack takes a moment to make the picture
// ready, and refuses blocks that show it before.
func (s *Slack) UploadPrivately(ctx context.Context, f File) (id string, err error) {
	return s.upload(ctx, f, map[string]any{})
}

// upload makes the three calls, the last one with what says where the file is to be seen.
func (s *Slack) upload(ctx context.Context, f File, done map[string]any) (id string, err error) {
	if f.Name == "" || len(f.Body) == 0 {
		return "", never(bot.CodeEmpty)
	}
	var slot struct {
		URL string `json:"upload_url"`
		ID  string `json:"file_id"`
	}
	params := url.Values{"filename": {f.Name}, "length": {strconv.Itoa(len(f.Body))}}
	if f.Alt != "" {
		params.Set("alt_txt", cut.Shorten(f.Alt, 1000))
	}
	if err := s.read(ctx, "files.getUploadURLExternal", params, &slot); err != nil {
		return "", s.refused("files.getUploadURLExternal", err)
	}
	if err := s.putFile(ctx, slot.URL, f.Body); err != nil {
		return "", s.refused("file upload", err)
	}
	title := f.Title
	if title == "" {
		title = f.Name
	}
	done["files"] = []map[string]string{{"id": slot.ID, "title": title}}
	if err := s.write(ctx, "files.completeUploadExternal", done, nil); err != nil && !taken(err) {
		return "", s.refused("files.completeUploadExternal", err)
	}
	return slot.ID, nil
}

// putFile posts the bytes where Slack said. That address needs no token, and is given none.
func (s *Slack) putFile(ctx context.Context, address string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, s.opt.CallTimeout)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && (u.Scheme != "http" || s.opt.APIURL == official)) {
		return &apiError{method: "file upload", cause: "Slack named no address to upload to"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return &apiError{method: "file upload", cause: "the request could not be made"}
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	got, err := s.do("file upload", req)
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return &apiError{method: "file upload", status: got.status, after: got.after}
	}
	return nil
}
