package redisstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tandem/bot"
)

// rawSnapshot is a conversation as the scripts return it.
type rawSnapshot struct {
	fields  []any       // as snapshot.lua orders them
	inbox   []any       // members and scores
	answers []any       // field and value of each, where needs is "*", or the values in the order of needs
	own     string      // the sealed update that was just put in, and
	update  *bot.Update // the update itself: it need not be opened, and may be left out of the inbox
}

// open unseals a snapshot. Values of an erased data key are as if they were not there; the inbox entries among them are
// returned, to be dropped.
func (r rawSnapshot) open(k conversationKeys, key *dataKey) (*bot.Snapshot, []string, error) {
	snap := &bot.Snapshot{
		Conversation: k.name,
		Revision:     number(r.fields, 0),
		Parked:       text(r.fields, 1) == "1",
		LastPrompt:   text(r.fields, 2),
		LastRef:      text(r.fields, 3),
	}
	if sealed := text(r.fields, 4); sealed != "" {
		state, err := key.open([]byte(sealed), k.hot, "st")
		if err != nil && !errors.Is(err, errErased) {
			return nil, nil, fmt.Errorf("read state: %w", err)
		}
		snap.State = state
	}
	dead, err := r.entries(k, key, snap)
	if err != nil {
		return nil, nil, err
	}
	snap.Answers, err = r.needed(k, key)
	return snap, dead, err
}

// entries reads the inbox.
func (r rawSnapshot) entries(k conversationKeys, key *dataKey, snap *bot.Snapshot) (dead []string, err error) {
	for i := 0; i+1 < len(r.inbox); i += 2 {
		member, score := text(r.inbox, i), text(r.inbox, i+1)
		serial, rest, _ := strings.Cut(member, "|")
		_, sealed, _ := strings.Cut(rest, "|")
		entry := bot.Entry{ID: score + "-" + serial}
		if r.update != nil && (sealed == "" || sealed == r.own) {
			entry.Update = *r.update
			snap.Inbox = append(snap.Inbox, entry)
			continue
		}
		plain, err := key.open([]byte(sealed), k.inbox, "")
		if errors.Is(err, errErased) {
			dead = append(dead, member)
			continue
		}
		if err == nil {
			err = json.Unmarshal(plain, &entry.Update)
		}
		if err != nil {
			return nil, fmt.Errorf("read inbox: %w", err)
		}
		snap.Inbox = append(snap.Inbox, entry)
	}
	return dead, nil
}

// needed reads the answers.
func (r rawSnapshot) needed(k conversationKeys, key *dataKey) (map[string]json.RawMessage, error) {
	if len(r.answers) == 0 {
		return nil, nil
	}
	needs := text(r.fields, 5)
	if needs == bot.AllAnswers {
		return openHash(r.answers, k.answers, key)
	}
	answers := make(map[string]json.RawMessage, len(r.answers))
	for i, name := range strings.Split(needs, "\n") {
		sealed, ok := at(r.answers, i).(string)
		if !ok {
			continue
		}
		value, err := key.open([]byte(sealed), k.answers, name)
		if errors.Is(err, errErased) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read an answer: %w", err)
		}
		answers[name] = value
	}
	return answers, nil
}

// openHash unseals the fields and values of a hash, as HGETALL returns them.
func openHash(pairs []any, place string, key *dataKey) (map[string]json.RawMessage, error) {
	values := make(map[string]json.RawMessage, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		field := text(pairs, i)
		value, err := key.open([]byte(text(pairs, i+1)), place, field)
		if errors.Is(err, errErased) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read a stored value: %w", err)
		}
		values[field] = value
	}
	return values, nil
}
