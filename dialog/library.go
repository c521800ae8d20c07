package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
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

const maxFlowFiles = 2000 // of one folder of flows

// Loader is how flows are loaded.
type Loader struct {
	// Records are the kinds of records that the application keeps, with what can be done with each; a flow that keeps
	// anything else is refused. Nil: it keeps anything.
	Records map[string][]string
}

// Load reads and checks folders of flows, whatever records they keep.
func Load(folders ...fs.FS) (*Library, error) { return Loader{}.Load(folders...) }

// Load reads and checks folders of flows. Where two hold a flow of the same id, the later one's counts. Each folder
// must be complete in all of its languages. All mistakes are reported at once, joined; each is a *SourceError.
func (loader Loader) Load(folders ...fs.FS) (*Library, error) {
	packs, err := loadPacks()
	if err != nil {
		return nil, err
	}
	lib := &Library{
		flows: make(map[string]*Flow), packs: packs, langs: sortedKeys(packs), keeps: loader.Records,
		shelf: make(map[version]*Flow), commands: make(map[string]string),
	}
	var errs []error
	raws := make(map[string]*rawFlow)
	for _, folder := range folders {
		found, err := lib.readFolder(folder, &errs)
		if err != nil {
			return nil, err
		}
		for id, raw := range found {
			raws[id] = raw
			lib.flows[id] = raw.flow
		}
	}
	for _, id := range sortedKeys(raws) {
		lib.compile(raws[id], false, &errs)
	}
	for _, id := range sortedKeys(raws) {
		lib.command(raws[id])
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return lib, nil
}

// readFolder reads every flow of a folder and sees that all have the same languages.
func (l *Library) readFolder(folder fs.FS, errs *[]error) (map[string]*rawFlow, error) {
	names, err := fs.Glob(folder, "*/flow.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the flows: %w", err)
	}
	if len(names) > maxFlowFiles {
		return nil, fmt.Errorf("the folder holds %d flows; at most %d are read", len(names), maxFlowFiles)
	}
	out := make(map[string]*rawFlow)
	langs := make(map[string]bool)
	for _, name := range names {
		id := path.Dir(name)
		files, err := readFiles(folder, id)
		if err != nil {
			return nil, err
		}
		raw := l.read(id, files, errs)
		if raw == nil {
			continue
		}
		out[id] = raw
		for _, lang := range raw.flow.langs {
			langs[lang] = true
		}
	}
	for _, id := range sortedKeys(out) {
		for _, lang := range sortedKeys(langs) {
			if !contains(out[id].flow.langs, lang) {
				out[id].fail("the flow %q has no words in %q, which other flows of this folder have; add %s/%s.yaml", id, lang, id, lang)
			}
		}
	}
	return out, nil
}

// readFiles reads the files that make up a flow: flow.yaml and the words, not the transcripts.
func readFiles(folder fs.FS, id string) (map[string]string, error) {
	entries, err := fs.ReadDir(folder, id)
	if err != nil {
		return nil, fmt.Errorf("read the flow %q: %w", id, err)
	}
	files := make(map[string]string)
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		data, err := fs.ReadFile(folder, path.Join(id, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the flow %q: %w", id, err)
		}
		files[e.Name()] = string(data)
	}
	return files, nil
}

// read reads a flow's files; nil where there is nothing to go on with.
func (l *Library) read(id string, files map[string]string, errs *[]error) *rawFlow {
	src := newSource(path.Join(id, "flow.yaml"), files["flow.yaml"], errs)
	root, ok := src.parse(files["flow.yaml"])
	if !ok {
		return nil
	}
	before := len(*errs)
	raw := readFlow(root, id)
	f := raw.flow
	f.Files, f.Version, f.titles = files, hashFiles(files), make(map[string]string)
	if !validID(id) {
		root.fail("the flow %q: ids are lower-case letters, digits and -, at most 40", id)
	}
	for _, name := range sortedKeys(files) {
		lang, _ := strings.CutSuffix(name, ".yaml")
		if name == "flow.yaml" {
			continue
		}
		words := newSource(path.Join(id, name), files[name], errs)
		if l.packs[lang] == nil {
			place{src: words, line: 1, column: 1}.fail("%q is not a language that Tandem speaks; it speaks: %s", lang, listOf(l.langs))
			continue
		}
		if root, ok := words.parse(files[name]); ok {
			raw.words[lang] = readWords(root)
			f.langs = append(f.langs, lang)
		}
	}
	if len(f.langs) == 0 {
		root.fail("the flow %q has no words; add %s/en.yaml", id, id)
	}
	if len(*errs) > before && (len(f.langs) == 0 || len(f.order) == 0) {
		return nil
	}
	return raw
}

// compile checks a flow that was read. The graph is only looked at where every step could be read.
func (l *Library) compile(raw *rawFlow, lenient bool, errs *[]error) {
	c := &check{flow: raw.flow, flows: l.flows, packs: l.packs, keeps: l.keeps, lenient: lenient}
	before := len(*errs)
	c.run(raw)
	if len(*errs) == before && !lenient {
		c.graph()
		c.calls()
	}
	if len(*errs) == before && !lenient {
		c.unanswered()
	}
}

func (l *Library) command(raw *rawFlow) {
	name := raw.flow.Command
	if name == "" {
		return
	}
	if w, means := l.Word("/" + name); means && string(w) != raw.flow.ID {
		raw.fail("/%s already means something at any time; find another command", name)
	}
	if other, taken := l.commands[name]; taken {
		raw.fail("the command /%s belongs to the flow %q already", name, other)
	}
	l.commands[name] = raw.flow.ID
}

// hashFiles is a version's name: a hash of its files' names and contents.
func hashFiles(files map[string]string) string {
	h := sha256.New()
	for _, name := range sortedKeys(files) {
		fmt.Fprintf(h, "%d:%s%d:%s", len(name), name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Put adds an old version of a flow, from its files, for the sessions that are pinned to it. It was checked when it
// was in service, so that only what it needs to run is looked at now.
func (l *Library) Put(id string, files map[string]string, since time.Time) (*Flow, error) {
	var errs []error
	raw := l.read(id, files, &errs)
	if raw == nil || len(errs) > 0 {
		return nil, fmt.Errorf("read the stored flow %q: %w", id, errors.Join(errs...))
	}
	l.compile(raw, true, &errs)
	if len(errs) > 0 {
		return nil, fmt.Errorf("compile the stored flow %q: %w", id, errors.Join(errs...))
	}
	raw.flow.Since = since
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shelf[version{id, raw.flow.Version}] = raw.flow
	return raw.flow, nil
}

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

// Pack is the engine's words in a language, or in English where it does not speak it.
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
