package dialog

import (
	"strings"
	"sync"
	"time"

	"tandem/dialog/understand"
)

// Library is the flows that are in service, the engine's words, and the old versions of flows that sessions are still
// pinned to. It is safe for concurrent use.
type Library struct {
	flows    map[string]*Flow
	packs    map[string]*Pack
	langs    []string
	commands map[string]string // name of the command -> flow
	keeps    map[string][]string
	calendar Calendar
	patience Patience

	mu    sync.RWMutex
	shelf map[version]*Flow
}

type version struct{ id, hash string }

// The flows that global words open. They are flows like any other, so that their words can be changed; a library
// without one of them answers the word with the engine's own.
const (
	HelpFlow    = "help"
	PauseFlow   = "pause"
	StopFlow    = "stop"
	PersonFlow  = "person"
	RestartFlow = "restart"
)

// SetSince says when the version in service of a flow was put there.
func (l *Library) SetSince(id string, since time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.flows[id]; f != nil {
		copied := *f
		copied.Since = since
		l.flows[id] = &copied
	}
}

// Flow is the version of a flow that is in service, nil where there is none.
func (l *Library) Flow(id string) *Flow {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.flows[id]
}

// Flows lists the ids of the flows in service, sorted.
func (l *Library) Flows() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return sortedKeys(l.flows)
}

// version finds a version in service or on the shelf.
func (l *Library) version(id, hash string) *Flow {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if f := l.flows[id]; f != nil && f.Version == hash {
		return f
	}
	return l.shelf[version{id, hash}]
}

// Languages are the codes of the languages that the engine speaks, sorted.
func (l *Library) Languages() []string { return append([]string{}, l.langs...) }

// Pack is the engine's words in a language, or in English where it does not speak it. All libraries share it.
func (l *Library) Pack(lang string) *Pack {
	if p := l.packs[lang]; p != nil {
		return p
	}
	return l.packs["en"]
}

// Language picks a language the engine speaks for an IETF tag such as "es-MX"; "" where it speaks none like it.
func (l *Library) Language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if l.packs[base] != nil {
		return base
	}
	return ""
}

// Command finds the flow that a command such as "/goal" or "/goal@tandem_bot" starts; "" for none.
func (l *Library) Command(text string) string {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return ""
	}
	if fields := strings.Fields(name); len(fields) > 0 {
		name, _, _ = strings.Cut(fields[0], "@")
	}
	return l.commands[strings.ToLower(name)]
}

// Commands lists the commands with their flows.
func (l *Library) Commands() map[string]string {
	out := make(map[string]string, len(l.commands))
	for name, id := range l.commands {
		out[name] = id
	}
	return out
}

// Word finds the global word that a text is, in any language the engine speaks.
func (l *Library) Word(text string) (understand.Word, bool) {
	for _, code := range l.langs {
		if w, ok := l.packs[code].lexicon.Word(text); ok {
			return w, true
		}
	}
	return "", false
}
