package adaptertest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/dialog"
)

// Rig is a platform with one conversation on it, seen from both ends. Each subtest gets a new one.
type Rig struct {
	Platform     bot.Platform
	Conversation string
	// Seen is what the person sees, in order: the bot's messages alone.
	Seen func() []Bubble
	// Press presses the newest button with a label, and Received returns the update that the adapter makes of it. Nil:
	// the platform has no buttons, and shows no message anew.
	Press    func(label string)
	Received func() bot.Update
	// Trouble makes the next calls fail in a way, until it is called with "". Nil: the platform cannot fail.
	Trouble func(Trouble)
	// Long is a text that the platform does not take in one piece; "": there is none.
	Long string
}

// Bubble is a message as a person sees it.
type Bubble struct {
	Text    string
	Buttons []string
}

// Trouble is a way in which sending fails.
type Trouble string

// The troubles that every platform has.
const (
	RateLimited Trouble = "rate limited"  // the platform asks to wait three seconds
	ServerDown  Trouble = "server down"   // a proxy answers in the platform's place
	HungUp      Trouble = "hung up"       // the connection closes without an answer
	ShutOut     Trouble = "shut out"      // the person blocked the bot
	NoToken     Trouble = "token revoked" // the bot's token is not valid any more
)

// Platform proves that an adapter keeps what bot.Platform promises.
func Platform(t *testing.T, newRig func(t *testing.T) Rig) {
	t.Run("says words as they are", func(t *testing.T) { saysAsIs(t, newRig(t)) })
	t.Run("cuts long words in order", func(t *testing.T) { splits(t, newRig(t)) })
	t.Run("brings a press back", func(t *testing.T) { pressComesBack(t, newRig(t)) })
	t.Run("settles a question", func(t *testing.T) { settles(t, newRig) })
	t.Run("names what went wrong", func(t *testing.T) { namesTrouble(t, newRig) })
	t.Run("refuses what makes no sense", func(t *testing.T) { refusesNonsense(t, newRig(t)) })
}

func saysAsIs(t *testing.T, rig Rig) {
	for _, text := range []string{
		"Good evening, Sam.",
		"a < b && c > d; <b>not bold</b> &amp; &lt;",
		"*stars* _lines_ `ticks` ~tildes~ [a](b) <@U1> <!channel> #1 \\n",
		`"quoted" and 'apostrophes' and 1 < 2`,
		"One line.\nAnother.\n\nA paragraph.",
		"שלום, سلام, 你好, नमस्ते 👩‍👩‍👧‍👦 🇺🇦 👍🏽",
	} {
		before := len(rig.Seen())
		if _, err := rig.Platform.Send(t.Context(), rig.Conversation, say(text)); err != nil {
			t.Fatalf("send %q: %v", text, err)
		}
		seen := rig.Seen()
		if len(seen) != before+1 || seen[before].Text != text {
			t.Errorf("sent %q, seen %+v", text, seen[before:])
		}
	}
}

func splits(t *testing.T, rig Rig) {
	if rig.Long == "" {
		return
	}
	o := question(rig.Long)
	pieces := rig.Platform.Split(o)
	if len(pieces) < 2 {
		t.Fatalf("%d pieces", len(pieces))
	}
	for i, piece := range pieces {
		last := i == len(pieces)-1
		if (len(piece.Message.Buttons) > 0) != last || (piece.Message.Prompt != "") != last || piece.Kind != bot.Say {
			t.Errorf("piece %d of %d: %+v", i, len(pieces), piece)
		}
		if _, err := rig.Platform.Send(t.Context(), rig.Conversation, piece); err != nil {
			t.Fatalf("send piece %d: %v", i, err)
		}
	}
	var words []string
	for _, b := range rig.Seen() {
		words = append(words, strings.Fields(b.Text)...)
	}
	if diff := cmp.Diff(strings.Fields(rig.Long), words); diff != "" {
		t.Errorf("words lost or out of order (-sent +seen):\n%s", diff)
	}
	if short := rig.Platform.Split(question("Short.")); len(short) != 1 || !cmp.Equal(short[0], question("Short.")) {
		t.Errorf("a short message was changed: %+v", short)
	}
}

func pressComesBack(t *testing.T, rig Rig) {
	if rig.Press == nil {
		return
	}
	ref, err := rig.Platform.Send(t.Context(), rig.Conversation, question("Did I get that right?"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Bubble{{"Did I get that right?", []string{"Yes", "Not quite"}}}, rig.Seen()); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
	rig.Press("Not quite")
	u := rig.Received()
	if u.Input.Kind != dialog.Press || u.Input.Prompt != "reflect.1" || u.Input.Choice != "not-quite" {
		t.Errorf("input %+v", u.Input)
	}
	if u.Pressed == nil || u.Pressed.Ref != ref || u.Pressed.Text != "Did I get that right?" {
		t.Errorf("pressed %+v, want ref %q", u.Pressed, ref)
	}
	if u.Conversation != rig.Conversation || u.Delivery == "" || u.From.ID == "" || u.At.IsZero() {
		t.Errorf("update %+v", u)
	}
}

func settles(t *testing.T, newRig func(t *testing.T) Rig) {
	for _, text := range []string{"Ready?", ""} {
		rig := newRig(t)
		if rig.Press == nil {
			return
		}
		ref, err := rig.Platform.Send(t.Context(), rig.Conversation, question("Ready?"))
		if err != nil {
			t.Fatal(err)
		}
		o := bot.Outgoing{Kind: bot.Settle, Ref: ref, Text: text, Label: "Yes <3"}
		for range 2 { // a send is at least once
			if _, err := rig.Platform.Send(t.Context(), rig.Conversation, o); err != nil {
				t.Fatalf("settle with text %q: %v", text, err)
			}
		}
		seen := rig.Seen()
		if len(seen) != 1 || len(seen[0].Buttons) > 0 || !strings.HasPrefix(seen[0].Text, "Ready?") {
			t.Errorf("settled with text %q: %+v", text, seen)
		}
		if text != "" && !strings.Contains(seen[0].Text, "Yes <3") {
			t.Errorf("the answer is not shown: %+v", seen)
		}
		o.Ref = "999999999"
		var se *bot.SendError
		if _, err := rig.Platform.Send(t.Context(), rig.Conversation, o); !errors.As(err, &se) || se.Fate != bot.Never {
			t.Errorf("settling a message that is gone: %v", err)
		}
	}
}

func namesTrouble(t *testing.T, newRig func(t *testing.T) Rig) {
	for trouble, want := range map[Trouble]bot.SendError{
		RateLimited: {Code: "rate", Fate: bot.Later, After: 3 * time.Second},
		ServerDown:  {Code: "server", Fate: bot.Later},
		HungUp:      {Code: "network", Fate: bot.Later},
		ShutOut:     {Code: "blocked", Fate: bot.Gone},
		NoToken:     {Code: "unauthorized", Fate: bot.Later},
	} {
		t.Run(string(trouble), func(t *testing.T) {
			rig := newRig(t)
			if rig.Trouble == nil {
				return
			}
			rig.Trouble(trouble)
			_, err := rig.Platform.Send(t.Context(), rig.Conversation, say("secretword"))
			var se *bot.SendError
			if !errors.As(err, &se) {
				t.Fatalf("no SendError: %v", err)
			}
			if se.Code != want.Code || se.Fate != want.Fate || se.After != want.After {
				t.Errorf("got %+v, want %+v", *se, want)
			}
			if strings.Contains(err.Error(), "secretword") {
				t.Errorf("the error tells a person's words: %v", err)
			}
			if trouble == ShutOut {
				return
			}
			rig.Trouble("")
			if _, err := rig.Platform.Send(t.Context(), rig.Conversation, say("again")); err != nil {
				t.Errorf("after the trouble: %v", err)
			}
		})
	}
}

func refusesNonsense(t *testing.T, rig Rig) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx          context.Context
		conversation string
		o            bot.Outgoing
		want         bot.Fate
	}{
		"another platform's conversation": {t.Context(), "carrier-pigeon:1", say("hello"), bot.Never},
		"no conversation":                 {t.Context(), "", say("hello"), bot.Never},
		"no kind":                         {t.Context(), rig.Conversation, bot.Outgoing{}, bot.Never},
		"a relay":                         {t.Context(), rig.Conversation, bot.Outgoing{Kind: bot.Relay}, bot.Never},
		"nothing to say":                  {t.Context(), rig.Conversation, say(" \n"), bot.Never},
		"nothing to settle":               {t.Context(), rig.Conversation, bot.Outgoing{Kind: bot.Settle}, bot.Never},
		"an ended context":                {ended, rig.Conversation, say("hello"), bot.Later},
	} {
		_, err := rig.Platform.Send(c.ctx, c.conversation, c.o)
		var se *bot.SendError
		if !errors.As(err, &se) || se.Fate != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if seen := rig.Seen(); len(seen) > 0 {
		t.Errorf("the person saw %+v", seen)
	}
}

func say(text string) bot.Outgoing {
	return bot.Outgoing{ID: 1, Kind: bot.Say, Message: dialog.Message{Text: text}}
}

func question(text string) bot.Outgoing {
	o := say(text)
	o.Message.Prompt = "reflect.1"
	o.Message.Buttons = []dialog.Button{{ID: "yes", Label: "Yes"}, {ID: "not-quite", Label: "Not quite"}}
	return o
}
