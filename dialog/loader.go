package dialog

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
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
		raws[id].flow.bind(lib.flows)
	}
	for _, id := range sortedKeys(raws) {
		lib.compile(raws[id], lib.flows, false, &errs)
	}
	for _, id := range sortedKeys(raws) {
		lib.command(raws[id])
	}
	if len(errs) > 0 {
		return nil, joined(errs)
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

// compile checks a flow that was read. The graph is only looked at where every step could be read.
func (l *Library) compile(raw *rawFlow, flows map[string]*Flow, lenient bool, errs *[]error) {
	c := &check{flow: raw.flow, flows: flows, packs: l.packs, keeps: l.keeps, lenient: lenient}
	c.run(raw)
	if lenient || anyIn(*errs, raw.src.name) {
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
