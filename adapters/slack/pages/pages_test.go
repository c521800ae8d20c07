package pages

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/slack"
	"tandem/bot/desk"
)

const conversation = "slack:T0123456789:D0123456789"

func words(t testing.TB) *Words {
	t.Helper()
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// written is blocks as Slack gets them, which must take them and read no mark-up in them.
func written(t testing.TB, blocks []slackapi.Block) string {
	t.Helper()
	if err := slack.CheckHome(blocks); err != nil {
		t.Fatalf("Slack would refuse it: %v", err)
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(blocks); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "mrkdwn") || len(text) > 250_000 {
		t.Errorf("%d bytes, or mark-up in it", len(text))
	}
	return out.String()
}

// hostile is what a person may write to look like something else.
const hostile = "*bold* <!channel> <@U1|kim> :tada: &amp; "

func TestOverview(t *testing.T) {
	o := desk.Overview{Title: "Your clients", Filter: desk.Quiet, From: 20, More: 3, Counts: []desk.Count{{Filter: desk.All, Label: "All", N: 43}, {Filter: desk.Quiet, Label: "Quiet", N: 40}}}
	for i := range 20 {
		o.Rows = append(o.Rows, desk.Row{Case: fmt.Sprint("c", i), Name: hostile + fmt.Sprint(i), Status: strings.Repeat("long ", 2000), Waiting: strings.Repeat("x", 5000)})
	}
	for _, lang := range []string{"en", "es"} {
		blocks, err := words(t).In(lang).Overview(o, "a note")
		if err != nil {
			t.Fatal(err)
		}
		text := written(t, blocks)
		for _, want := range []string{hostile + "19", `{\"do\":\"list\",\"lang\":\"` + lang + `\",\"filter\":\"quiet\"}`, `\"filter\":\"quiet\",\"from\":40}`, "a note", "All · 43"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in it", lang, want)
			}
		}
		if n := strings.Count(text, `"style":"primary"`); n != 1 {
			t.Errorf("%d filters are marked", n)
		}
	}
	none, err := words(t).In("en").Overview(desk.Overview{Empty: "Nobody yet."}, "")
	if err != nil {
		t.Fatal(err)
	}
	if text := written(t, none); !strings.Contains(text, "Nobody yet.") || strings.Contains(text, "Earlier") || strings.Contains(text, "More") {
		t.Errorf("an empty one: %s", text)
	}
}

// long is a client of whom there is more than a view holds.
func long(goals int) desk.Page {
	p := desk.Page{Case: "c1", Name: hostile, Lines: []string{"since May"}, Waiting: []string{"a letter"}, Private: "What you don't see here is private.",
		Findings: []desk.Finding{{Rule: "falling ratings", Why: "7, 5, 3", Prompt: "Does the goal still fit?"}}}
	for i := range goals {
		p.Goals = append(p.Goals, desk.Goal{ID: fmt.Sprint("g", i), Version: i + 1, Title: fmt.Sprintf("goal-%d, %s", i, strings.Repeat("t", 300)),
			Lines: []string{fmt.Sprintf("line-%d", i), strings.Repeat("w ", 4000)}, History: []string{fmt.Sprintf("before-%d", i)},
			Shared: []string{fmt.Sprintf("shared-%d", i)}, Ratings: []desk.Rating{{Value: 3}, {Value: 10}, {Value: 7}}})
	}
	return p
}

// TestClientParts: all of a long page is somewhere, once, and [More] and [Earlier] lead through it and back.
func TestClientParts(t *testing.T) {
	const goals = 40
	page := long(goals)
	texts := words(t).In("en")
	charts := map[string]string{"g3": "F3", "g39": "F39"}
	seen, plots, forth := "", 0, []int{0}
	for at := 0; ; {
		part, err := texts.Client(page, charts, at)
		if err != nil {
			t.Fatal(err)
		}
		text := written(t, part.Blocks)
		if !strings.Contains(text, page.Private) || !strings.Contains(text, "Back to everybody") {
			t.Errorf("the part at %d lacks its frame", at)
		}
		seen += text
		plots += len(part.Plot)
		more, ok := target(t, part.Blocks, texts.Home.More)
		if !ok {
			break
		}
		forth = append(forth, more)
		at = more
	}
	if len(forth) < 3 {
		t.Fatalf("only %d parts", len(forth))
	}
	for i := range goals {
		for _, want := range []string{fmt.Sprintf(`"text":"goal-%d, `, i), fmt.Sprintf(`line-%d\n`, i), fmt.Sprintf(`before-%d"`, i), fmt.Sprintf(`shared-%d"`, i), fmt.Sprintf(`\"goal\":\"g%d\"`, i)} {
			if n := strings.Count(seen, want); n != 1 {
				t.Errorf("%q is there %d times", want, n)
			}
		}
	}
	if n := strings.Count(seen, `"slack_file"`); n != 2 || plots != goals-2 {
		t.Errorf("%d charts, and %d that could be", n, plots)
	}
	for i := len(forth) - 1; i > 0; i-- {
		part, err := texts.Client(page, charts, forth[i])
		if err != nil {
			t.Fatal(err)
		}
		if back, ok := target(t, part.Blocks, texts.Home.Earlier); !ok || back != forth[i-1] {
			t.Errorf("from %d, Earlier leads to %d and not to %d", forth[i], back, forth[i-1])
		}
	}
	if last, err := texts.Client(page, charts, 100_000); err != nil || written(t, last.Blocks) == "" {
		t.Errorf("beyond the end: %v", err)
	}
}

// target is where a button of a page leads.
func target(t testing.TB, blocks []slackapi.Block, label string) (int, bool) {
	t.Helper()
	for _, b := range blocks {
		row, ok := b.(*slackapi.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if button, ok := e.(*slackapi.ButtonBlockElement); ok && button.Text.Text == label {
				act, err := ReadAct(strings.TrimPrefix(button.Value, "2"))
				if err != nil {
					t.Fatal(err)
				}
				return act.From, true
			}
		}
	}
	return 0, false
}

// TestClientRatings: one rating is a number, and never a chart.
func TestClientRatings(t *testing.T) {
	texts := words(t).In("es")
	for n, want := range map[int]string{0: "", 1: "lo último al final: 0", 2: "lo último al final: 0, 1", 40: "lo último al final: 10, 11"} {
		goal := desk.Goal{ID: "g1", Title: "dormir mejor"}
		for i := range n {
			goal.Ratings = append(goal.Ratings, desk.Rating{Value: i})
		}
		part, err := texts.Client(desk.Page{Case: "c1", Name: "Ana", Goals: []desk.Goal{goal}}, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		text := written(t, part.Blocks)
		if want == "" && strings.Contains(text, "al final") || !strings.Contains(text, want) || (len(part.Plot) == 1) != (n > 1) {
			t.Errorf("%d ratings: %v in %s", n, part.Plot, text)
		}
	}
}

// TestWindows: every modal fits, in every language, for the longest name and title and all that its inputs take.
func TestWindows(t *testing.T) {
	name, title := strings.Repeat("ñ", 200), strings.Repeat("m", 500)
	for _, lang := range words(t).Languages() {
		for kind, a := range map[string]Act{
			"letter": {Do: Letter, Lang: lang, Case: "c1", Name: name}, "goal": {Do: Suggest, Lang: lang, Case: "c1", Name: name},
			"words": {Do: Suggest, Lang: lang, Case: "c1", Name: name, Goal: "g1", Title: title, Base: 7}, "invite": {Do: Invite, Lang: lang},
		} {
			texts := words(t).In(lang)
			window, ok := texts.Window(a)
			if !ok {
				t.Fatalf("%s opens nothing", kind)
			}
			fits(t, window)
			sent := slack.Submitted{CallbackID: window.CallbackID, Carried: window.PrivateMetadata, Values: map[string][]string{
				"text": {strings.Repeat("t", most(window, "text"))}, "note": {strings.Repeat("n", most(window, "note"))},
				"name": {"Sam"}, "kind": {"words"}}}
			filled, err := words(t).Read(sent, conversation)
			if err != nil || len(filled.Errors) > 0 {
				t.Fatalf("%s: %v %v", kind, err, filled.Errors)
			}
			if filled.Final != (kind == "invite") || filled.Texts != nil && filled.Texts.lang != lang {
				t.Errorf("%s: final %v", kind, filled.Final)
			}
			preview := texts.BeforeSending(filled.Draft, "Kim")
			fits(t, preview)
			text := written(t, preview.Blocks.BlockSet)
			if kind != "invite" && (!strings.Contains(text, sent.Values["text"][0]) || !strings.Contains(text, "Kim")) {
				t.Errorf("%s: the preview does not show it: %s", kind, text)
			}
		}
	}
	if _, ok := words(t).In("en").Window(Act{Do: List}); ok {
		t.Error("a page opens a modal")
	}
}

func fits(t testing.TB, v slackapi.ModalViewRequest) {
	t.Helper()
	v.PrivateMetadata = conversation + "\n" + v.PrivateMetadata
	if err := slack.CheckModal(v); err != nil {
		t.Errorf("Slack would refuse it: %v", err)
	}
}

// most is what an input takes; 0: there is none of this name.
func most(v slackapi.ModalViewRequest, block string) int {
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slackapi.InputBlock); ok && in.BlockID == block {
			if e, ok := in.Element.(*slackapi.PlainTextInputBlockElement); ok {
				return e.MaxLength
			}
		}
	}
	return 0
}

// TestMended: what cannot go on is said beside the input.
func TestMended(t *testing.T) {
	letter, _ := words(t).In("en").Window(Act{Do: Letter, Lang: "en", Case: "c1", Name: "Sam"})
	suggest, _ := words(t).In("en").Window(Act{Do: Suggest, Lang: "en", Case: "c1", Name: "Sam", Goal: "g1"})
	invite, _ := words(t).In("en").Window(Act{Do: Invite, Lang: "en"})
	for name, c := range map[string]struct {
		window slackapi.ModalViewRequest
		values map[string][]string
		block  string
		says   string
	}{
		"nothing":          {letter, nil, "text", "There is nothing here yet"},
		"spaces":           {letter, map[string][]string{"text": {" \n "}}, "text", "There is nothing here yet"},
		"much too marked":  {letter, map[string][]string{"text": {strings.Repeat("&", 2000)}}, "text", "take out about 1"},
		"with the note":    {suggest, map[string][]string{"kind": {"step"}, "text": {strings.Repeat("&", 1000)}, "note": {strings.Repeat("&", 1000)}}, "text", "Together with the note"},
		"no such kind":     {suggest, map[string][]string{"kind": {"praise"}, "text": {"x"}}, "kind", "There is nothing here yet"},
		"somebody unnamed": {invite, map[string][]string{"name": {"  "}}, "name", "There is nothing here yet"},
	} {
		f, err := words(t).Read(slack.Submitted{CallbackID: c.window.CallbackID, Carried: c.window.PrivateMetadata, Values: c.values}, conversation)
		if err != nil || !strings.Contains(f.Errors[c.block], c.says) {
			t.Errorf("%s: %v %v", name, f.Errors, err)
		}
	}
	for callback, carried := range map[string]string{
		"preview": letter.PrivateMetadata, // nothing was typed: the first window was not sent off
		"invite":  letter.PrivateMetadata, "letter": invite.PrivateMetadata, "other": letter.PrivateMetadata,
	} {
		if f, err := words(t).Read(slack.Submitted{CallbackID: callback, Carried: carried}, conversation); err == nil {
			t.Errorf("%s was read as %+v", callback, f)
		}
	}
}
