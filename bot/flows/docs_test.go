package flows_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/bot/flows"
)

// The flow that docs/flows.md explains is a real one: its two listings load, and its transcript comes out word for word.
func TestTheDocumentsFlow(t *testing.T) {
	data, err := os.ReadFile("../../docs/flows.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	listings := strings.Split(doc, "```")
	own := fstest.MapFS{
		"morning/flow.yaml": {Data: []byte(strings.TrimPrefix(listings[1], "yaml\n"))},
		"morning/en.yaml":   {Data: []byte(strings.TrimPrefix(listings[3], "yaml\n"))},
	}
	_, rest, _ := strings.Cut(doc, "    flow: morning\n")
	var lines []string
	for line := range strings.Lines("    flow: morning\n" + rest) {
		if !strings.HasPrefix(line, "    ") {
			break
		}
		lines = append(lines, line[4:])
	}
	said := strings.Join(lines, "")
	library, err := bot.Loader().Load(flows.FS(), own)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(said, "\n"), strings.Split(played(t, library, said), "\n")); diff != "" {
		t.Errorf("the conversation came out otherwise (-written +said):\n%s", diff)
	}
}

// README.md shows a piece of a real transcript.
func TestTheReadmesTranscript(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(data), "<!-- a piece of ")
	if !ok {
		t.Fatal("the README shows no transcript")
	}
	name, after, _ := strings.Cut(after, " -->\n")
	piece := strings.Split(after, "```")[1]
	whole, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(whole), strings.TrimPrefix(piece, "\n")) {
		t.Errorf("what the README shows does not stand in %s", name)
	}
}
