// Package transcript reads, plays and writes conversations as plain text: what the person says, and what must come out
// of it, word for word (docs/flows.md, "Transcripts").
package transcript

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tandem/dialog"
)

// Transcript is a conversation on paper.
type Transcript struct {
	Head  string // YAML: what was there before the first word
	Lines []Line
}

// Line is one thing that happens in it.
type Line struct {
	Who     Who
	Text    string        // what is said; a person's press is the label of the button
	Buttons []string      // under something that Tandem said
	Press   bool          // the person pressed a button
	Media   string        // the person sent this instead of words, or with them: photo, sticker, ...
	Changes string        // the person changed this message of theirs; Text is what it says now
	Wait    time.Duration // Clock
	Number  int           // of the line in the file, from 1
}

// Who is who a line belongs to.
type Who string

// The lines of a transcript.
const (
	Tandem  Who = "Tandem" // said by the program
	Client  Who = "Client" // said by the person
	Clock   Who = "Clock"  // time goes by
	Kept    Who = "Kept"   // something that must be kept in the end
	Comment Who = "#"
)

// Parse reads a transcript.
func Parse(text string) (*Transcript, error) {
	head, body, ok := strings.Cut(text, "\n---\n")
	if !ok {
		return nil, fmt.Errorf("a transcript has a head, a line of three dashes, and the conversation")
	}
	t := &Transcript{Head: head + "\n"}
	start := strings.Count(head, "\n") + 3
	for i, line := range strings.Split(strings.TrimRight(body, "\n"), "\n") {
		if err := t.line(line, start+i); err != nil {
			return nil, fmt.Errorf("line %d: %w", start+i, err)
		}
	}
	return t, nil
}

func (t *Transcript) line(line string, number int) error {
	who, rest, _ := strings.Cut(line, ":")
	was, now, changes := cutChange(line)
	switch {
	case changes:
		t.Lines = append(t.Lines, Line{Who: Client, Changes: was, Text: now, Number: number})
	case strings.HasPrefix(line, "  "):
		return t.more(line[2:])
	case strings.HasPrefix(line, "#"), strings.TrimSpace(line) == "":
		t.Lines = append(t.Lines, Line{Who: Comment, Text: line, Number: number})
	case strings.HasPrefix(line, "("):
		wait, err := parseWait(line)
		if err != nil {
			return err
		}
		t.Lines = append(t.Lines, Line{Who: Clock, Wait: wait, Text: line, Number: number})
	case who == string(Tandem), who == string(Kept):
		t.Lines = append(t.Lines, Line{Who: Who(who), Text: strings.TrimPrefix(rest, " "), Number: number})
	case who == string(Client):
		t.Lines = append(t.Lines, clientLine(strings.TrimPrefix(rest, " "), number))
	default:
		return fmt.Errorf("a line begins with Tandem:, Client:, Kept:, ( or #, not with %q", who)
	}
	return nil
}

func clientLine(said string, number int) Line {
	l := Line{Who: Client, Text: said, Number: number}
	if inner, ok := cutPair(said, "[", "]"); ok {
		l.Press, l.Text = true, inner
	} else if sent, words, _ := strings.Cut(said, ") "); strings.HasPrefix(sent, "(") {
		if sent = strings.TrimSuffix(sent[1:], ")"); slices.Contains(media(), sent) {
			l.Media, l.Text = sent, words
		}
	}
	return l
}

// media is what a person can send that is not words.
func media() []string {
	return []string{"photo", "sticker", "voice", "video", "document", "location", "contact", "other"}
}

const changing = `Client changes "`

// cutChange reads: Client changes "seven": eight.
func cutChange(line string) (was, now string, ok bool) {
	line, ok = strings.CutPrefix(line, changing)
	if !ok {
		return "", "", false
	}
	return strings.Cut(line, `": `)
}

func cutPair(s, open, shut string) (string, bool) {
	s, ok1 := strings.CutPrefix(s, open)
	s, ok2 := strings.CutSuffix(s, shut)
	return s, ok1 && ok2
}

// more reads a line that goes on with the one above.
func (t *Transcript) more(line string) error {
	if len(t.Lines) == 0 {
		return fmt.Errorf("an indented line goes on with the one above, and there is none")
	}
	l := &t.Lines[len(t.Lines)-1]
	if l.Who == Tandem && strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
		l.Buttons = append(l.Buttons, strings.Split(line[1:len(line)-1], "] [")...)
		return nil
	}
	l.Text += "\n" + line
	return nil
}

// parseWait reads "(2 days later)".
func parseWait(line string) (time.Duration, error) {
	var n int
	var unit string
	inner, ok := cutPair(strings.TrimSpace(line), "(", " later)")
	if !ok {
		return 0, fmt.Errorf("%q: time goes by as in (2 days later)", line)
	}
	if _, err := fmt.Sscanf(inner, "%d %s", &n, &unit); err != nil || n < 0 {
		return 0, fmt.Errorf("%q: time goes by as in (2 days later)", line)
	}
	switch strings.TrimSuffix(unit, "s") {
	case "minute":
		return time.Duration(n) * time.Minute, nil
	case "hour":
		return time.Duration(n) * time.Hour, nil
	case "day":
		return time.Duration(n) * 24 * time.Hour, nil
	case "week":
		return time.Duration(n) * 7 * 24 * time.Hour, nil
	}
	return 0, fmt.Errorf("%q: time goes by in minutes, hours, days or weeks", line)
}

// Write gives the transcript as text.
func (t *Transcript) Write() string {
	var b strings.Builder
	b.WriteString(t.Head + "---\n")
	for _, l := range t.Lines {
		l.write(&b)
	}
	return b.String()
}

func (l Line) write(b *strings.Builder) {
	text := strings.ReplaceAll(l.Text, "\n", "\n  ")
	switch {
	case l.Who == Comment, l.Who == Clock:
		b.WriteString(l.Text + "\n")
		return
	case l.Press:
		text = "[" + text + "]"
	case l.Media != "":
		text = strings.TrimSpace("(" + l.Media + ") " + text)
	case l.Changes != "":
		b.WriteString(changing + l.Changes + `": ` + text + "\n")
		return
	}
	b.WriteString(string(l.Who) + ": " + text + "\n")
	if len(l.Buttons) > 0 {
		b.WriteString("  [" + strings.Join(l.Buttons, "] [") + "]\n")
	}
}

// Say makes the line of a message.
func Say(m dialog.Message) Line {
	l := Line{Who: Tandem, Text: m.Text}
	for _, button := range m.Buttons {
		l.Buttons = append(l.Buttons, button.Label)
	}
	return l
}
