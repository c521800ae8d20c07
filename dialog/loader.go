package dialog

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const (
	maxFlows = 2000 // in one folder
	maxFiles = 50   // of one flow
)

// Loader is how flows are loaded.
type Loader struct {
	// Records are the kinds of records that the application keeps, with what can be done with each; a flow that keeps
	// anything else is refused. Nil: it keeps anything.
	Records map[string][]string
	// Calendar tells the next dates of a rhythm that is read back. Nil: it is read back without dates.
	Calendar Calendar
	// Patience is what becomes of a question without a timeout that nobody answers. Zero: it waits for good.
	Patience Patience
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
		flows: make(map[string]*Flow), packs: packs, langs: sortedKeys(packs),
		keeps: loader.Records, calendar: loader.Calendar, patience: loader.Patience,
		shelf: make(map[version]*Flow), commands: make(map[string]string),
	}
	var errs []error
	raws, unread := make(map[string]*rawFlow), make(map[string]bool)
	for _, folder := range folders {
		found, err := lib.readFolder(folder, &errs)
		if err != nil {
			return nil, err
		}
		for id, raw := range found {
			if unread[id] = raw == nil; raw != nil {
				raws[id], lib.flows[id] = raw, raw.flow
			}
		}
	}
	for _, id := range sortedKeys(raws) {
		raws[id].flow.bind(lib.flows)
	}
	for _, id := range sortedKeys(raws) {
		if !raws[id].flow.unsure(unread) {
			lib.compile(raws[id], lib.flows, unread, false)
		}
	}
	for _, id := range sortedKeys(raws) {
		lib.command(raws[id])
	}
	if len(errs) > 0 {
		return nil, joined(errs)
	}
	return lib, nil
}

// readFolder reads every flow of a folder, nil for one that cannot be read, and sees that all have the same languages.
func (l *Library) readFolder(folder fs.FS, errs *[]error) (map[string]*rawFlow, error) {
	names, err := fs.Glob(folder, "*/flow.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the flows: %w", err)
	}
	if len(names) > maxFlows {
		return nil, fmt.Errorf("the folder holds %d flows; at most %d are read", len(names), maxFlows)
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
		out[id] = raw
		if raw == nil {
			continue
		}
		for _, lang := range raw.flow.langs {
			langs[lang] = true
		}
	}
	for _, id := range sortedKeys(out) {
		for _, lang := range sortedKeys(langs) {
			if out[id] == nil {
				continue
			}
			if _, there := out[id].flow.own[lang+".yaml"]; !there {
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
		if len(files) == maxFiles {
			return nil, fmt.Errorf("read the flow %q: its folder holds more than %d YAML files; it needs flow.yaml and one for each language", id, maxFiles)
		}
		text, err := readFile(folder, path.Join(id, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the flow %q: %w", id, err)
		}
		files[e.Name()] = text
	}
	return files, nil
}

// readFile reads a file, of one that is too long only so much that parse can tell.
func readFile(folder fs.FS, name string) (string, error) {
	file, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxSource+1))
	return string(data), err
}

// read reads a flow's files; nil where there is nothing to go on with.
func (l *Library) read(id string, files map[string]string, errs *[]error) *rawFlow {
	before := len(*errs)
	words := l.readLanguages(id, files, errs)
	src := newSource(path.Join(id, "flow.yaml"), files["flow.yaml"], errs)
	root, ok := src.parse(files["flow.yaml"])
	if !ok {
		return nil
	}
	raw := readFlow(root, id)
	f := raw.flow
	f.Files, f.own, f.titles = files, files, make(map[string]string)
	raw.words, f.langs = words, sortedKeys(words)
	if !validID(id) {
		root.fail("the flow %q: ids are lower-case letters, digits and -, at most 40", id)
	}
	if len(files) == 1 {
		root.fail("the flow %q has no words; add %s/en.yaml", id, id)
	}
	if len(*errs) > before && (len(f.langs) == 0 || len(f.order) == 0) {
		return nil
	}
	return raw
}

// readLanguages reads the words of a flow in each language that they can be read in.
func (l *Library) readLanguages(id string, files map[string]string, errs *[]error) map[string]map[string]*rawWords {
	out := make(map[string]map[string]*rawWords)
	for _, name := range sortedKeys(files) {
		if name == "flow.yaml" {
			continue
		}
		lang, _ := strings.CutSuffix(name, ".yaml")
		words := newSource(path.Join(id, name), files[name], errs)
		if l.packs[lang] == nil {
			place{src: words, line: 1, column: 1}.fail("%q is not a language that Tandem speaks; it speaks: %s", lang, listOf(l.langs))
			continue
		}
		if root, ok := words.parse(files[name]); ok {
			out[lang] = readWords(root)
		}
	}
	return out
}

// unsure tells whether a step of a flow, or one of a flow that it calls, could not be read: what the rest says of that
// step would be called wrong, and the one mistake would drown.
func (f *Flow) unsure(unread map[string]bool) bool {
	calls := func(s *step) bool {
		k, ok := s.kind.(*callKind)
		return ok && unread[k.flow.to]
	}
	if f.partial || slices.ContainsFunc(f.order, calls) {
		return true
	}
	for _, callee := range f.callees {
		if callee.partial || slices.ContainsFunc(callee.order, calls) {
			return true
		}
	}
	return false
}

// compile checks a flow that was read. The graph is only looked at where every step could be read.
func (l *Library) compile(raw *rawFlow, flows map[string]*Flow, unread map[string]bool, lenient bool) {
	c := &check{flow: raw.flow, flows: flows, unread: unread, packs: l.packs, keeps: l.keeps, lenient: lenient}
	c.run(raw)
	if lenient || raw.src.mistakes > 0 {
		return
	}
	c.graph()
	if c.calls() {
		c.unanswered()
	}
}

func (l *Library) command(raw *rawFlow) {
	name := raw.flow.Command
	if name == "" {
		return
	}
	if w, means := l.Word("/" + name); means && string(w) != raw.flow.ID {
		raw.flow.commandAt.fail("/%s already means something at any time; find another command", name)
	}
	if other, taken := l.commands[name]; taken {
		raw.flow.commandAt.fail("the command /%s belongs to the flow %q already", name, other)
	}
	l.commands[name] = raw.flow.ID
}
