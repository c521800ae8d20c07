package bottest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"tandem/bot"
	"tandem/dialog"
)

// Story plays what several people say to Tandem in turn, on the whole application, and writes down what each of them
// reads. Its text is made of lines:
//
//	# a remark, or an empty line
//	Kim> what Kim types; a [Label] is a button that Kim was shown last
//	Kim< what Kim reads, with further lines and buttons indented below
//	-- 36h (time goes by)
//
// {code} in what somebody types is the code of the invite that was made last.
type Story struct {
	Store    bot.Store
	Library  *dialog.Library
	Settings bot.Settings
	Screen   bot.Screen
	People   []string // their names, in the order in which what they read is written down
	Now      time.Time
	Log      *slog.Logger // nil: nobody reads it

	App      *bot.Bot  // once it has begun
	Platform *Platform // where everything is said
	heard    map[string]int
	number   int
	codes    int // invites so far
}

// Place is the conversation of one of the people.
func (s *Story) Place(name string) string { return "paper:" + strings.ToLower(name) }

// storyCode is the code of the invites that are made in stories, one after the other.
func storyCode(n int) string { return strings.Repeat(string(rune('a'+n%26)), 20) }

// Begin starts the application.
func (s *Story) Begin() (err error) {
	s.Platform, s.heard = NewPlatform(), make(map[string]int)
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.Settings.InviteLink = func(code string) string { return "https://t.me/example_bot?start=" + code }
	s.App, err = bot.New(context.Background(), bot.Options{
		Store: s.Store, Library: s.Library, Platforms: map[string]bot.Platform{"paper": s.Platform}, Screen: s.Screen, Settings: s.Settings,
		Clock: func() time.Time { return s.Now }, Log: s.Log,
		NewCode: func() string { s.codes++; return storyCode(s.codes - 1) },
	})
	if err != nil {
		return fmt.Errorf("begin a story: %w", err)
	}
	return nil
}

// Play gives a story back with what people read in it now.
func (s *Story) Play(text string) (string, error) {
	var out strings.Builder
	skip := false
	for n, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		name, said, speaks := strings.Cut(line, "> ")
		switch {
		case speaks && s.knows(name):
			skip = false
			out.WriteString(line + "\n")
			if err := s.say(name, said); err != nil {
				return out.String(), fmt.Errorf("line %d: %w", n+1, err)
			}
			s.write(&out)
		case strings.HasPrefix(line, "-- "):
			skip = false
			out.WriteString(line + "\n")
			wait, _, _ := strings.Cut(strings.TrimPrefix(line, "-- "), " ")
			d, err := time.ParseDuration(wait)
			if err != nil {
				return out.String(), fmt.Errorf("line %d: %w", n+1, err)
			}
			s.wait(d)
			s.write(&out)
		case strings.HasPrefix(line, "#") || line == "":
			skip = false
			out.WriteString(line + "\n")
		case strings.Contains(line, "< "), strings.HasSuffix(line, "<"), skip:
			skip = true // what was read is written anew
		default:
			return "", fmt.Errorf("line %d: %q is no line of a story", n+1, line)
		}
	}
	return out.String(), nil
}

func (s *Story) knows(name string) bool {
	for _, p := range s.People {
		if p == name {
			return true
		}
	}
	return false
}

// say has one of the people say or press something, or open what a link carries.
func (s *Story) say(name, said string) error {
	s.number++
	said = strings.ReplaceAll(said, "{code}", storyCode(s.codes-1))
	u := bot.Update{
		Delivery: fmt.Sprintf("story:%d", s.number), Conversation: s.Place(name), Seq: int64(s.number), At: s.Now,
		From: bot.Person{ID: name, Name: name, Language: "en"},
	}
	switch label, button := strings.CutPrefix(said, "["); {
	case button:
		in, err := s.press(name, strings.TrimSuffix(label, "]"))
		if err != nil {
			return err
		}
		u.Input = in
	case strings.HasPrefix(said, "/start"):
		u.Event = bot.Start
		_, u.Code, _ = strings.Cut(said, " ")
	default:
		u.Input = dialog.Input{Kind: dialog.Text, Text: said}
	}
	if err := s.App.Receive(context.Background(), u); err != nil {
		return fmt.Errorf("take in what %s said: %w", name, err)
	}
	s.settle()
	return nil
}

// press finds the newest button with a label.
func (s *Story) press(name, label string) (dialog.Input, error) {
	said := s.Platform.Said(s.Place(name))
	for i := len(said) - 1; i >= 0; i-- {
		for _, b := range said[i].Buttons {
			if b.Label == label {
				return dialog.Input{Kind: dialog.Press, Prompt: said[i].Prompt, Choice: b.ID}, nil
			}
		}
	}
	return dialog.Input{}, fmt.Errorf("%s was shown no button [%s]", name, label)
}

// settle lets everything come to rest that one conversation has for another.
func (s *Story) settle() {
	for range 5 {
		s.App.Idle()
		s.App.PickUp(context.Background())
	}
	s.App.Idle()
}

// wait lets time go by, ten minutes at a time, or an hour where it is days, as the service would live through it.
func (s *Story) wait(d time.Duration) {
	s.settle() // nobody reads the clock while it is put forward
	step := 10 * time.Minute
	if d > 48*time.Hour {
		step = time.Hour
	}
	for end := s.Now.Add(d); s.Now.Before(end); {
		s.Now = s.Now.Add(min(end.Sub(s.Now), step))
		s.settle()
	}
}

// write notes what people have read since the last time.
func (s *Story) write(out *strings.Builder) {
	for _, name := range s.People {
		said := s.Platform.Said(s.Place(name))
		for _, m := range said[s.heard[name]:] {
			out.WriteString(name + "< " + strings.ReplaceAll(m.Text, "\n", "\n  ") + "\n")
			if len(m.Buttons) > 0 {
				var labels []string
				for _, b := range m.Buttons {
					labels = append(labels, "["+b.Label+"]")
				}
				out.WriteString("  " + strings.Join(labels, " ") + "\n")
			}
		}
		s.heard[name] = len(said)
	}
}
