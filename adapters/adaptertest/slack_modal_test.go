package adaptertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/adaptertest"
)

// TestSlackModals: what Slack would not let a person send off is refused, and what the app answers is seen.
func TestSlackModals(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{Retry: time.Millisecond})
	api := slackClient(fake, fake.Token)
	answer := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, <-answer) }))
	defer server.Close()
	fake.Deliver(server.URL)
	words := func(s string) *slackapi.TextBlockObject {
		return slackapi.NewTextBlockObject("plain_text", s, false, false)
	}
	typed := slackapi.NewPlainTextInputBlockElement(nil, "typed")
	typed.MaxLength = 5
	kinds := slackapi.NewOptionsSelectBlockElement("static_select", nil, "chosen", slackapi.NewOptionBlockObject("a", words("A"), nil))
	view := slackapi.ModalViewRequest{Type: "modal", Title: words("A modal"), Submit: words("Go"), Blocks: slackapi.Blocks{BlockSet: []slackapi.Block{
		slackapi.NewInputBlock("text", words("Text"), nil, typed), slackapi.NewInputBlock("kind", words("Kind"), nil, kinds)}}}
	opened, err := api.OpenView("1.2.x", view)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.OpenView("1.2.x", view); err == nil || err.Error() != "exchanged_trigger_id" {
		t.Errorf("a trigger used twice: %v", err)
	}
	for name, bad := range map[string]map[string]string{
		"empty": {"kind": "a"}, "too long": {"text": "123456", "kind": "a"}, "no such choice": {"text": "x", "kind": "b"},
		"nothing chosen": {"text": "x"}, "no such input": {"text": "x", "kind": "a", "more": "y"},
	} {
		if fake.Submit(opened.ID, "U5", bad) == nil {
			t.Errorf("%s was sent off", name)
		}
	}
	send := func(id, says string, typed map[string]string) *adaptertest.SlackView {
		t.Helper()
		answer <- says
		if err := fake.Submit(id, "U5", typed); err != nil {
			t.Fatal(err)
		}
		waitFor(t, func() bool { return fake.Pending() == 0 })
		return fake.View(id)
	}
	good := map[string]string{"text": "x", "kind": "a"}
	if v := send(opened.ID, `{"response_action":"errors","errors":{"text":"more"}}`, good); v.Closed || v.Errors["text"] != "more" {
		t.Errorf("errors: %+v", v)
	}
	push := func(title string) string {
		return `{"response_action":"push","view":{"type":"modal","title":{"type":"plain_text","text":"` + title + `"},"blocks":[{"type":"divider"}]}}`
	}
	if v := send(opened.ID, push(strings.Repeat("x", 25)), good); !strings.Contains(v.Errors[""], "invalid_arguments") {
		t.Errorf("a bad view was pushed: %+v", v)
	}
	top := opened.ID
	for range 2 {
		send(top, push("more"), map[string]map[string]string{opened.ID: good}[top])
		top = fake.Modal("").ID
	}
	if v := send(top, push("a fourth"), nil); !strings.Contains(v.Errors[""], "push_limit_reached") {
		t.Errorf("four in a pile: %+v", v)
	}
	fake.CloseModal(top)
	under := fake.Modal("")
	if v := send(under.ID, "", nil); !v.Closed || fake.Modal("").ID != opened.ID {
		t.Errorf("one closes: %+v", v)
	}
	if v := send(opened.ID, `{"response_action":"clear"}`, good); !v.Closed || fake.Modal("") != nil {
		t.Errorf("all close: %+v", v)
	}
}

// TestSlackPictures: only what was uploaded whole can be shown, and a view has a size.
func TestSlackPictures(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	api := slackClient(fake, fake.Token)
	publish := func(blocks ...slackapi.Block) error {
		_, err := api.PublishView("U5", slackapi.HomeTabViewRequest{Type: "home", Blocks: slackapi.Blocks{BlockSet: blocks}}, "")
		return err
	}
	many := make([]slackapi.Block, 99)
	for i := range many {
		many[i] = slackapi.NewSectionBlock(slackapi.NewTextBlockObject("plain_text", strings.Repeat("x", 2999), false, false), nil, nil)
	}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"no such file": {publish(slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: "F1"}, "x", "", nil)), "invalid_blocks"},
		"no words":     {publish(slackapi.NewImageBlock("https://a.test/x.png", "", "", nil)), "invalid_blocks"},
		"too much":     {publish(many...), "view_too_large"},
	} {
		if c.err == nil || !strings.HasPrefix(c.err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
}
