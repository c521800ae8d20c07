package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore"
	"tandem/dialog"
)

// check compares what is stored, and what every chat shows, with the script.
func (o *ordeal) check() {
	o.t.Helper()
	keys, err := redisstore.ReadKeyset(o.keys)
	if err != nil {
		o.t.Fatal(err)
	}
	store, err := redisstore.Open(context.Background(), redisstore.Options{URL: o.redis.URL(), Keyset: keys})
	if err != nil {
		o.t.Fatal(err)
	}
	defer store.Close()
	for _, c := range o.chats {
		raw, err := store.AllAnswers(context.Background(), fmt.Sprintf("telegram:%d", c.ID))
		if err != nil {
			o.t.Fatal(err)
		}
		o.checkAnswers(c, raw)
		o.checkChat(c)
	}
	o.checkDuplicates()
	o.checkLogs()
}

func (o *ordeal) checkAnswers(c *adaptertest.Chat, raw map[string]json.RawMessage) {
	o.t.Helper()
	if len(raw) != o.questions {
		o.t.Errorf("chat %d: %d answers are stored, want %d", c.ID, len(raw), o.questions)
	}
	for q := 1; q <= o.questions; q++ {
		var a dialog.Answer
		if err := json.Unmarshal(raw[fmt.Sprintf("q%d", q)], &a); err != nil {
			o.t.Errorf("chat %d: the answer to question %d is not there: %v", c.ID, q, err)
			continue
		}
		got := ""
		if a.Value.Text != nil {
			got = *a.Value.Text
		}
		if want := answerTo(c.ID, q); got != want || a.Asked != question(q) {
			o.t.Errorf("chat %d: question %d: %q is stored under %q, want %q", c.ID, q, got, a.Asked, want)
		}
	}
}

// checkChat sees that every message is there, in order; one that was sent twice stands beside itself.
func (o *ordeal) checkChat(c *adaptertest.Chat) {
	o.t.Helper()
	var got []string
	for _, m := range c.FromBot() {
		if len(got) == 0 || got[len(got)-1] != m.Text {
			got = append(got, m.Text)
		}
	}
	var want []string
	for q := 1; q <= o.questions; q++ {
		want = append(want, question(q))
	}
	want = append(want, lastQuestion)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		o.t.Errorf("chat %d shows:\n%s", c.ID, strings.Join(got, "\n"))
	}
}

// checkDuplicates sees that a message was only sent twice where a kill fell between the platform's acceptance and our
// mark (invariant 4): of the process that had sent it, or of Redis, which was to keep the mark.
func (o *ordeal) checkDuplicates() {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	last := make(map[string]sent)
	duplicates := 0
	for _, s := range o.sends {
		key := s.chat + " " + s.text
		before, again := last[key]
		last[key] = s
		if !again {
			continue
		}
		duplicates++
		if !o.cut(before, s) {
			o.t.Errorf("chat %s: %q was sent at %s by process %d and at %s by process %d, and no kill cut it",
				s.chat, s.text, before.at, before.process, s.at, s.process)
		}
	}
	o.t.Logf("%d kills, %d messages, %d of them sent twice", o.kills, len(o.sends), duplicates)
}

// cut tells whether a kill came between a send and its mark, so that it was made again.
func (o *ordeal) cut(first, second sent) bool {
	const moment = time.Second // between what happens and its being noted here, on a slow machine
	p := o.procs[first.process]
	p.mu.Lock()
	end, died := p.ended[first.life]
	p.mu.Unlock()
	if died && end.After(first.at.Add(-moment)) && end.Before(second.at) {
		return true
	}
	for _, out := range o.outages {
		// For a second or two after Redis is back, the client library answers some calls with its last failure to connect.
		if first.at.After(out.from.Add(-moment)) && first.at.Before(out.to.Add(3*time.Second)) {
			return true
		}
	}
	return false
}

// checkLogs sees that no log holds a person's word or a secret.
func (o *ordeal) checkLogs() {
	o.t.Helper()
	for _, p := range o.procs {
		log, err := os.ReadFile(p.log.Name())
		if err != nil {
			o.t.Fatal(err)
		}
		for _, secret := range []string{marker, ordealSecret, o.fake.Token} {
			if i := bytes.Index(log, []byte(secret)); i >= 0 {
				o.t.Errorf("the log of process %d holds %q: %s", p.n, secret, log[max(0, i-300):min(len(log), i+100)])
			}
		}
	}
}
