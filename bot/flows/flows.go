// Package flows holds Tandem's conversations: what is asked, what leads where, and the words for it in every language.
//
// Each conversation is a folder of plain files: flow.yaml, one pack of words a language (en.yaml, es.yaml), and the
// transcripts that prove it (calm-day.en.txt). The folder's name is the flow's id. docs/flows.md says how to write one.
// Nothing here is code: a practitioner can change a word, run go test, and see what comes of it.
//
// Some ids are opened by words that hold at any time: help, pause, stop, person and restart.
package flows

import (
	"embed"
	"io/fs"
)

//go:embed */*.yaml */*.txt
var files embed.FS

// FS gives the conversations as files: one folder a flow, as the loader of package dialog reads them. The file system
// is read-only and safe for concurrent use.
func FS() fs.FS { return files }
