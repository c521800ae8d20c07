package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/dialog"
	"tandem/reminders"
)

const daily = "03-09 12:01 remind goal=g1, rhythm=0 18 * * *\n"

// Each rule of the nudges by itself. What is expected is all that is said unasked.
func TestNudges(t *testing.T) {
	cases := []struct {
		name     string
		settings bot.Settings
		script   string
		want     []string
	}{
		{"at the time that was chosen", bot.Settings{}, daily + "03-09 18:05 say no\n 03-10 18:05 say no\n 03-11 17:59",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:00 Look at 1?"}},
		{"about no goal in particular", bot.Settings{}, "03-09 12:01 remind rhythm=0 18 * * *\n 03-10 17:59", []string{"03-09 18:00 Look at 0?"}},
		{"every other week", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 18 * * 1 every 2\n 03-09 18:05 say no\n 03-23 18:05 say no\n 04-06 17:00",
			[]string{"03-09 18:00 Look at 1?", "03-23 18:00 Look at 1?"}},
		{"a rhythm that was changed", bot.Settings{}, daily + "03-09 17:00 change reminder=r3, rhythm=0 19 * * *\n 03-10 12:00", []string{"03-09 19:00 Look at 1?"}},
		{"a rhythm that was ended", bot.Settings{}, daily + "03-09 17:00 end reminder=r3\n 03-11 12:00", nil},
		{"a summer's time", bot.Settings{}, "03-28 12:00 remind goal=g1, rhythm=0 18 * * *\n 03-28 18:05 say no\n 03-29 18:05 say no\n 03-30 12:00",
			[]string{"03-28 18:00 Look at 1?", "03-29 18:00 Look at 1?"}},

		{"quiet hours are waited out", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=30 6 * * *\n 03-11 07:00 say no",
			[]string{"03-10 08:00 Look at 1?"}},
		{"quiet hours that last too long", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 22 * * *\n 03-12 12:00", nil},
		{"quiet hours of her own", bot.Settings{}, daily + "03-09 12:02 quiet from=17:00, to=19:00\n 03-10 12:00", []string{"03-09 19:00 Look at 1?"}},
		{"no quiet hours", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 22 * * *\n 03-09 12:02 no-quiet\n 03-10 12:00", []string{"03-09 22:00 Look at 1?"}},

		{"one a day over all goals", bot.Settings{},
			"03-09 12:01 remind goal=g1, rhythm=0 10 * * *\n 03-09 12:02 remind goal=g2, rhythm=0 18 * * *\n 03-09 18:05 say no\n 03-10 10:05 say no\n 03-11 09:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 10:00 Look at 1?"}},
		{"enough for a week over all goals", bot.Settings{Week: 2},
			"03-09 12:01 remind goal=g1, rhythm=0 10 * * 1,2\n 03-09 12:02 remind goal=g2, rhythm=0 18 * * 3,4\n 03-10 10:05 say no\n 03-11 18:05 say no\n" +
				"03-17 10:05 say no\n 03-18 18:05 say no\n 03-20 12:00",
			[]string{"03-10 10:00 Look at 1?", "03-11 18:00 Look at 1?", "03-17 10:00 Look at 1?", "03-18 18:00 Look at 1?"}},
		{"as many a week as one rhythm asks for", bot.Settings{Week: 1},
			"03-09 12:01 remind goal=g1, rhythm=0 18 * * 1-4\n 03-09 18:05 say no\n 03-10 18:05 say no\n 03-11 18:05 say no\n 03-12 18:05 say no\n 03-16 18:05 say no\n 03-17 12:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:00 Look at 1?", "03-11 18:00 Look at 1?", "03-12 18:00 Look at 1?", "03-16 18:00 Look at 1?"}},
		{"a holiday", bot.Settings{Holidays: []string{"2026-03-10"}}, daily + "03-09 18:05 say no\n 03-10 20:00 say hi\n 03-11 20:00",
			[]string{"03-09 18:00 Look at 1?", "03-11 18:00 Look at 1?"}},

		{"one follow-up, and no third", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n 04-08 12:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:00 Once more, look at 1?"}},
		{"no follow-up where she answered", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n 03-09 18:05 say yes\n 03-12 12:00",
			[]string{"03-09 18:00 Look at 1?"}},
		{"backing off", bot.Settings{Week: 7}, daily + "04-21 12:00", []string{
			"03-09 18:00 Look at 1?", "03-10 18:00 Once more, look at 1?", "03-12 18:00 Look at 1?", "03-14 18:00 Look at 1?",
			"03-16 18:00 Look at 1?", "03-18 18:00 Look at 1?", "03-24 18:00 Look at 1?",
			"03-30 18:00 Look at 1?", "04-05 18:00 Look at 1?", "04-20 18:00 Look at 1?"}},
		{"backing off ends with a word", bot.Settings{}, daily + "03-13 12:00 say no\n 03-13 18:05 say no\n 03-14 12:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:00 Once more, look at 1?", "03-12 18:00 Look at 1?", "03-13 18:00 Look at 1?"}},
		{"Kim is told where she agreed", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n 03-09 12:02 tell-kim\n 03-20 12:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:00 Once more, look at 1?", "03-11 18:00 Kim: silence Ana"}},

		{"several at once are one message", bot.Settings{}, daily + "03-09 12:02 remind goal=g2, rhythm=0 18 * * *\n 03-10 12:00", []string{"03-09 18:00 Look at 2?"}},
		{"it waits while they talk", bot.Settings{}, daily + "03-09 17:30 talk\n 03-09 17:30 say one\n 03-09 18:20 say two\n 03-10 12:00",
			[]string{"03-09 18:30 Look at 1?"}},
		{"it offers to switch where a talk lies idle", bot.Settings{}, daily + "03-09 17:30 talk\n 03-09 17:30 say one\n 03-10 12:00",
			[]string{"03-09 18:30 Look at 1 in the middle of this?"}},

		{"in an hour", bot.Settings{}, daily + "03-09 18:05 say in an hour\n 03-10 12:00", []string{"03-09 18:00 Look at 1?", "03-09 19:05 Look at 1?"}},
		{"in an hour that is quiet", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 20 * * *\n 03-09 20:30 say in an hour\n 03-10 08:05 say no\n 03-11 07:00",
			[]string{"03-09 20:00 Look at 1?", "03-10 08:00 Look at 1?"}},
		{"tomorrow", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n 03-09 18:05 say tomorrow\n 03-11 12:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 18:05 Look at 1?"}},
		{"this evening", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 14 9 * *\n 03-09 14:05 say this evening\n 03-09 23:00",
			[]string{"03-09 14:00 Look at 1?", "03-09 19:00 Look at 1?"}},
		{"at a time that she says", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 14 9 * *\n 03-09 14:05 say I pick a time\n 03-09 14:06 say 16:30\n 03-09 14:06 say yes\n 03-09 23:00",
			[]string{"03-09 14:00 Look at 1?", "03-09 16:30 Look at 1?"}},
		{"put off, and its goal is let go", bot.Settings{}, daily + "03-09 18:05 say in an hour\n 03-09 18:10 let-go goal=g1\n 03-11 12:00", []string{"03-09 18:00 Look at 1?"}},
		{"put off, and the program is down for too long", bot.Settings{}, daily + "03-09 18:05 say in an hour\n 03-09 18:10 down\n 03-10 12:00 up\n 03-10 12:30",
			[]string{"03-09 18:00 Look at 1?"}},

		{"a pause until a day", bot.Settings{}, daily + "03-09 12:02 away until=2026-03-12\n 03-13 12:00", []string{"03-12 18:00 Look at 1?"}},
		{"a pause until she says", bot.Settings{}, daily + "03-09 12:02 say pause\n 03-12 19:00 resume\n 03-14 12:00", []string{"03-13 18:00 Look at 1?"}},
		{"a pause ends what was put off", bot.Settings{}, daily + "03-09 18:05 say in an hour\n 03-09 18:10 say pause\n 03-12 12:00", []string{"03-09 18:00 Look at 1?"}},
		{"a pause ends the follow-up", bot.Settings{}, daily + "03-09 19:00 say pause\n 03-12 12:00", []string{"03-09 18:00 Look at 1?"}},
		{"nothing of a pause comes after it", bot.Settings{},
			"03-09 12:01 no-quiet\n 03-09 12:02 remind goal=g1, rhythm=30 23 * * *\n 03-09 12:03 remind goal=g2, rhythm=0 1 * * *\n 03-09 12:04 away until=2026-03-11\n 03-11 02:00",
			[]string{"03-11 01:00 Look at 1?"}},

		{"stop where nothing is open", bot.Settings{}, daily + "03-09 17:00 say stop\n 03-30 12:00", nil},
		{"stop at a nudge", bot.Settings{}, daily + "03-09 18:05 say stop\n 03-30 12:00", []string{"03-09 18:00 Look at 1?"}},
		{"stop in a nudge's question", bot.Settings{}, daily + "03-09 18:05 say yes\n 03-09 18:06 say stop\n 03-30 12:00", []string{"03-09 18:00 Look at 1?"}},
		{"stop in a talk", bot.Settings{}, daily + "03-09 17:30 talk\n 03-09 17:31 say stop\n 03-30 12:00", nil},
		{"stop in a talk with a timer", bot.Settings{}, daily + "03-09 17:30 timed\n 03-09 17:31 say stop\n 03-30 12:00", nil},
		{"stop, and again", bot.Settings{}, daily + "03-09 17:30 say stop\n 03-10 19:00 resume\n 03-11 19:00", []string{"03-11 18:00 Look at 1?"}},

		{"a goal that rests", bot.Settings{}, daily + "03-09 12:02 remind goal=g2, rhythm=0 19 * * *\n 03-09 12:03 rest goal=g1\n 03-10 12:00", []string{"03-09 19:00 Look at 1?"}},
		{"a goal that is reached", bot.Settings{}, daily + "03-09 12:02 remind goal=g2, rhythm=0 19 * * *\n 03-09 12:03 reached goal=g1\n 03-10 12:00", []string{"03-09 19:00 Look at 1?"}},
		{"a goal that is let go", bot.Settings{}, daily + "03-09 12:02 remind goal=g2, rhythm=0 19 * * *\n 03-09 12:03 let-go goal=g1\n 03-10 12:00", []string{"03-09 19:00 Look at 1?"}},
		{"a goal that is taken up again", bot.Settings{}, daily + "03-09 12:02 rest goal=g1\n 03-10 18:30 take-up goal=g1\n 03-12 12:00", []string{"03-11 18:00 Look at 1?"}},

		{"late within the window", bot.Settings{}, daily + "03-09 17:00 down\n 03-09 20:30 up\n 03-10 12:00", []string{"03-09 20:30 Look at 1?"}},
		{"late beyond the window", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 13 * * *\n 03-09 12:30 down\n 03-09 16:01 up\n 03-10 14:00",
			[]string{"03-10 13:00 Look at 1?"}},
		{"never two after days", bot.Settings{}, daily + "03-09 17:00 down\n 03-12 19:00 up\n 03-13 12:00", []string{"03-12 19:00 Look at 1?"}},
		{"late, and into the quiet hours", bot.Settings{}, "03-09 12:01 remind goal=g1, rhythm=0 20 * * *\n 03-09 19:00 down\n 03-09 21:30 up\n 03-10 12:00", nil},

		{"another zone: never in its night, and nothing of what has been by its clock", bot.Settings{}, daily + "03-09 13:00 move zone=Asia/Tokyo\n 03-10 12:00",
			[]string{"03-10 10:00 Look at 1?"}},
		{"another zone, where it was time an hour ago", bot.Settings{}, daily + "03-09 17:30 move zone=Europe/Athens\n 03-10 18:00",
			[]string{"03-10 17:00 Look at 1?"}},
		{"put off before another zone", bot.Settings{}, daily + "03-09 18:05 say in an hour\n 03-09 18:10 move zone=Asia/Tokyo\n 03-10 01:00",
			[]string{"03-09 18:00 Look at 1?", "03-10 00:00 Look at 1?"}},
		{"nothing in an alarm", bot.Settings{}, daily + "03-09 17:00 say XX\n 03-12 12:00", nil},
		{"nothing while she has blocked the bot", bot.Settings{}, daily + "03-09 17:00 blocked\n 03-10 19:00 unblocked\n 03-11 19:00", []string{"03-11 18:00 Look at 1?"}},
		{"an open question's time is up in the night", bot.Settings{}, "03-09 19:30 timed\n 03-10 12:00", []string{"03-10 08:00 Until another time."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", c.settings)
			l.play(c.script)
			if diff := cmp.Diff(c.want, l.unasked); diff != "" {
				t.Errorf("unasked (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeveralDueGiveAChoice(t *testing.T) {
	l := liveOn(t, "Europe/Madrid", bot.Settings{})
	l.play(daily + "03-09 12:02 remind goal=g2, rhythm=0 18 * * *\n 03-09 18:05 say yes")
	said := l.platform.Said(chat)
	last := said[len(said)-1]
	var labels []string
	for _, b := range last.Buttons {
		labels = append(labels, b.Label)
	}
	if diff := cmp.Diff([]string{"walk more", "sleep well"}, labels); last.Text != "Which one first?" || diff != "" {
		t.Errorf("asked %q with (-want +got):\n%s", last.Text, diff)
	}
}

// A nudge that nobody answers goes away by itself, without a word.
func TestANudgesOwnTimerSaysNothing(t *testing.T) {
	for name, script := range map[string]string{"by itself": "", "on top of a talk": "03-09 17:00 talk\n"} {
		t.Run(name, func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", bot.Settings{})
			l.at = l.process(fading(t))
			l.play("03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n" + script + "03-10 17:00")
			if len(l.unasked) != 1 {
				t.Errorf("unasked %q, want the nudge alone", l.unasked)
			}
		})
	}
}

// fading are the flows with a nudge that waits for two hours, so that it would end in the night.
func fading(t *testing.T) *dialog.Library {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/nudges")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if name == "nudge/flow.yaml" {
			data = []byte(strings.Replace(string(data), "start: ask", "timeout: {after: 4h, next: end}\nstart: ask", 1))
		}
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lib, err := dialog.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestABadRhythmChangesNothing(t *testing.T) {
	for _, rhythm := range []string{"61 9 * * *", "0 9 30,31 2 *", "0 9 * *", "every day", "", "TZ=UTC 0 9 * * *", "0 9 * * 1 every 9999"} {
		for _, flow := range []string{"remind goal=g2", "change reminder=r3"} {
			t.Run(flow+" "+rhythm, func(t *testing.T) {
				l := liveOn(t, "Europe/Madrid", bot.Settings{})
				l.play(daily)
				before := l.records()
				l.do(flow + ", rhythm=" + rhythm)
				if diff := cmp.Diff(before, l.records()); diff != "" {
					t.Errorf("the records (-before +after):\n%s", diff)
				}
				if said := l.told(chat, 0); said[len(said)-1] != l.lib.Pack("en").Broken {
					t.Errorf("told %q", said)
				}
				l.play("03-10 12:00")
				if diff := cmp.Diff([]string{"03-09 18:00 Look at 1?"}, l.unasked); diff != "" {
					t.Errorf("unasked (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func (l *life) records() map[string]string {
	l.t.Helper()
	records, err := l.at.store.Records(context.Background(), chat, "")
	if err != nil {
		l.t.Fatal(err)
	}
	out := make(map[string]string)
	for key, data := range records {
		out[key] = string(data)
	}
	return out
}

func TestAClockThatIsSetBack(t *testing.T) {
	l := liveOn(t, "Europe/Madrid", bot.Settings{})
	l.play(daily + "03-09 18:05 say no\n 03-10 18:05 say no\n 03-09 17:00\n 03-10 23:00\n 03-11 18:05 say no\n 03-11 23:00")
	want := []string{"03-09 18:00 Look at 1?", "03-10 18:00 Look at 1?", "03-11 18:00 Look at 1?"}
	if diff := cmp.Diff(want, l.unasked); diff != "" {
		t.Errorf("unasked (-want +got):\n%s", diff)
	}
}

// At the very moment, from as many processes as there are, with a word of hers on its way: one nudge, in some order.
func TestANudgeAndAWordAtOnce(t *testing.T) {
	for processes := 1; processes <= 3; processes++ {
		t.Run(fmt.Sprintf("%d processes", processes), func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", bot.Settings{})
			people := make([]string, 30)
			for i := range people {
				people[i] = fmt.Sprintf("paper:%d", 100+i)
				l.prepare(people[i])
				u := l.update(people[i], dialog.Input{})
				u.Event, u.Code, u.With = bot.Begin, "remind", map[string]any{"goal": "g1", "rhythm": "0 18 * * *"}
				l.at.take(u)
			}
			all := []*process{l.at, l.process(l.lib), l.process(l.lib)}[:processes]
			for day := range 3 {
				at := time.Date(2026, 3, 9+day, 18, 0, 0, 0, l.zone)
				l.set(at)
				atOnceAll(l, all, people)
				for range 5 {
					l.set(l.clock().Add(30 * time.Second))
					for _, p := range all {
						p.pickUp()
					}
				}
				for _, person := range people {
					nudges, others := 0, 0
					for _, said := range l.told(person, 0) {
						switch said {
						case "Look at 1?", "Once more, look at 1?": // she was first the day before, and that one stayed open
							nudges++
						case "Hello.", "Thank you.":
							others++
						}
					}
					if nudges != day+1 || others != day+1 || l.nudged(person) != day+1 {
						t.Fatalf("%s on day %d: %q", person, day, l.told(person, 0))
					}
				}
			}
		})
	}
}

// atOnceAll has every process look for what is due while a word from each person comes in at one of them.
func atOnceAll(l *life, all []*process, people []string) {
	var busy sync.WaitGroup
	for _, p := range all {
		busy.Go(func() { p.pickUp() })
	}
	for i, person := range people {
		u, p := l.update(person, text("no")), all[i%len(all)]
		busy.Go(func() {
			if err := p.Receive(context.Background(), u); err != nil {
				l.t.Error(err)
			}
		})
	}
	busy.Wait()
	for _, p := range all {
		p.Idle()
	}
}

// nudged counts the nudges in a conversation's journal.
func (l *life) nudged(conversation string) int {
	l.t.Helper()
	entries, err := l.at.store.Journal(context.Background(), conversation)
	if err != nil {
		l.t.Fatal(err)
	}
	n := 0
	for _, data := range entries {
		var note struct {
			Nudges []reminders.Reason `json:"nudges"`
		}
		if err := json.Unmarshal(data, &note); err != nil {
			l.t.Fatal(err)
		}
		if slices.Contains(note.Nudges, reminders.InTime) {
			n++
		}
	}
	return n
}

// mortal is a store whose process dies at a call, while it is armed: nothing more comes from that goroutine.
type mortal struct {
	bot.Store
	dies  string
	armed *atomic.Bool
}

func (m mortal) die(at string) {
	if m.armed.Load() && m.dies == at {
		runtime.Goexit()
	}
}

func (m mortal) Load(ctx context.Context, conversation string) (*bot.Snapshot, error) {
	m.die("after the claim")
	return m.Store.Load(ctx, conversation)
}

func (m mortal) Commit(ctx context.Context, c bot.Commit) error {
	m.die("before the commit")
	err := m.Store.Commit(ctx, c)
	m.die("after the commit")
	return err
}

func (m mortal) Sent(ctx context.Context, conversation string, id int64, ref string) error {
	m.die("before the mark")
	return m.Store.Sent(ctx, conversation, id, ref)
}

func (m mortal) Release(ctx context.Context, conversation string, now, retry time.Time) error {
	m.die("before the release")
	return m.Store.Release(ctx, conversation, now, retry)
}

func TestAProcessThatDiesAtANudge(t *testing.T) {
	cases := []struct {
		dies string
		said int
	}{
		{"after the claim", 1}, {"before the commit", 1}, {"after the commit", 1}, {"before the release", 1},
		{"before the mark", 2}, // the platform has it, and nobody could write that down (invariant 4)
	}
	for _, c := range cases {
		t.Run(c.dies, func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", bot.Settings{})
			l.play("03-09 12:01 remind goal=g1, rhythm=0 18 9 * *\n 03-09 17:59")
			heir, store, armed := l.at, l.store(), new(atomic.Bool)
			armed.Store(true)
			l.at = l.processOn(store, mortal{store, c.dies, armed}, l.lib)
			l.set(time.Date(2026, 3, 9, 18, 0, 0, 0, l.zone))
			l.at.pickUp()
			l.at = heir
			l.play("03-10 17:00")
			if len(l.unasked) != c.said || l.nudged(chat) != 1 {
				t.Errorf("unasked %q and %d in the journal, want it said %d times and kept once", l.unasked, l.nudged(chat), c.said)
			}
		})
	}
}

// What a data folder that is put back brings with it. Within the window what was due since the copy comes again: the
// copy knows nothing of it. Later nothing does.
func TestARestoredCopy(t *testing.T) {
	cases := []struct {
		name         string
		copied, back string
		want         []string
	}{
		{"taken before, back after the window", "12:30", "16:00", []string{"03-09 13:00 Look at 1?", "03-10 13:00 Look at 1?"}},
		{"taken before, back within the window", "12:30", "15:59", []string{"03-09 13:00 Look at 1?", "03-09 16:00 Look at 1?", "03-10 13:00 Once more, look at 1?"}},
		{"taken after", "13:10", "13:20", []string{"03-09 13:00 Look at 1?", "03-10 13:00 Look at 1?"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", bot.Settings{})
			l.unasked, l.folder = nil, t.TempDir()
			l.reopen()
			l.prepare(chat)
			l.do("say hi")
			l.do("remind goal=g1, rhythm=0 13 * * *")
			saved := ""
			for clock := time.Date(2026, 3, 9, 12, 1, 0, 0, l.zone); clock.Day() == 9 || clock.Hour() < 14; clock = clock.Add(time.Minute) {
				l.set(clock)
				l.at.pickUp()
				switch clock.Format("02 15:04") {
				case "09 " + c.copied:
					saved = l.copyFolder()
				case "09 13:05":
					l.do("say no")
				case "09 " + c.back:
					l.at.store.Close()
					l.folder = saved
					l.reopen()
				}
			}
			if diff := cmp.Diff(c.want, l.unasked); diff != "" {
				t.Errorf("unasked (-want +got):\n%s", diff)
			}
		})
	}
}

// reopen starts a process on the store in the folder.
func (l *life) reopen() {
	l.t.Helper()
	store, err := redisstore.OpenEmbedded(context.Background(), l.folder, redisstore.Options{Keyset: l.keys, Clock: l.clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { store.Close() })
	l.at = l.processOn(store, store, l.lib)
}

// copyFolder copies the store's folder as it is, and goes on with the one there was.
func (l *life) copyFolder() string {
	l.t.Helper()
	l.at.store.Close()
	saved := l.t.TempDir()
	if err := os.CopyFS(saved, os.DirFS(l.folder)); err != nil {
		l.t.Fatal(err)
	}
	l.reopen()
	return saved
}
