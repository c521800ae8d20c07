package main

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"tandem/adapters/adaptertest"
)

// TestStory is what Tandem is for, on the running service: Kim is on Slack and Sam on Telegram, and they work on a goal of
// Sam's together, from the invite to the day on which Sam takes back what Kim could see.
func TestStory(t *testing.T) {
	phone, fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{}), adaptertest.NewSlack(t, english())
	r := onSlack(t, fake, true, map[string]string{"TELEGRAM_BOT_TOKEN": phone.Token, "TELEGRAM_API_URL": phone.URL()}).ready()
	kim, sam := fake.DM(2), story{t, phone.Chat(4711)}

	// Kim invites Sam, who reads what this is, and agrees.
	kim.Command("/tandem", `invite "Sam"`)
	code := regexp.MustCompile(`\?start=(\w+)`).FindStringSubmatch(r.reads(kim, 0, "?start=").Text)[1]
	sam.says("/start "+code, "Kim sees nothing of what you write unless you choose it")
	r.reads(kim, 0, "Sam has used your invite")
	sam.says("yes", "set a first goal")

	// Sam sets a goal.
	sam.presses("Set a first goal", "Which part of your life")
	sam.says("home", "what would be different")
	sam.says("stop snapping at my kids in the mornings, "+marker, "What makes that matter")
	sam.says("they go to school sad", "comes closest")
	sam.says("skip", "how important")
	sam.says("9", "What makes it 9")
	sam.says("it is my job to make them feel safe", "how sure")
	sam.says("4", "What would help")
	sam.says("getting up before them", "go from here")
	sam.presses("Just keep the goal for today", "Is that right")
	sam.presses("It's right", "I show it to nobody")
	sam.says("skip", "Come when you like")

	// Sam lets Kim see it, and asks for a yes.
	sam.says("/goals", "What would you like to do")
	sam.presses("Open it", "What would you like to do with it")
	sam.presses("Share it, or not", "What may Kim see")
	sam.presses("Only the words of the goal", "Shall I share it")
	sam.presses("Share it", "say yes to it too")
	r.reads(kim, 0, "stop snapping at my kids in the mornings")
	sam.presses("Ask for a yes", "I have asked Kim")
	r.reads(kim, 0, "a goal that you both agree on")

	// Kim suggests other words in a window, sees what Sam will read, and sends it.
	kim.OpenHome()
	r.atHome(fake, "Your clients")
	r.atPage(fake, "Open", "What you don't see here is private")
	r.window(fake, "Suggest something", "What would you like to suggest?", map[string]string{"kind": "words", "text": "start the mornings calmly with my kids", "note": "it says what you want more of"})
	r.window(fake, "", "start the mornings calmly with my kids", nil)
	sam.reads("Kim has an idea for the words of your goal")
	sam.reads("Kim adds: “it says what you want more of”")

	// Sam says it in a third way, and Kim agrees: the same words, with two yeses.
	sam.presses("I'd say it my way", "How would you put it")
	sam.says("calm mornings with my kids", "Shall I send it")
	sam.presses("Send it", "on its way to Kim")
	r.reads(kim, 0, "both agree on:\n“calm mornings with my kids”")
	r.talk(kim, []turn{{presses: "Yes, I agree", reads: "you agree to these words"}})
	sam.reads("Kim says yes to it too. Now it is a goal that you both agreed on")

	// Sam checks in, and lets Kim see how it went.
	sam.says("/checkin", "How has it been going")
	sam.says("three calm mornings out of five", "comes closest")
	sam.presses("Going well", "What has helped")
	sam.says("the alarm in the kitchen", "how far along")
	sam.says("6", "how sure are you")
	sam.says("7", "What would it take")
	sam.says("skip", "may Kim see")
	sam.presses("How it went, with my words", "Shall I share it")
	sam.presses("Share it", "It is shared with Kim, just as you saw it")
	r.reads(kim, 0, "three calm mornings out of five")

	// Kim's digest says what Sam did, and Kim writes.
	before := len(kim.FromBot())
	kim.Command("/tandem", "digest")
	r.reads(kim, before, "Going well, and what they did")
	r.window(fake, "Write to Sam", "For Sam", map[string]string{"text": "What was different on those three days?"})
	r.window(fake, "", "What was different on those three days?", nil)
	sam.reads("Kim, a person, writes to you:\n“What was different on those three days?”")
	sam.presses("Write an answer", "What would you like to say")
	sam.says("i went to bed at ten", "on its way to Kim")
	r.reads(kim, before, "“i went to bed at ten”")

	// Sam sees exactly what Kim sees, and takes it back: from now on Kim sees nothing.
	sam.says("/shared", "can be taken back alone")
	sam.reads("This stands open to Kim, just as you saw it when you shared it.\n\n“calm mornings with my kids”")
	sam.presses("Take it all back", "Shall I take it all back")
	sam.says("yes", "From now on Kim sees nothing of it")
	r.reads(kim, before, "Sam took back something that was open to you")
	kim.OpenHome()
	r.atHome(fake, "Your clients")
	r.atPage(fake, "Open", "That is theirs to decide")
	before = len(kim.FromBot())
	kim.Command("/tandem", "digest")
	said := r.reads(kim, before, "as far as they share it")
	if page := fake.Home("U2").Text; strings.Contains(said.Text+page, "mornings") {
		t.Errorf("Kim still reads what was taken back:\n%s\n%s", said.Text, page)
	}
	r.until("all is acknowledged", func() bool { return fake.Pending() == 0 })
	r.halt()
}

// story is a chat on Telegram, in which each thing that is said is answered before the next.
type story struct {
	t *testing.T
	*adaptertest.Chat
}

func (s story) says(words, reads string) {
	s.t.Helper()
	before := len(s.FromBot())
	s.Say(words)
	s.after(before, reads)
}

func (s story) presses(label, reads string) {
	s.t.Helper()
	before := len(s.FromBot())
	if err := s.Press(label); err != nil {
		s.t.Fatal(err)
	}
	s.after(before, reads)
}

// reads waits for words that may have come already.
func (s story) reads(words string) {
	s.t.Helper()
	s.after(0, words)
}

func (s story) after(before int, words string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := s.Wait(ctx, func([]adaptertest.Message) bool { return true })
	for ; err == nil; _, err = s.Wait(ctx, func(seen []adaptertest.Message) bool { return len(seen) > 0 }) {
		for _, m := range s.FromBot()[before:] {
			if strings.Contains(m.Text, words) {
				return
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	s.t.Fatalf("nobody said %q: %+v", words, s.FromBot()[max(0, before-1):])
}
