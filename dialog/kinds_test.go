package dialog_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"tandem/dialog"
	"tandem/dialog/transcript"
)

var update = flag.Bool("update", false, "write the program's side of the transcripts anew")

// TestKinds plays the fixtures of every kind of step. A kind without one fails.
func TestKinds(t *testing.T) {
	for _, kind := range dialog.KindNames() {
		t.Run(kind, func(t *testing.T) {
			file := filepath.Join("testdata", "kinds", kind+".txtar")
			if _, err := os.Stat(file); err != nil {
				t.Fatalf("the kind %q has no fixture: %v", kind, err)
			}
			playArchive(t, file)
		})
	}
	files, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(dialog.KindNames()) {
		t.Errorf("there are %d fixtures for %d kinds", len(files), len(dialog.KindNames()))
	}
}

// TestConversations plays the fixtures of what all questions share: global words, misses, corrections, calls.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { playArchive(t, file) })
	}
}

func playArchive(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lib, rest := loaded(t, archive)
	if len(rest) == 0 {
		t.Fatal("the fixture has no transcript")
	}
	for i := range archive.Files {
		f := &archive.Files[i]
		if _, ok := rest[f.Name]; !ok {
			continue
		}
		if *update {
			f.Data = []byte(rewrite(t, lib, string(f.Data)))
			continue
		}
		t.Run(f.Name, func(t *testing.T) { play(t, lib, string(f.Data)) })
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func rewrite(t *testing.T, lib *dialog.Library, text string) string {
	t.Helper()
	tr, err := transcript.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tr.Play(&stage{t: t, lib: lib})
	if err != nil {
		t.Fatal(err)
	}
	return got.Write()
}
