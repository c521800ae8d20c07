package flows_test

import (
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/bot/flows"
	"tandem/bot/safety"
	"tandem/dialog"
	"tandem/dialog/transcript"
)

var update = flag.Bool("update", false, "write the bot's side of every transcript anew")

// Every conversation comes out word for word, played through the whole application.
func TestTranscripts(t *testing.T) {
	library, err := bot.Loader().Load(flows.FS())
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(flows.FS(), "*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(name, ".txt"), func(t *testing.T) { play(t, library, name) })
	}
}

func play(t *testing.T, library *dialog.Library, name string) {
	t.Helper()
	data, err := os.ReadFile(name) // not the embedded copy: -update writes this one
	if err != nil {
		t.Fatal(err)
	}
	got := played(t, library, string(data))
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the conversation came out otherwise (-written +said):\n%s", diff)
	}
}

// played gives a transcript back as it comes out of the whole application.
func played(t *testing.T, library *dialog.Library, text string) string {
	t.Helper()
	want, err := transcript.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	store, err := redisstore.OpenEmbedded(t.Context(), t.TempDir(), redisstore.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	screen, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	got, err := want.Play(&bottest.Stage{Store: store, Library: library, Screen: screen})
	if err != nil {
		t.Fatal(err)
	}
	return got.Write()
}
