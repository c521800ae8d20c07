package flows_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/desk"
	"tandem/bot/flows"
	"tandem/bot/safety"
	"tandem/dialog"
	"tandem/reminders"
)

// office is two practitioners, Kim's client Sam, and a stranger, on the shipped flows.
type office struct {
	*bottest.Story
	t   *testing.T
	log *logBook
	n   int
}

func newOffice(t *testing.T) *office {
	t.Helper()
	library, err := bot.Loader().Load(flows.FS())
	if err != nil {
		t.Fatal(err)
	}
	store, err := redisstore.OpenEmbedded(t.Context(), t.TempDir(), redisstore.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	screen, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, log: &logBook{}}
	o.Story = &bottest.Story{
		Store: store, Library: library, Screen: screen, People: []string{"Sam", "Kim", "Ana", "Nobody"}, Log: slog.New(slog.NewTextHandler(o.log, nil)),
		Now: time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC),
		Settings: bot.Settings{
			Lang: "en", Zone: time.UTC, Quiet: reminders.DefaultQuiet(), Week: 5, Invite: true,
			Practitioners: map[string]string{"paper:kim": "Kim", "paper:ana": "Ana"}, Resources: map[string]string{"": "Example Line, 555 0100"},
		},
	}
	if err := o.Begin(); err != nil {
		t.Fatal(err)
	}
	return o
}

// logBook takes a log that is written while the test reads it.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logBook) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Reset()
}

// play has people say things, as in a story, and gives back what came of it.
func (o *office) play(lines string) string {
	o.t.Helper()
	out, err := o.Play(lines)
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

// does has somebody do something on a page of a practitioner's.
func (o *office) does(who string, with map[string]any) string {
	o.t.Helper()
	o.n++
	u := bot.Update{Delivery: fmt.Sprintf("page:%d", o.n), Conversation: o.Place(who), At: o.Now, Event: bot.Desk, With: with}
	if text, _ := with["text"].(string); text != "" {
		u.Input = dialog.Input{Kind: dialog.Text, Text: text}
	}
	if err := o.App.Receive(context.Background(), u); err != nil {
		o.t.Fatal(err)
	}
	return o.play("-- 1s")
}

// TestRoles tries everything that a practitioner can do as somebody who may not: it is refused, it is in the log, and
// nothing of anybody is revealed.
func TestRoles(t *testing.T) {
	actions := []map[string]any{
		{"do": "invite", "name": "Vex"},
		{"do": "letter", "case": "c1", "text": "hello there"},
		{"do": "propose", "case": "c1", "goal": "g1", "base": 1.0, "kind": "words", "text": "something else"},
		{"do": "propose", "case": "c1", "kind": "comment", "text": "hello there"},
		{"do": "digest"},
		{"do": "appoint", "conversation": "paper:nobody", "name": "Nobody"},
		{"do": "anything"},
	}
	commands := []string{"/desk", "/invite", "/write", "/suggest", "/digest", "/clients", "/working"}
	join := "Kim> /invite\nKim> Sam\nKim> [Make the invite]\nSam> /start {code}\nSam> yes\n"
	for _, who := range []string{"Nobody", "Sam", "Ana"} {
		t.Run(who, func(t *testing.T) {
			o := newOffice(t)
			o.play(join)
			caseID := o.caseOf("Kim")
			for _, with := range actions {
				if _, ok := with["case"]; ok {
					with["case"] = caseID
				}
				if who == "Ana" && (with["do"] == "invite" || with["do"] == "digest") {
					continue // she may, for her own
				}
				o.log.Reset()
				read := o.does(who, with)
				for _, secret := range []string{"Sam<", "Kim<"} {
					if strings.Contains(strings.ReplaceAll(read, who+"<", ""), secret) {
						t.Errorf("%v reached somebody:\n%s", with, read)
					}
				}
				if who != "Sam" && strings.Contains(strings.ReplaceAll(read, "> Sam", ""), "Sam") {
					t.Errorf("%v reveals a name:\n%s", with, read)
				}
				if log := o.log.String(); !strings.Contains(log, "refused") || strings.Contains(log, "hello there") {
					t.Errorf("%v is logged as %q", with, log)
				}
			}
			if who == "Ana" {
				return
			}
			for _, command := range commands {
				if read := o.play(who + "> " + command); strings.Contains(read, "Kim<") || strings.Contains(read, "example_bot") {
					t.Errorf("%s: %s", command, read)
				}
			}
		})
	}
}

// caseOf is the id of a practitioner's only client.
func (o *office) caseOf(who string) string {
	o.t.Helper()
	all, err := o.App.Overview(context.Background(), o.Place(who), desk.All, 0)
	if err != nil || len(all.Rows) != 1 {
		o.t.Fatalf("%s's caseload: %+v, %v", who, all.Rows, err)
	}
	return all.Rows[0].Case
}

// TestPagesAreForTheirPractitioner: nobody else gets one, and another practitioner not that of a client who is not theirs.
func TestPagesAreForTheirPractitioner(t *testing.T) {
	o := newOffice(t)
	o.play("Kim> /invite\nKim> Sam\nKim> [Make the invite]\nSam> /start {code}\nSam> yes\n")
	ctx, caseID := context.Background(), o.caseOf("Kim")
	for _, who := range []string{"Nobody", "Sam"} {
		if _, err := o.App.Overview(ctx, o.Place(who), desk.All, 0); !errors.Is(err, bot.ErrNotPractitioner) {
			t.Errorf("%s: the overview: %v", who, err)
		}
		if _, err := o.App.CasePage(ctx, o.Place(who), caseID); !errors.Is(err, bot.ErrNotPractitioner) {
			t.Errorf("%s: the page: %v", who, err)
		}
	}
	if _, err := o.App.CasePage(ctx, o.Place("Ana"), caseID); !errors.Is(err, bot.ErrNoCase) {
		t.Errorf("Ana: Sam's page: %v", err)
	}
	if _, err := o.App.Chart(ctx, o.Place("Ana"), caseID, "g1"); !errors.Is(err, bot.ErrNoCase) {
		t.Errorf("Ana: Sam's chart: %v", err)
	}
	if all, err := o.App.Overview(ctx, o.Place("Ana"), desk.All, 0); err != nil || len(all.Rows) != 0 {
		t.Errorf("Ana's caseload: %+v, %v", all.Rows, err)
	}
	if _, err := o.App.CasePage(ctx, o.Place("Kim"), caseID); err != nil {
		t.Errorf("Kim: %v", err)
	}
}
