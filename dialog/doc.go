// Package dialog is Tandem's flow engine. It is pure: a flow, a session, an input and a clock go in; a changed session
// and effects come out. It does no I/O, knows no platform, and knows nothing of goals: what a flow keeps leaves it as
// an effect that the application applies.
//
//	library, err := dialog.Load(files)                          // flows and their words, checked
//	result, err := library.Begin(session, flow, context)       // a new conversation
//	result, err = library.Step(session, context, input)        // and each of its turns
//
// A flow is a folder of YAML (docs/flows.md). Each kind of step has a file of its own, kind_*.go, and a fixture of the
// same name in testdata/kinds.
package dialog
