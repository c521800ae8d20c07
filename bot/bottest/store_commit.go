package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tandem/bot"
)

func commitCases() []storeCase {
	return []storeCase{
		{"WritesEverything", commitWrites},
		{"MovedWritesNothing", commitMoved},
		{"UnknownEntryWritesNothing", commitUnknownEntry},
		{"Invariant2_OneOfManyWins", commitRace},
		{"NeedsDecideWhatIsRead", commitNeeds},
		{"RemovesWhatIsNil", commitRemoves},
		{"ManyAnswersAtOnce", commitMany},
		{"ClearsAnswers", commitClear},
		{"PopsOnlyWhatIsDone", commitPops},
		{"ParksAndUnparks", commitParks},
		{"WakesWithoutALease", commitWakes},
		{"LeavesAnothersLeaseAlone", commitUnderLease},
		{"RefusesWhatCannotBeStored", commitRefuses},
	}
}

func commitWrites(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.handle(b.a, snap, bot.Commit{
		State:   raw(`{"step":"goal"}`),
		Needs:   []string{"goal", "why"},
		Answers: map[string]json.RawMessage{"goal": raw(`"walk"`), "other": raw(`7`)},
		Records: map[string]json.RawMessage{"goal/1": raw(`{"a":1}`), "checkin/1": raw(`{"b":2}`)},
		Journal: []json.RawMessage{raw(`{"said":"one"}`), raw(`{"said":"two"}`)},
		Outbox:  []bot.Outgoing{say("hi")},
	})
	got := b.load("telegram:1")
	b.same("snapshot", got, &bot.Snapshot{
		Conversation: "telegram:1", Revision: 1, State: raw(`{"step":"goal"}`),
		Answers: map[string]json.RawMessage{"goal": raw(`"walk"`)},
	})
	b.same("answers", b.answers("telegram:1"), map[string]json.RawMessage{"goal": raw(`"walk"`), "other": raw(`7`)})
	b.same("goals", b.records("telegram:1", "goal/"), map[string]json.RawMessage{"goal/1": raw(`{"a":1}`)})
	b.same("records", len(b.records("telegram:1", "")), 2)
	if j, ok := b.a.(interface {
		Journal(ctx context.Context, conversation string) ([]json.RawMessage, error)
	}); ok {
		entries, err := j.Journal(context.Background(), "telegram:1")
		b.fails("Journal", err, nil)
		b.same("journal", entries, []json.RawMessage{raw(`{"said":"one"}`), raw(`{"said":"two"}`)})
	}
}

// answers reads every answer.
func (b *bench) answers(conversation string) map[string]json.RawMessage {
	b.Helper()
	answers, err := b.a.AllAnswers(context.Background(), conversation)
	b.fails("AllAnswers", err, nil)
	return answers
}

// records reads records.
func (b *bench) records(conversation, prefix string) map[string]json.RawMessage {
	b.Helper()
	records, err := b.a.Records(context.Background(), conversation, prefix)
	b.fails("Records", err, nil)
	return records
}

func commitMoved(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", State: raw(`1`)})
	yes := true
	err := b.open(b.T).Commit(context.Background(), bot.Commit{
		Conversation: "telegram:1", Revision: snap.Revision, Done: []string{snap.Inbox[0].ID},
		State: raw(`2`), Answers: map[string]json.RawMessage{"a": raw(`1`)}, Records: map[string]json.RawMessage{"k/1": raw(`1`)},
		Outbox: []bot.Outgoing{say("no")}, Park: &yes,
	})
	b.fails("Commit", err, bot.ErrMoved)
	got := b.load("telegram:1")
	b.same("state", got.State, raw(`1`))
	b.same("inbox", texts(got), []string{"one"})
	b.same("parked", got.Parked, false)
	b.same("answers", len(b.answers("telegram:1"))+len(b.records("telegram:1", "")), 0)
	b.same("outbox", len(b.pending(b.a, "telegram:1", start())), 0)
}

func commitUnknownEntry(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	done := []string{snap.Inbox[0].ID}
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Done: done})
	err := b.a.Commit(context.Background(), bot.Commit{Conversation: "telegram:1", Revision: 1, Done: done, State: raw(`2`)})
	b.fails("Commit", err, bot.ErrMoved)
	b.same("state", b.load("telegram:1").State, json.RawMessage(nil))

	// The entry that came last was handled first; naming it again must not take the other one away.
	b.ingest(b.a, message("telegram:1", 20, "later"), start())
	b.ingest(b.a, message("telegram:1", 10, "sooner"), start())
	done = []string{b.load("telegram:1").Inbox[0].ID}
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 1, Done: done})
	err = b.a.Commit(context.Background(), bot.Commit{Conversation: "telegram:1", Revision: 2, Done: done})
	b.fails("Commit", err, bot.ErrMoved)
	b.same("inbox", texts(b.load("telegram:1")), []string{"later"})
}

func commitRace(b *bench) {
	workers := []bot.Store{b.a, b.open(b.T)}
	for revision := range int64(5) {
		var won, moved atomic.Int32
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				err := workers[i%2].Commit(context.Background(), bot.Commit{
					Conversation: "telegram:1", Revision: revision, State: raw(fmt.Sprint(i)), Outbox: []bot.Outgoing{say("hi")},
				})
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, bot.ErrMoved):
					moved.Add(1)
				default:
					b.Errorf("Commit: %v", err)
				}
			})
		}
		all.Wait()
		b.same("won and moved", []int32{won.Load(), moved.Load()}, []int32{1, 19})
	}
	b.same("revision", b.load("telegram:1").Revision, int64(5))
	b.claim(b.a, start(), 10)
	b.same("outbox", len(b.pending(b.a, "telegram:1", start())), 5)
}

func commitNeeds(b *bench) {
	answers := map[string]json.RawMessage{"a": raw(`1`), "b": raw(`2`), "c": raw(`3`)}
	cases := []struct {
		needs []string
		want  map[string]json.RawMessage
	}{
		{nil, nil},
		{[]string{"b"}, map[string]json.RawMessage{"b": raw(`2`)}},
		{[]string{"missing", "c", "a"}, map[string]json.RawMessage{"a": raw(`1`), "c": raw(`3`)}},
		{[]string{bot.AllAnswers}, answers},
	}
	for i, c := range cases {
		name := fmt.Sprintf("telegram:%d", i)
		b.commit(b.a, bot.Commit{Conversation: name, Answers: answers, Needs: c.needs})
		b.same("loaded answers", b.load(name).Answers, c.want)
		b.same("ingested answers", b.ingest(b.a, message(name, 1, "x"), start()).Answers, c.want)
	}
}

func commitRemoves(b *bench) {
	b.commit(b.a, bot.Commit{
		Conversation: "telegram:1", Needs: []string{bot.AllAnswers},
		Answers: map[string]json.RawMessage{"a": raw(`1`), "b": raw(`2`)},
		Records: map[string]json.RawMessage{"k/1": raw(`1`), "k/2": raw(`2`)},
	})
	b.commit(b.a, bot.Commit{
		Conversation: "telegram:1", Revision: 1, Needs: []string{bot.AllAnswers},
		Answers: map[string]json.RawMessage{"a": nil, "none": nil}, Records: map[string]json.RawMessage{"k/2": nil},
	})
	b.same("answers", b.load("telegram:1").Answers, map[string]json.RawMessage{"b": raw(`2`)})
	b.same("records", b.records("telegram:1", ""), map[string]json.RawMessage{"k/1": raw(`1`)})
}

func commitMany(b *bench) {
	c := bot.Commit{Conversation: "telegram:1", Answers: map[string]json.RawMessage{}, Records: map[string]json.RawMessage{}}
	for i := range 700 {
		name := fmt.Sprintf("step-%d", i)
		c.Needs = append(c.Needs, name)
		c.Answers[name] = raw(fmt.Sprint(i))
		c.Journal = append(c.Journal, raw(fmt.Sprint(i)))
	}
	c.Records["big/1"] = raw(`"` + strings.Repeat("x", 1<<20) + `"`)
	b.commit(b.a, c)
	b.same("answers", b.load("telegram:1").Answers, c.Answers)
	b.same("records", b.records("telegram:1", "big/"), c.Records)
}

func commitPops(b *bench) {
	b.busy("telegram:1")
	for seq := int64(1); seq <= 4; seq++ {
		b.ingest(b.a, message("telegram:1", seq, fmt.Sprint(seq)), start())
	}
	snap := b.load("telegram:1")
	b.commit(b.a, bot.Commit{
		Conversation: "telegram:1", Revision: snap.Revision, Done: []string{snap.Inbox[0].ID, snap.Inbox[2].ID},
	})
	b.same("inbox", texts(b.load("telegram:1")), []string{"2", "4"})
}

func commitParks(b *bench) {
	yes, no := true, false
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Park: &yes, Outbox: []bot.Outgoing{say("hi")}})
	b.same("parked", b.load("telegram:1").Parked, true)
	b.due("telegram:1", after(time.Hour), false)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 1})
	b.same("still parked", b.load("telegram:1").Parked, true)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 2, Park: &no})
	b.same("parked", b.load("telegram:1").Parked, false)
	b.due("telegram:1", start(), true)
}

func commitWakes(b *bench) {
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Wake: after(time.Hour)})
	b.due("telegram:1", after(time.Hour-time.Millisecond), false)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 1, Wake: after(2 * time.Hour)})
	b.due("telegram:1", after(time.Hour), false)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 2})
	b.due("telegram:1", after(3*time.Hour), false)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 3, Wake: after(time.Hour)})
	b.due("telegram:1", after(time.Hour), true)
}

func commitUnderLease(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.commit(b.open(b.T), bot.Commit{Conversation: "telegram:1", Revision: snap.Revision, Outbox: []bot.Outgoing{say("hi")}})
	b.due("telegram:1", after(time.Second), false)
	b.same("outbox", len(b.pending(b.a, "telegram:1", after(time.Second))), 1)
}

func commitRefuses(b *bench) {
	for _, c := range []bot.Commit{
		{},
		{Conversation: "telegram:1", Needs: []string{"a\nb"}},
		{Conversation: "telegram:1", Done: []string{"nonsense"}},
		{Conversation: "telegram:1", Done: []string{"1-000000000001", "1-000000000001"}},
	} {
		if err := b.a.Commit(context.Background(), c); err == nil {
			b.Errorf("Commit(%+v) was taken", c)
		}
	}
	b.same("revision", b.load("telegram:1").Revision, int64(0))
}

// commitClear: a commit that clears leaves only the answers that it sets itself.
func commitClear(b *bench) {
	b.commit(b.a, bot.Commit{
		Conversation: "telegram:1", State: raw(`1`),
		Answers: map[string]json.RawMessage{"goal": raw(`"walk"`), "when": raw(`"monday"`)},
	})
	b.commit(b.a, bot.Commit{
		Conversation: "telegram:1", Revision: 1, State: raw(`2`), Clear: true,
		Answers: map[string]json.RawMessage{"mood": raw(`7`)},
	})
	b.same("answers", b.answers("telegram:1"), map[string]json.RawMessage{"mood": raw(`7`)})
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 2, State: raw(`3`), Clear: true})
	b.same("answers", len(b.answers("telegram:1")), 0)
}
