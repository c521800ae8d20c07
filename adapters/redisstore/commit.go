package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tandem/bot"
)

// Commit implements bot.Conversations. It needs no lease.
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	k := s.keys.conversation(c.Conversation)
	if err := checkCommit(c); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	token := s.token()
	var first *dataKey
	reply, err := s.withKey(k, func(key *dataKey) ([]any, error) {
		if first == nil {
			first = key
		} else if first.wrapped == nil {
			return []any{"moved"}, nil // it was erased since it was read, and may have begun anew under the same revision
		}
		args, err := commitArgs(k, key, token, c)
		if err != nil {
			return nil, err
		}
		run := call{
			script: s.scripts.commit,
			keys: []string{
				k.hot, k.inbox, k.answers, k.records, k.journal, k.outbox, k.shard.wake, k.shard.all,
			},
			args: args,
		}
		err = s.batch.do(ctx, &run)
		return array(run.reply), err
	})
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	switch text(reply, 0) {
	case "ok":
		if before, _ := s.recall.Get(k.hot); before != nil {
			s.remember(k, before.after(c, token))
		}
		return nil
	case "moved":
		s.recall.Remove(k.hot)
		return bot.ErrMoved
	}
	return fmt.Errorf("commit: unexpected answer %q", text(reply, 0))
}

// checkCommit refuses what cannot be stored, before anything is sent.
func checkCommit(c bot.Commit) error {
	if c.Conversation == "" {
		return errors.New("no conversation is named")
	}
	if slices.ContainsFunc(c.Needs, func(n string) bool { return n == "" || strings.Contains(n, "\n") }) {
		return errors.New("an answer's name is empty or holds a line break")
	}
	for i, id := range c.Done {
		if slices.Contains(c.Done[:i], id) {
			return errors.New("an inbox entry is named twice")
		}
	}
	for last, later := c.Wake, c.Later; len(later) > 0; last, later = later[0], later[1:] {
		if !later[0].After(last) || last.IsZero() {
			return errors.New("the later times to be woken at are not in order, each after the one before")
		}
	}
	if len(c.Outbox) >= mostEntries {
		return fmt.Errorf("%d messages in one commit; %d are the most", len(c.Outbox), mostEntries-1)
	}
	for _, o := range c.Outbox {
		if strings.Contains(o.Message.Prompt, "|") {
			return errors.New("a prompt's id holds '|'")
		}
	}
	return nil
}

// commitWriter gathers the arguments of commit.lua; the first error stays.
type commitWriter struct {
	args []any
	key  *dataKey
	err  error
}

// seal adds a sealed value, after what stands before it unsealed (open).
func (w *commitWriter) seal(open string, value []byte, place, field string) {
	sealed, err := w.key.seal(value, place, field)
	if err != nil && w.err == nil {
		w.err = err
	}
	if open != "" {
		sealed = append([]byte(open), sealed...)
	}
	w.args = append(w.args, sealed)
}

// commitArgs seals a commit, as commit.lua wants it.
func commitArgs(k conversationKeys, key *dataKey, token string, c bot.Commit) ([]any, error) {
	w := &commitWriter{key: key, args: make([]any, 0, 32)}
	park := ""
	if c.Park != nil {
		park = "0"
		if *c.Park {
			park = "1"
		}
	}
	var wake int64
	if !c.Wake.IsZero() {
		wake = c.Wake.UnixMilli()
	}
	w.args = append(w.args, k.name, c.Revision, token, key.id, key.wrapped)
	if c.State == nil {
		w.args = append(w.args, "")
	} else {
		w.seal("", c.State, k.hot, "st")
	}
	setAnswers, dropAnswers := split(c.Answers)
	setRecords, dropRecords := split(c.Records)
	clear := "0"
	if c.Clear {
		clear = "1"
	}
	w.args = append(w.args, strings.Join(c.Needs, "\n"), wake, park, clear,
		len(c.Done), len(setAnswers), len(dropAnswers), len(setRecords), len(dropRecords), len(c.Journal), len(c.Outbox), laterWakes(c))
	for _, id := range c.Done {
		score, serial, ok := strings.Cut(id, "-")
		if _, err := strconv.ParseFloat(score, 64); err != nil || !ok {
			return nil, errors.New("an inbox entry's id is none of the store's")
		}
		w.args = append(w.args, score, serial)
	}
	w.fields(setAnswers, dropAnswers, c.Answers, k.answers)
	w.fields(setRecords, dropRecords, c.Records, k.records)
	revision := strconv.FormatInt(c.Revision+1, 10)
	for i, entry := range c.Journal {
		w.seal("", entry, k.journal+"\x00"+revision+"-"+strconv.Itoa(i+1), "e")
	}
	for i, o := range c.Outbox {
		o.ID = 0 // the store's to give
		plain, err := json.Marshal(o)
		if err != nil {
			return nil, fmt.Errorf("write outgoing message: %w", err)
		}
		place := entryPlace((c.Revision+1)*mostEntries + int64(i+1))
		w.seal(place+"|"+o.Message.Prompt+"|", plain, k.outbox, place)
	}
	return w.args, w.err
}

// laterWakes is when to look instead once the wake is too late, as own.lua reads it.
func laterWakes(c bot.Commit) string {
	if c.Wake.IsZero() || len(c.Later) == 0 {
		return ""
	}
	out := strconv.AppendInt(make([]byte, 0, 48), ceilMillis(c.Late), 10)
	between := byte('|')
	for _, t := range c.Later {
		out = strconv.AppendInt(append(out, between), t.UnixMilli(), 10)
		between = ' '
	}
	return string(out)
}

// fields adds the fields of a hash that are set, and those that are removed.
func (w *commitWriter) fields(set, drop []string, values map[string]json.RawMessage, place string) {
	for _, name := range set {
		w.args = append(w.args, name)
		w.seal("", values[name], place, name)
	}
	for _, name := range drop {
		w.args = append(w.args, name)
	}
}

// split tells the names whose values are set from those that are removed.
func split(values map[string]json.RawMessage) (set, drop []string) {
	for name, value := range values {
		if value == nil {
			drop = append(drop, name)
		} else {
			set = append(set, name)
		}
	}
	return set, drop
}
