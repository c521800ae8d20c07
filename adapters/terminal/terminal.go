// Package terminal is Tandem's conversation in a terminal: it prints what the bot says, with the choices numbered under
// a question, and reads the person's answers line by line. It works as well without a terminal, from a pipe into a
// file; then each line that was read is printed too, after "> ", so that what comes out is a transcript.
//
// A number that is typed is handed on as text: the engine knows what it means to the open question.
package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/term"

	"tandem/bot"
)

// Options say what is at the two ends. Detect finds out.
type Options struct {
	Live  bool       // a person types: a prompt is shown, and what they type is on the screen already
	Width func() int // columns to wrap at; nil, or 0 from it: lines are as long as they are
}

// Terminal is one person at one terminal. It is a bot.Platform.
type Terminal struct {
	opt Options
	in  *bufio.Reader

	mu     sync.Mutex
	out    io.Writer
	begun  bool // something was printed
	prompt bool // the cursor stands behind a prompt
	said   int
	err    error
}

var _ bot.Platform = (*Terminal)(nil)

// New makes a terminal of two streams.
func New(in io.Reader, out io.Writer, o Options) *Terminal {
	if o.Width == nil {
		o.Width = func() int { return 0 }
	}
	return &Terminal{opt: o, in: bufio.NewReaderSize(in, 64<<10), out: out}
}

// Detect tells whether a person sits at the streams, and how wide their terminal is.
func Detect(in io.Reader, out io.Writer) Options {
	o, outIs := out.(*os.File)
	if !outIs || !term.IsTerminal(int(o.Fd())) {
		return Options{}
	}
	i, inIs := in.(*os.File)
	return Options{
		Live: inIs && term.IsTerminal(int(i.Fd())),
		Width: func() int {
			w, _, err := term.GetSize(int(o.Fd()))
			if err != nil {
				return 0
			}
			return w
		},
	}
}

// Send implements bot.Platform.
func (t *Terminal) Send(ctx context.Context, conversation string, o bot.Outgoing) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return "", &bot.SendError{Code: bot.CodeNetwork, Fate: bot.Later}
	case !strings.HasPrefix(conversation, "terminal:"):
		return "", &bot.SendError{Code: bot.CodeConversation, Fate: bot.Never}
	case o.Kind == bot.Settle && o.Ref != "":
		return o.Ref, nil // the answer that it would show stands on the screen already
	case o.Kind != bot.Say, strings.TrimSpace(o.Message.Text) == "":
		return "", &bot.SendError{Code: bot.CodeKind, Fate: bot.Never}
	}
	t.print(wrap(clean(o.Message.Text), t.opt.Width(), "", "") + choices(o.Message.Buttons, t.opt.Width()))
	if t.err != nil {
		return "", &bot.SendError{Code: bot.CodeNetwork, Fate: bot.Later}
	}
	t.said++
	return "t" + strconv.Itoa(t.said), nil
}

// Split implements bot.Platform: everything fits.
func (t *Terminal) Split(o bot.Outgoing) []bot.Outgoing { return []bot.Outgoing{o} }

// Said is how many messages were printed.
func (t *Terminal) Said() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said
}

// Err is why nothing can be printed any more, nil while it can.
func (t *Terminal) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Note prints a remark of the program's own, in brackets, to be told from what the bot says.
func (t *Terminal) Note(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.print(wrap("("+clean(text)+")", t.opt.Width(), "", ""))
}

// Ask shows that it is the person's turn.
func (t *Terminal) Ask() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.opt.Live || t.prompt {
		return
	}
	t.write("\n> ")
	t.prompt = true
}

// Heard prints a line that was read and is handled now, where the person does not see what they type.
func (t *Terminal) Heard(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.prompt = false
	if !t.opt.Live {
		t.print(wrap(shorten(clean(line)), t.opt.Width(), "> ", "  "))
	}
}

// print writes a paragraph, with an empty line before it. The caller holds the lock.
func (t *Terminal) print(text string) {
	if t.prompt {
		t.write("\n") // a timer ran out while the person was to type
		t.prompt = false
	}
	if t.begun {
		t.write("\n")
	}
	t.begun = true
	t.write(text)
}

func (t *Terminal) write(text string) {
	if t.err != nil {
		return
	}
	if _, err := io.WriteString(t.out, text); err != nil {
		t.err = fmt.Errorf("write to the terminal: %w", err)
	}
}

// clean takes out what a terminal would obey rather than show: somebody's own words come back to them here.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

const longestEcho = 500 // characters of an input that are shown

// shorten keeps a transcript readable when somebody pastes a book.
func shorten(line string) string {
	runes := []rune(line)
	if len(runes) <= longestEcho {
		return line
	}
	return fmt.Sprintf("%s… (%d characters)", string(runes[:longestEcho]), len(runes))
}
