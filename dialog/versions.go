package dialog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"
)

// hashFiles is a version's name: a hash of its files' names and contents.
func hashFiles(files map[string]string) string {
	h := sha256.New()
	for _, name := range sortedKeys(files) {
		fmt.Fprintf(h, "%d:%s%d:%s", len(name), name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// bind ties a flow to the flows that it calls, as they are now. Their sources belong to its version: who is in the
// middle of a flow finishes it with the parts that it had then.
func (f *Flow) bind(flows map[string]*Flow) {
	f.callees = make(map[string]*Flow)
	f.gather(flows, f.callees)
	if len(f.callees) > 0 {
		f.Files = maps.Clone(f.own)
		for id, callee := range f.callees {
			for name, text := range callee.own {
				f.Files[id+"/"+name] = text
			}
		}
	}
	f.Version = hashFiles(f.Files)
}

// gather collects the flows that a flow calls, and those that they call.
func (f *Flow) gather(flows, into map[string]*Flow) {
	for _, s := range f.order {
		k, ok := s.kind.(*callKind)
		if !ok {
			continue
		}
		f.calls = true
		if callee := flows[k.flow.to]; callee != nil && into[callee.ID] == nil {
			into[callee.ID] = callee
			callee.gather(flows, into)
		}
	}
}

// Put adds an old version of a flow, from its files, for the sessions that are pinned to it. It was checked when it
// was in service, so that only what it needs to run is looked at now.
func (l *Library) Put(id string, files map[string]string, since time.Time) (*Flow, error) {
	var errs []error
	raws := make(map[string]*rawFlow)
	flows := make(map[string]*Flow)
	for part, own := range parts(id, files) {
		if raws[part] = l.read(part, own, &errs); raws[part] != nil {
			flows[part] = raws[part].flow
		}
	}
	if raws[id] == nil || len(errs) > 0 {
		return nil, fmt.Errorf("read the stored flow %q: %w", id, errors.Join(errs...))
	}
	for _, f := range flows {
		f.bind(flows)
	}
	for _, part := range sortedKeys(raws) {
		l.compile(raws[part], flows, nil, true)
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("compile the stored flow %q: %w", id, errors.Join(errs...))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range flows {
		f.Since = since
		if key := (version{f.ID, f.Version}); f.ID == id || l.shelf[key] == nil {
			l.shelf[key] = f
		}
	}
	return flows[id], nil
}

// parts sorts a version's files by the flow that they belong to.
func parts(id string, files map[string]string) map[string]map[string]string {
	out := map[string]map[string]string{id: {}}
	for name, text := range files {
		of := id
		if callee, file, called := strings.Cut(name, "/"); called {
			of, name = callee, file
		}
		if out[of] == nil {
			out[of] = make(map[string]string)
		}
		out[of][name] = text
	}
	return out
}
