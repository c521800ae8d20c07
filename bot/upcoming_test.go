package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"tandem/bot"
	"tandem/reminders"
)

// beside is an operator's look at a world: its clock stands at 18:00 UTC on Monday, 9 March 2026.
func (w *world) beside(store bot.Store) *bot.Bot {
	w.t.Helper()
	w.settings.Quiet = reminders.DefaultQuiet()
	return bot.Beside(bot.Options{Store: store, Library: library(w.t, three()), Settings: w.settings, Clock: w.clock})
}

// keep writes a conversation of somebody in Madrid as a step would have left it; state goes into its state.
func (w *world) keep(store bot.Store, conversation, state string, wake time.Time, records map[string]string) {
	w.t.Helper()
	c := bot.Commit{
		Conversation: conversation, Wake: wake, Records: make(map[string]json.RawMessage),
		State: json.RawMessage(`{"format":1,"admitted":true,"client":{"lang":"en","zone":"Europe/Madrid","consent":1}` + state + `}`),
	}
	for key, record := range records {
		c.Records[key] = json.RawMessage(record)
	}
	if err := store.Commit(context.Background(), c); err != nil {
		w.t.Fatal(err)
	}
}

func mondays() map[string]string {
	return map[string]string{
		"reminder/r1": `{"id":"r1","spec":"0 20 * * 3","from":"2026-03-01T00:00:00Z","ended":"2026-03-02T00:00:00Z"}`,
		"reminder/r2": `{"id":"r2","spec":"0 9 * * 1","from":"2026-03-01T00:00:00Z"}`,
		"reminder/r3": `{"id":"r3","spec":"0 9 1 * *","from":"2026-03-01T00:00:00Z"}`,
	}
}

func TestUpcomingSaysWhy(t *testing.T) {
	ctx := context.Background()
	ingest := func(w *world, s bot.Store) *bot.Snapshot {
		w.t.Helper()
		snap, err := s.Ingest(ctx, w.update(chat, text("something private")), w.clock())
		if err != nil {
			w.t.Fatal(err)
		}
		return snap
	}
	free := func(w *world, s bot.Store, retry time.Time) {
		w.t.Helper()
		if err := s.Release(ctx, chat, w.clock(), retry); err != nil {
			w.t.Fatal(err)
		}
	}
	nudges := func(at, nudges string, records map[string]string) func(w *world, s bot.Store) {
		return func(w *world, s bot.Store) {
			wake, err := time.Parse(time.RFC3339, at)
			if err != nil {
				w.t.Fatal(err)
			}
			w.keep(s, chat, `,"nudges":`+nudges, wake, records)
		}
	}
	for _, c := range []struct {
		name string
		have func(w *world, s bot.Store)
		want string
	}{
		{"held", func(w *world, s bot.Store) { ingest(w, s) },
			"2026-03-09T18:01:00Z somebody is at it; taken over then should they have died"},
		{"message", func(w *world, s bot.Store) { ingest(w, s); free(w, s, time.Time{}) }, "2026-03-09T18:00:00Z a message waits"},
		{"answer", func(w *world, s bot.Store) {
			snap := ingest(w, s)
			err := s.Commit(ctx, bot.Commit{
				Conversation: chat, Revision: snap.Revision, Done: []string{snap.Inbox[0].ID}, State: json.RawMessage(`{"format":1}`),
				Outbox: []bot.Outgoing{{Kind: bot.Say}},
			})
			if err != nil {
				w.t.Fatal(err)
			}
			free(w, s, w.clock().Add(30*time.Second))
		}, "2026-03-09T18:00:30Z an answer is to be sent"},
		{"nothing", func(w *world, s bot.Store) {
			if err := s.(bot.Wakes).Schedule(ctx, []bot.Wake{{Conversation: chat, At: w.clock()}}); err != nil {
				w.t.Fatal(err)
			}
		}, "2026-03-09T18:00:00Z to see whether something is to be done"},
		{"timer", func(w *world, s bot.Store) {
			w.keep(s, chat, `,"session":{"id":"s1","lang":"en","turn":1,"frames":[{"flow":"three","step":"a"}],"due":"2026-03-10T10:00:00Z"},`+
				`"nudges":{"next":"2026-03-16T08:00:00Z"}`, time.Date(2026, 3, 10, 10, 0, 0, 0, time.UTC), mondays())
		}, "2026-03-10T11:00:00+01:00 the open question's time is up"},
		{"reminder", nudges("2026-03-16T08:00:00Z", `{"next":"2026-03-16T08:00:00Z"}`, mondays()),
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"another reminder", nudges("2026-04-01T07:00:00Z", `{"next":"2026-04-01T07:00:00Z"}`, mondays()),
			"2026-04-01T09:00:00+02:00 reminder r3 (on day 1 of each month at 9:00)"},
		{"a reminder that is gone", nudges("2026-03-11T19:00:00Z", `{"next":"2026-03-11T19:00:00Z"}`, mondays()),
			"2026-03-11T20:00:00+01:00 a reminder"},
		{"follow-up", nudges("2026-03-10T08:00:00Z", `{"next":"2026-03-16T08:00:00Z","follow":"2026-03-10T08:00:00Z","ledger":{"silent":1}}`, mondays()),
			"2026-03-10T09:00:00+01:00 follow-up"},
		{"silence", nudges("2026-03-10T08:00:00Z", `{"follow":"2026-03-10T08:00:00Z","ledger":{"silent":2}}`, nil),
			"2026-03-10T09:00:00+01:00 the follow-up stayed without an answer"},
		{"snooze", nudges("2026-03-09T19:00:00Z", `{"next":"2026-03-16T08:00:00Z","snooze":{"at":"2026-03-09T19:00:00Z"}}`, mondays()),
			"2026-03-09T20:00:00+01:00 put off by the person"},
		{"quiet", nudges("2026-03-10T07:00:00Z", `{"next":"2026-03-09T17:00:00Z","hold":"2026-03-10T07:00:00Z"}`, mondays()),
			"2026-03-10T08:00:00+01:00 held until quiet hours end"},
		{"busy", nudges("2026-03-09T18:30:00Z", `{"next":"2026-03-09T17:00:00Z","hold":"2026-03-09T18:30:00Z","ledger":{"heard":"2026-03-09T17:30:00Z"}}`, mondays()),
			"2026-03-09T19:30:00+01:00 held until the talk under way has rested for an hour"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			store := w.store()
			c.have(w, store)
			for range 2 { // looking changes nothing
				all, err := w.beside(store).Upcoming(ctx, 10)
				if err != nil || len(all) != 1 || all[0].Conversation != chat {
					t.Fatalf("upcoming: %+v, %v", all, err)
				}
				if got := all[0].At.Format(time.RFC3339) + " " + all[0].Why; got != c.want {
					t.Errorf("got  %s\nwant %s", got, c.want)
				}
			}
		})
	}
}

func TestUpcomingIsInOrder(t *testing.T) {
	w := newWorld(t)
	store := w.store()
	for i := range 9 {
		at := w.now.Add(time.Duration(i*4%9) * time.Hour)
		w.keep(store, fmt.Sprintf("paper:%d", i), `,"nudges":{"next":"`+at.Format(time.RFC3339)+`"}`, at, nil)
	}
	all, err := w.beside(store).Upcoming(context.Background(), 3)
	if err != nil || len(all) != 3 {
		t.Fatalf("upcoming: %+v, %v", all, err)
	}
	for i, want := range []string{"paper:0", "paper:7", "paper:5"} {
		if all[i].Conversation != want {
			t.Errorf("number %d is %s, want %s", i, all[i].Conversation, want)
		}
	}
}

func TestSettle(t *testing.T) {
	ctx := context.Background()
	monday := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, nudges string
		until        time.Time
		done         bool
		want         string // the first thing that is upcoming then
	}{
		{"a reminder that was due", `{"next":"2026-03-09T08:00:00Z","done":"2026-03-08T08:00:00Z"}`, monday, true,
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"many that were due", `{"next":"2026-03-02T08:00:00Z","done":"2026-03-01T12:00:00Z"}`, monday.Add(time.Hour), true,
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"one that is due later", `{"next":"2026-03-09T08:00:00Z","done":"2026-03-08T08:00:00Z"}`, monday.Add(-time.Minute), false,
			"2026-03-09T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"a follow-up", `{"next":"2026-03-16T08:00:00Z","done":"2026-03-09T08:00:00Z","follow":"2026-03-09T07:00:00Z","ledger":{"silent":1}}`, monday, true,
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"what was put off", `{"next":"2026-03-16T08:00:00Z","done":"2026-03-09T08:00:00Z","snooze":{"at":"2026-03-09T07:00:00Z"}}`, monday, true,
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
		{"what was put off for longer", `{"next":"2026-03-09T08:00:00Z","done":"2026-03-08T08:00:00Z","snooze":{"at":"2026-03-09T20:00:00Z"}}`, monday, true,
			"2026-03-09T21:00:00+01:00 put off by the person"},
		{"what is held, and was due before", `{"next":"2026-03-09T08:00:00Z","done":"2026-03-08T08:00:00Z","hold":"2026-03-10T07:00:00Z"}`, monday, true,
			"2026-03-16T09:00:00+01:00 reminder r2 (every Monday at 9:00)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			store := w.store()
			wake := monday // a nudge is looked at when it is due, or held
			w.keep(store, chat, `,"nudges":`+c.nudges, wake, mondays())
			app := w.beside(store)
			done, err := app.Settle(ctx, chat, c.until)
			if err != nil || done != c.done {
				t.Fatalf("settle: %v, %v", done, err)
			}
			all, err := app.Upcoming(ctx, 10)
			if err != nil || len(all) != 1 {
				t.Fatalf("upcoming: %+v, %v", all, err)
			}
			if got := all[0].At.Format(time.RFC3339) + " " + all[0].Why; got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if again, err := app.Settle(ctx, chat, c.until); err != nil || again {
				t.Errorf("a second time: %v, %v", again, err)
			}
		})
	}
}

// After a restored backup is settled, the nudge that was sent before the loss does not come again; the next one does.
func TestSettledNudgesDoNotComeAgain(t *testing.T) {
	for _, settle := range []bool{false, true} {
		t.Run(fmt.Sprint("settled ", settle), func(t *testing.T) {
			w := newWorld(t)
			w.settings.Quiet = reminders.DefaultQuiet()
			p := w.process(library(t, nudgeFlow()))
			due := w.clock().Add(-time.Hour)
			w.keep(p.store, chat, `,"nudges":{"next":"`+due.Format(time.RFC3339)+`","done":"2026-03-08T08:00:00Z"}`, due,
				map[string]string{"reminder/r1": `{"id":"r1","spec":"0 18 * * 1","from":"2026-03-01T00:00:00Z"}`}) // 18:00 in Madrid
			want := 1
			if settle {
				want = 0
				if done, err := w.beside(p.store).Settle(context.Background(), chat, due); err != nil || !done {
					t.Fatalf("settle: %v, %v", done, err)
				}
			}
			p.pickUp()
			if got := w.told(chat, 0); len(got) != want {
				t.Fatalf("told: %q", got)
			}
			w.wait(7*24*time.Hour - time.Hour + time.Minute)
			p.pickUp()
			if got := w.told(chat, 0); len(got) < want+1 {
				t.Errorf("told a week later: %q", got)
			}
		})
	}
}

// nudgeFlow is a nudge that says one thing and ends.
func nudgeFlow() map[string]string {
	return map[string]string{
		"nudge/flow.yaml": `flow: nudge
target_change: a test
stance: neutral
start: a
steps:
  a: {kind: say, next: end}
  end: {kind: end}
`,
		"nudge/en.yaml": "a: How is it going?\n",
	}
}
