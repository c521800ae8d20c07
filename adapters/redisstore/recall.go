package redisstore

import (
	"encoding/json"
	"slices"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"tandem/bot"
)

// memory is a conversation as this process last knew it: what an ingest gives back where the last commit is still the
// one that memory came from. Then neither the state nor the answers travel, nor are they opened again.
type memory struct {
	revision int64
	token    string // of the last commit: no other commit has it, whoever made it
	state    json.RawMessage
	needs    []string
	answers  map[string]json.RawMessage // of needs, those that exist
}

// newCache bounds a cache to a number of conversations, those that were at work last; at least one.
func newCache[V any](size int) *lru.Cache[string, V] {
	c, _ := lru.New[string, V](max(1, size)) // fails for sizes below one only
	return c
}

// newMemory keeps a snapshot, with the needs and the token of the commit that it was read after. Before the first commit
// and where every answer was read there is nothing to remember.
func newMemory(snap *bot.Snapshot, needs, token string) *memory {
	if token == "" || needs == bot.AllAnswers {
		return nil
	}
	m := &memory{revision: snap.Revision, token: token, state: snap.State, answers: snap.Answers}
	if needs != "" {
		m.needs = strings.Split(needs, "\n")
	}
	return m
}

// tokenOf names the commit that a conversation is remembered after; "" where it is not.
func (m *memory) tokenOf() string {
	if m == nil {
		return ""
	}
	return m.token
}

// after is the memory once a commit was made upon it; nil where the commit leaves answers that are not known here.
func (m *memory) after(c bot.Commit, token string) *memory {
	if m == nil || m.revision != c.Revision || (len(c.Needs) == 1 && c.Needs[0] == bot.AllAnswers) {
		return nil
	}
	next := &memory{revision: c.Revision + 1, token: token, state: c.State, needs: c.Needs}
	if len(c.Needs) > 0 {
		next.answers = make(map[string]json.RawMessage, len(c.Needs))
	}
	for _, name := range c.Needs {
		value, known := c.Answers[name]
		if !known && !c.Clear {
			value, known = m.answer(name)
		}
		if !known && !c.Clear {
			return nil
		}
		if value != nil {
			next.answers[name] = value
		}
	}
	return next
}

// answer is an answer, nil where there is none; known where memory can tell.
func (m *memory) answer(name string) (value json.RawMessage, known bool) {
	if value, known = m.answers[name]; known {
		return value, true
	}
	return nil, slices.Contains(m.needs, name)
}
