package dialog

import (
	"slices"
	"time"
)

// Flow is one version of a flow, read, checked and ready to run. It never changes and is safe for concurrent use.
type Flow struct {
	ID            string
	Version       string            // hash of its files, those of the flows that it calls included
	Since         time.Time         // when this version was last put into service: the newest wins where sessions move
	TargetChange  string            // what behaviour or decision the flow is about
	Stance        string            // evoke or neutral
	Move          bool              // sessions go over to a newer version where their step still exists; else they finish this one
	Command       string            // "goal": the flow can be started with /goal; "" without one
	BeforeConsent bool              // may run before the person agreed to anything
	For           string            // who it is for: "client", "practitioner", or "anyone"
	Files         map[string]string // by name; of a flow that it calls: "plan/flow.yaml"

	start              string
	startAt, commandAt place
	steps              map[string]*step
	order              []*step // as in the file, for stable messages
	inputs             []input
	names              names
	ways               map[string][]string // the steps one step ahead of each
	reads              map[string]reads    // by waiting step
	musts              map[string][]string // by step: the answers that must have been given when it is reached
	titles             map[string]string   // of the command, by language
	langs              []string
	limit              *timeout // for questions without one of their own
	calls              bool     // some step calls another flow
	partial            bool     // a step could not be read: what speaks of it is not wrong for that

	own     map[string]string // its own files
	callees map[string]*Flow  // the flows that it calls, and those that they call
}

// input is a value that whoever starts the flow hands over.
type input struct {
	name string
	typ  valueType
	at   place
}

// Inputs names what whoever starts the flow hands over.
func (f *Flow) Inputs() []string {
	out := make([]string, len(f.inputs))
	for i, in := range f.inputs {
		out[i] = in.name
	}
	return out
}

// Languages are the languages the flow has words in, sorted.
func (f *Flow) Languages() []string { return slices.Clone(f.langs) }

// Title is what the flow's command is called in a language, "" without a command.
func (f *Flow) Title(lang string) string { return f.titles[lang] }

// step is one step of a flow.
type step struct {
	id        string
	kindName  string
	kind      kind
	next      route
	skip      *target
	timeout   *timeout
	dependsOn []named
	words     map[string]*stepWords // by language
	place
}

// target is the id of a step, and where it was named.
type target struct {
	to string
	place
}

// named is the name of an answer, and where it was named.
type named struct {
	name string
	place
}

// timeout is where a question leads that nobody answered.
type timeout struct {
	after time.Duration
	next  target
	none  bool // the question waits for good, whatever the flow or the application says
}

// route says where a step leads: to one step, or by the answer, with one for the rest.
type route struct {
	to    target
	by    map[string]target
	rest  target
	given bool
	place
}

// of finds the way for an answer's key.
func (r *route) of(key string) string {
	if t, ok := r.by[key]; ok {
		return t.to
	}
	if r.by != nil {
		return r.rest.to
	}
	return r.to.to
}

// all lists every way.
func (r *route) all() []target {
	var out []target
	if r.to.to != "" {
		out = append(out, r.to)
	}
	if r.rest.to != "" {
		out = append(out, r.rest)
	}
	for _, key := range sortedKeys(r.by) {
		out = append(out, r.by[key])
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
