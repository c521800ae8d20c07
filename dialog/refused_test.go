package dialog_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tandem/dialog"
)

// TestRefused loads flows that are wrong. All that is wrong is said at once: where, with the line, and how to mend it.
func TestRefused(t *testing.T) {
	files, err := filepath.Glob("testdata/refused/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			flows, rest := folder(archive)
			_, err = dialog.Load(flows)
			if err == nil {
				t.Fatal("the flows were taken")
			}
			for _, one := range all(err) {
				var at *dialog.SourceError
				if !errors.As(one, &at) || at.File == "" || at.Line < 1 || at.Column < 1 {
					t.Errorf("%v has no place", one)
				}
			}
			got := err.Error() + "\n"
			if *update {
				last := &archive.Files[len(archive.Files)-1]
				last.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(rest["error.txt"], got); diff != "" {
				t.Errorf("the error is another one (-want +got):\n%s", diff)
			}
		})
	}
}

// all takes joined errors apart.
func all(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// What cannot stand in a text archive, or would be too long for one.
func TestRefusedFiles(t *testing.T) {
	const flow = "flow: f\ntarget_change: a test\nstance: neutral\nstart: a\nsteps:\n  a: {kind: text, next: end}\n  end: {kind: end}\n"
	const words = "a: What?\n"
	for name, test := range map[string]struct{ flow, words, want string }{
		"NUL":             {flow + "\x00", words, "f/flow.yaml:1:1: the file holds a NUL byte"},
		"NUL in words":    {flow, "a: Wh\x00t?\n", "f/en.yaml:1:1: the file holds a NUL byte"},
		"not UTF-8":       {flow, "a: Qu\xe9?\n", "f/en.yaml:1:1: the file is not UTF-8"},
		"huge":            {flow + strings.Repeat("# nothing\n", 1<<17), words, "bytes long; at most"},
		"deep brackets":   {flow + "inputs: " + strings.Repeat("[", 100_000), words, "nested"},
		"deep braces":     {flow + "inputs: " + strings.Repeat("{a: ", 100_000), words, "nested"},
		"deep lists":      {flow + "inputs:\n  " + strings.Repeat("- ", 100_000), words, "nested"},
		"deep keys":       {flow + "inputs:\n  " + strings.Repeat("? ", 100_000), words, "nested"},
		"deep indent":     {flow + "inputs:\n" + deepMap(1000), words, "nested"},
		"nine levels":     {flow + "inputs:\n" + deepMap(9), words, "nested"},
		"billion laughs":  {flow, "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "anchors"},
		"empty":           {"", words, "f/flow.yaml:1:1: the file must hold one YAML document"},
		"many steps":      {flow + strings.Repeat("  x: {kind: end}\n", 3), words, "already defined"},
		"no words at all": {flow, "", "f/en.yaml:1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			_, err := dialog.Load(fstest.MapFS{
				"f/flow.yaml": &fstest.MapFile{Data: []byte(test.flow)},
				"f/en.yaml":   &fstest.MapFile{Data: []byte(test.words)},
			})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %.300v, want %q", err, test.want)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func deepMap(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i+2) + "a:\n")
	}
	return b.String()
}

// Records are checked against what the application keeps, where it says so.
func TestRefusedRecords(t *testing.T) {
	flows := archived(t, "testdata/kinds/record.txtar")
	for name, test := range map[string]struct {
		keeps map[string][]string
		want  string
	}{
		"anything":   {nil, ""},
		"this":       {map[string][]string{"goal": {"create", "change"}}, ""},
		"not this":   {map[string][]string{"check-in": {"create"}}, `nothing called "goal" is kept; there are: check-in`},
		"not so":     {map[string][]string{"goal": {"change"}}, `"create" cannot be done with "goal"; there are: change`},
		"no records": {map[string][]string{}, `nothing called "goal" is kept`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dialog.Loader{Records: test.keeps}.Load(flows)
			if (test.want == "") != (err == nil) || (err != nil && !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
