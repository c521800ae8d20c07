package dialog_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"tandem/dialog"
)

type schemas struct{ flow, words *jsonschema.Schema }

func readSchemas(t *testing.T) schemas {
	t.Helper()
	read := func(name string, text []byte) *jsonschema.Schema {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return schemas{read("flow.json", dialog.FlowSchema()), read("words.json", dialog.WordsSchema())}
}

// validate checks one file, as an editor does.
func (s schemas) validate(name string, text []byte) error {
	raw, err := yaml.YAMLToJSON(text)
	if err != nil {
		return err
	}
	var doc any
	if doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(raw)); err != nil {
		return err
	}
	if filepath.Base(name) == "flow.yaml" {
		return s.flow.Validate(doc)
	}
	return s.words.Validate(doc)
}

// Every flow that is taken follows the schema: ours, and those of the fixtures.
func TestSchemaTakes(t *testing.T) {
	s := readSchemas(t)
	shipped, err := filepath.Glob("../bot/flows/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range shipped {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.validate(file, text); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	archives, err := filepath.Glob("testdata/[ck]*/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.Files {
			if !strings.HasSuffix(part.Name, ".yaml") {
				continue
			}
			if err := s.validate(part.Name, part.Data); err != nil {
				t.Errorf("%s, %s: %v", file, part.Name, err)
			}
		}
	}
}

// What is wrong in a file's form, an editor can show while it is written.
func TestSchemaRefuses(t *testing.T) {
	s := readSchemas(t)
	for _, name := range []string{
		"bad-ids", "bare", "buttons", "duplicate-names", "kinds", "long-text", "not-a-map", "permission", "retries",
		"unknown-keys", "wrong-types", "ways",
	} {
		archive, err := txtar.ParseFile("testdata/refused/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		refused := false
		for _, part := range archive.Files {
			refused = refused || (strings.HasSuffix(part.Name, ".yaml") && s.validate(part.Name, part.Data) != nil)
		}
		if !refused {
			t.Errorf("the schema takes %s", name)
		}
	}
}

// The schema knows every kind, and each kind is told apart.
func TestSchemaKinds(t *testing.T) {
	var doc struct {
		Defs struct {
			AnyStep struct {
				Properties struct{ Kind struct{ Enum []string } }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(dialog.FlowSchema(), &doc); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(doc.Defs.AnyStep.Properties.Kind.Enum, " "), strings.Join(dialog.KindNames(), " "); got != want {
		t.Errorf("the schema knows the kinds %s; there are %s", got, want)
	}
}
