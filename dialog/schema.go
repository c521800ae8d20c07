package dialog

import _ "embed" // the schemas

//go:embed schema/flow.schema.json
var flowSchema []byte

//go:embed schema/words.schema.json
var wordsSchema []byte

// FlowSchema is the JSON Schema (draft 2020-12) of flow.yaml, for editors. A load checks more than a schema can say.
func FlowSchema() []byte { return append([]byte{}, flowSchema...) }

// WordsSchema is the JSON Schema (draft 2020-12) of a language file.
func WordsSchema() []byte { return append([]byte{}, wordsSchema...) }
