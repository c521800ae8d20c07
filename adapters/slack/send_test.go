package slack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
	"tandem/bot"
	"tandem/dialog"
)

const dmOf5 = "slack:T0TANDEM:D5"

// choices is a question with so many answers, whose labels have a number and so many letters more.
func choices(n, letters int) bot.Outgoing {
	o := said("Which?")
	o.Message.Prompt = "which.1"
	for i := range n {
		o.Message.Buttons = append(o.Message.Buttons, dialog.Button{ID: fmt.Sprintf("c-%d", i), Label: fmt.Sprint(i, " ", strings.Repeat("x", letters))})
	}
	return o
}

// TestChoices: any number of choices up to a hundred can be seen and made, as buttons or from a menu.
func TestChoices(t *testing.T) {
	for _, n := range []int{1, 5, 6, 11, 25, 26, 100} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
			sl := newSlack(t, fake, nil)
			received := make(chan bot.Update, 1)
			serveHTTP(t, fake, sl, keep(received))
			dm := fake.DM(5)
			if _, err := sl.Send(t.Context(), dmOf5, choices(n, 1)); err != nil {
				t.Fatal(err)
			}
			seen := dm.FromBot()
			if len(seen) != 1 || len(seen[0].Buttons) != n || seen[0].Text != "Which?" {
				t.Fatalf("seen %+v", seen)
			}
			if menu := seen[0].Buttons[0].Type == "static_select"; menu != (n > 25) {
				t.Errorf("%d choices in a menu: %v", n, menu)
			}
			if err := dm.Press(fmt.Sprint(n-1, " x")); err != nil {
				t.Fatal(err)
			}
			if in := receive(t, received).Input; in.Prompt != "which.1" || in.Choice != fmt.Sprintf("c-%d", n-1) {
				t.Errorf("input %+v", in)
			}
		})
	}
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	_, err := newSlack(t, fake, nil).Send(t.Context(), dmOf5, choices(101, 1))
	if se := sendError(t, err); se.Fate != bot.Never || se.Code != "too-long" {
		t.Errorf("101 choices: %+v", se)
	}
}

// TestLongLabels: what a button cannot show stands above it in full.
func TestLongLabels(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	for _, letters := range []int{73, 74} { // with "0 ", at the limit and one over
		if _, err := sl.Send(t.Context(), dmOf5, choices(1, letters)); err != nil {
			t.Fatal(err)
		}
	}
	seen := bubbles(dm.FromBot())
	want := []adaptertest.Bubble{
		{Text: "Which?", Buttons: []string{"0 " + strings.Repeat("x", 73)}},
		{Text: "Which?\n- 0 " + strings.Repeat("x", 74), Buttons: []string{"0 " + strings.Repeat("x", 72) + "…"}},
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestNobodyIsCalled: whatever people write, nothing in it rings, becomes bold or hides an address, also in the
// notification.
func TestNobodyIsCalled(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	for _, text := range []string{
		"<!channel> <!here> <!everyone|x> <@U7> <@U7|sam> <#C1> <!subteam^S1>",
		"<https://example.org/evil|https://example.org/good>", "&lt;!channel&gt;", "*b* _i_ ~s~ `c` ```p``` > quote", ":wave: :+1:",
		"see https://example.org/a?b=c&d=e, (https://example.org/f) and http://x",
	} {
		if _, err := sl.Send(t.Context(), dmOf5, said(text)); err != nil {
			t.Fatal(err)
		}
		seen := dm.FromBot()
		m := seen[len(seen)-1]
		if m.Text != text {
			t.Errorf("seen %q, want %q", m.Text, text)
		}
		if strings.ContainsAny(m.Fallback, "<>") || strings.Contains(m.Fallback, "&lt;!channel&gt;") != strings.Contains(text, "<!channel>") {
			t.Errorf("the notification of %q holds %q", text, m.Fallback)
		}
		o := bot.Outgoing{Kind: bot.Settle, Ref: m.TS, Text: text, Label: text}
		if _, err := sl.Send(t.Context(), dmOf5, o); err != nil {
			t.Fatal(err)
		}
		seen = dm.FromBot()
		if m = seen[len(seen)-1]; m.Text != text+"\n\n✓ "+text || strings.ContainsAny(m.Fallback, "<>") {
			t.Errorf("settled %q, notified %q", m.Text, m.Fallback)
		}
	}
	for _, call := range fake.Calls() {
		for _, name := range []string{"unfurl_links", "unfurl_media", "link_names", "mrkdwn"} {
			if strings.HasPrefix(call.Method, "chat.") && string(call.Params[name]) != "false" {
				t.Errorf("%s with %s %s", call.Method, name, call.Params[name])
			}
		}
		if strings.HasPrefix(call.Method, "chat.") && string(call.Params["parse"]) != `"none"` {
			t.Errorf("%s with parse %s", call.Method, call.Params["parse"])
		}
	}
}

// TestSettleLong: an answer that finds no room is left out, and the buttons go all the same.
func TestSettleLong(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	for _, c := range []struct {
		words int
		want  string
	}{{2993, "\n\n✓ Yes"}, {2994, ""}, {3000, ""}} {
		o := choices(2, 1)
		o.Message.Text = strings.Repeat("w", c.words)
		ref, err := sl.Send(t.Context(), dmOf5, o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sl.Send(t.Context(), dmOf5, bot.Outgoing{Kind: bot.Settle, Ref: ref, Text: o.Message.Text, Label: "Yes"}); err != nil {
			t.Fatal(err)
		}
		seen := dm.FromBot()
		if m := seen[len(seen)-1]; m.Text != o.Message.Text+c.want || len(m.Buttons) > 0 {
			t.Errorf("%d words: settled as ...%q with %d buttons", c.words, m.Text[len(m.Text)-12:], len(m.Buttons))
		}
	}
}

// TestSettleWhatIsGone: a message of somebody else's, and one that is not there.
func TestSettleWhatIsGone(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	theirs := dm.Say("hello")
	for name, o := range map[string]bot.Outgoing{
		"theirs":             {Ref: theirs, Text: "hello"},
		"not there":          {Ref: "1.000001", Text: "hello"},
		"not there, no text": {Ref: "1.000001"},
	} {
		o.Kind, o.Label = bot.Settle, "Yes"
		_, err := sl.Send(t.Context(), dmOf5, o)
		if se := sendError(t, err); se.Code != "edit-gone" || se.Fate != bot.Never {
			t.Errorf("%s: %+v", name, se)
		}
	}
}

// TestPlaces: a channel, a thread in it, one person in it; and nothing in another workspace.
func TestPlaces(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	channel, other := fake.Channel(1, 5), fake.Channel(1, 6)
	first, err := sl.Send(t.Context(), "slack:T0TANDEM:C1", said("to all"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sl.Send(t.Context(), "slack:T0TANDEM:C1:"+first, said("beside it")); err != nil {
		t.Fatal(err)
	}
	if err := sl.Whisper(t.Context(), "slack:T0TANDEM:C1", "U5", said("to Sam")); err != nil {
		t.Fatal(err)
	}
	want := []adaptertest.Bubble{{Text: "to all"}, {Text: "beside it"}, {Text: "to Sam"}}
	if diff := cmp.Diff(want, bubbles(channel.FromBot())); diff != "" {
		t.Errorf("Sam sees (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(want[:2], bubbles(other.FromBot())); diff != "" {
		t.Errorf("Ana sees (-want +got)\n%s", diff)
	}
	if thread := other.FromBot()[1].Thread; thread != first {
		t.Errorf("thread %q, want %q", thread, first)
	}
	for _, name := range []string{"slack:T0OTHER:C1", "slack:C1", "slack:T0TANDEM:C1:now", "slack:T0TANDEM:C1:" + first + ":1", "slack::C1", "slack:T0TANDEM:c1", "telegram:1"} {
		_, err := sl.Send(t.Context(), name, said("hello"))
		if se := sendError(t, err); se.Code != "conversation" || se.Fate != bot.Never {
			t.Errorf("%s: %+v", name, se)
		}
	}
}

// TestChannelUpdates: in a channel only what is meant for the bot comes in.
func TestChannelUpdates(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	received := make(chan bot.Update, 8)
	serveHTTP(t, fake, sl, keep(received))
	channel := fake.Channel(1, 5)
	first, err := sl.Send(t.Context(), "slack:T0TANDEM:C1", said("How was it?"))
	if err != nil {
		t.Fatal(err)
	}
	channel.Say("not for you")
	channel.Say("@Tandem 7")
	channel.Reply(first, "8")
	for _, want := range []string{"7", "8"} {
		if u := receive(t, received); !u.Group || u.Conversation != "slack:T0TANDEM:C1" || u.Input.Text != want {
			t.Errorf("want %q, got %+v", want, u)
		}
	}
}

// TestDirectUpdates: an edit carries the ref of what it changes, and what is deleted is nothing.
func TestDirectUpdates(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	received := make(chan bot.Update, 8)
	runSocket(t, fake, sl, keep(received))
	dm := fake.DM(5)
	ts := dm.Say("7 & *more*")
	if err := dm.Edit(ts, "8"); err != nil {
		t.Fatal(err)
	}
	dm.Delete(ts)
	dm.SendFile("image/png", "my walk")
	want := []dialog.Input{
		{Kind: dialog.Text, Text: "7 & *more*", Ref: ts},
		{Kind: dialog.Text, Text: "8", Ref: ts, Edited: true},
		{Kind: dialog.Media, Text: "my walk", Media: "photo"},
	}
	last := int64(0)
	for i := range want {
		u := receive(t, received)
		if i == 2 {
			want[i].Ref = u.Input.Ref
		}
		if diff := cmp.Diff(want[i], u.Input); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if u.Seq <= last {
			t.Errorf("seq %d after %d", u.Seq, last)
		}
		last = u.Seq
	}
}

// TestButtonsCarryLittle: what a message carries is the prompt and the choice, and nothing of a person's.
func TestButtonsCarryLittle(t *testing.T) {
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	sl := newSlack(t, fake, nil)
	dm := fake.DM(5)
	o := choices(1, 1)
	o.Message.Prompt, o.Message.Buttons[0].ID = strings.Repeat("a", 32), strings.Repeat("b", 24)
	if _, err := sl.Send(t.Context(), dmOf5, o); err != nil {
		t.Fatal(err)
	}
	if got, want := dm.FromBot()[0].Buttons[0].Value, "1"+o.Message.Prompt+":"+o.Message.Buttons[0].ID; got != want {
		t.Errorf("value %q, want %q", got, want)
	}
	o.Message.Buttons[0].ID = "not an id"
	_, err := sl.Send(t.Context(), dmOf5, o)
	if se := sendError(t, err); se.Code != "button-data" || se.Fate != bot.Never {
		t.Errorf("got %+v", se)
	}
}

func keep(received chan<- bot.Update) slack.Ingest {
	return func(_ context.Context, u bot.Update) error { received <- u; return nil }
}

func second[T any](_ T, err error) error { return err }

func sendError(t *testing.T, err error) bot.SendError {
	t.Helper()
	var se *bot.SendError
	if !errors.As(err, &se) {
		t.Fatalf("no SendError: %v", err)
	}
	return *se
}
