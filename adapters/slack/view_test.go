package slack_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	slackapi "github.com/slack-go/slack"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
	"tandem/bot"
)

func TestUpload(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	file := slack.File{Name: "chart.png", Alt: "A line that rises", Comment: "Your week, <!channel>", Body: []byte("not really a picture")}
	id, err := sl.Upload(t.Context(), dmOf5, file)
	if err != nil {
		t.Fatal(err)
	}
	files := fake.Files()
	if len(files) != 1 || files[0].ID != id || string(files[0].Body) != string(file.Body) || files[0].Shared != "D5" || files[0].Title != "chart.png" {
		t.Errorf("files %+v", files)
	}
	if seen := dm.FromBot(); len(seen) != 1 || seen[0].Text != file.Comment {
		t.Errorf("seen %+v", seen)
	}
	for _, method := range []string{"files.getUploadURLExternal", "upload", "files.completeUploadExternal"} {
		ft := adaptertest.SlackPage(502)
		ft.Method, ft.Times = method, 1
		fake.Inject(ft)
		if se := sendError(t, second(sl.Upload(t.Context(), dmOf5, file))); se.Code != "server" || se.Fate != bot.Later {
			t.Errorf("%s fails: %+v", method, se)
		}
	}
	if se := sendError(t, second(sl.Upload(t.Context(), dmOf5, slack.File{Name: "x"}))); se.Code != "empty" {
		t.Errorf("an empty file: %+v", se)
	}
	if seen := dm.FromBot(); len(seen) != 1 {
		t.Errorf("seen %+v", seen)
	}
}

// TestUploadPrivately: a picture that nobody is sent, and that an image block shows.
func TestUploadPrivately(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	id, err := sl.UploadPrivately(t.Context(), slack.File{Name: "chart.png", Comment: "nothing", Body: []byte("a picture")})
	if err != nil {
		t.Fatal(err)
	}
	if files := fake.Files(); len(files) != 1 || !files[0].Done || files[0].Shared != "" || len(dm.Messages()) != 0 {
		t.Errorf("files %+v, seen %+v", files, dm.Messages())
	}
	show := func(id string) error {
		return sl.PublishHome(t.Context(), "U5", dmOf5, []slackapi.Block{slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: id}, "4, 6", "", nil)})
	}
	if err := show(id); err != nil || len(fake.Home("U5").Pictures) != 1 {
		t.Errorf("shown: %v", err)
	}
	if se := sendError(t, show("F0NONE")); se.Code != bot.CodeBadRequest {
		t.Errorf("a file that is not there: %+v", se)
	}
	if se := sendError(t, second(sl.UploadPrivately(t.Context(), slack.File{Name: "x"}))); se.Code != "empty" {
		t.Errorf("an empty file: %+v", se)
	}
}

// TestPageValue: what a button of a page carries comes back, and no more than Slack takes is carried.
func TestPageValue(t *testing.T) {
	if v, err := slack.PageValue(str(1999)); err != nil || v != "2"+str(1999) {
		t.Errorf("%d characters, %v", len(v), err)
	}
	for _, data := range []string{"", str(2000)} {
		if v, err := slack.PageValue(data); err == nil {
			t.Errorf("%d characters became %q", len(data), v)
		}
	}
}

// TestTitledWords: a title is bold and above, and both are as they were typed.
func TestTitledWords(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	for want, b := range map[string]slackapi.Block{
		"*Sam*\n<!channel> &amp; https://a.test/x": slack.Words("w", "*Sam*", "<!channel> &amp; https://a.test/x"),
		"*Sam*": slack.Words("w", "*Sam*", " "), "text": slack.Words("w", "", "text"),
	} {
		if err := sl.PublishHome(t.Context(), "U5", dmOf5, []slackapi.Block{b}); err != nil {
			t.Fatal(err)
		}
		if got := fake.Home("U5").Text; got != want {
			t.Errorf("reads %q, want %q", got, want)
		}
	}
}

func modal() slackapi.ModalViewRequest {
	title := slackapi.NewTextBlockObject("plain_text", "A goal", false, false)
	input := slackapi.NewInputBlock("why", slackapi.NewTextBlockObject("plain_text", "Why?", false, false), nil, slackapi.NewPlainTextInputBlockElement(nil, "input"))
	return slackapi.ModalViewRequest{Title: title, Submit: title, CallbackID: "goal", Blocks: slackapi.Blocks{BlockSet: []slackapi.Block{input}}}
}

func TestViews(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	received := make(chan bot.Update, 1)
	serveHTTP(t, fake, sl, keep(received))
	id, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, modal())
	if err != nil {
		t.Fatal(err)
	}
	next := modal()
	next.Title.Text = "Your goal"
	if err := sl.UpdateView(t.Context(), id, dmOf5, next); err != nil {
		t.Fatal(err)
	}
	if v := fake.View(id); v == nil || v.Title != "Your goal" || v.Text != "Why?" {
		t.Errorf("view %+v", v)
	}
	if err := fake.Submit(id, "U5", map[string]string{"why": "to sleep"}); err != nil {
		t.Fatal(err)
	}
	u := receive(t, received)
	if s, ok := slack.SubmittedOf(u); !ok || u.Conversation != dmOf5 || s.CallbackID != "goal" || !cmp.Equal(s.Values["why"], []string{"to sleep"}) || u.Input.Text != "to sleep" {
		t.Errorf("update %+v", u)
	}
	next.Title.Text = strings.Repeat("x", 25)
	if _, err := sl.OpenView(t.Context(), "13.37.ab", dmOf5, next); err == nil || !strings.Contains(err.Error(), "title") {
		t.Errorf("a long title: %v", err)
	}
	if _, err := sl.OpenView(t.Context(), "", dmOf5, modal()); err == nil {
		t.Error("a modal without a trigger")
	}
}

func TestHome(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	received := make(chan bot.Update, 1)
	runSocket(t, fake, sl, keep(received))
	button := slackapi.NewButtonBlockElement("go", "1goal.1:yes", slackapi.NewTextBlockObject("plain_text", "Set a goal", false, false))
	if err := sl.PublishHome(t.Context(), "U5", dmOf5, []slackapi.Block{slackapi.NewActionBlock("row", button)}); err != nil {
		t.Fatal(err)
	}
	if err := fake.PressHome("U5", "Set a goal"); err != nil {
		t.Fatal(err)
	}
	if u := receive(t, received); u.Conversation != dmOf5 || u.Input.Prompt != "goal.1" || u.Input.Choice != "yes" || u.Pressed != nil {
		t.Errorf("update %+v", u)
	}
	if err := sl.PublishHome(t.Context(), "U5", dmOf5, nil); err == nil {
		t.Error("an empty App Home")
	}
}

func TestPeople(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	if name, err := sl.OpenDM(t.Context(), "U5"); err != nil || name != dmOf5 {
		t.Errorf("%q %v", name, err)
	}
	if _, err := sl.Send(t.Context(), dmOf5, said("hello")); err != nil {
		t.Error(err)
	}
	if u, err := sl.UserInfo(t.Context(), "U5"); err != nil || u != (slack.User{Name: "Ana", Zone: "Europe/Madrid", Locale: "es-ES"}) {
		t.Errorf("%+v %v", u, err)
	}
	if se := sendError(t, second(sl.UserInfo(t.Context(), "X"))); se.Code != "gone" {
		t.Errorf("nobody: %+v", se)
	}
	if se := sendError(t, second(sl.OpenDM(t.Context(), "U0TANDEM"))); se.Code != "gone" {
		t.Errorf("ourselves: %+v", se)
	}
}
