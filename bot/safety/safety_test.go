package safety_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"tandem/bot/safety"
)

// TestScreen reads testdata/sentences.tsv: the tier that a sentence belongs to ("-" for none), and the sentence.
func TestScreen(t *testing.T) {
	screen, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		want, sentence, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			continue
		}
		if want == "-" {
			want = ""
		}
		if got := screen.Screen(sentence); got != want {
			t.Errorf("%q: got %q, want %q", sentence, got, want)
		}
	}
}

func BenchmarkScreenLong(b *testing.B) {
	screen, err := safety.New()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("i want to walk more and i don't know how. ", 2500)
	for b.Loop() {
		if screen.Screen(text) != "" {
			b.Fatal("nothing to find here")
		}
	}
}

func BenchmarkScreenShort(b *testing.B) {
	screen, err := safety.New()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if screen.Screen("walk ten minutes after lunch") != "" {
			b.Fatal("nothing to find here")
		}
	}
}

// TestStemsHideNothing takes the stems away: what is found without them must be found with them.
func TestStemsHideNothing(t *testing.T) {
	with, without := screen(t), screen(t)
	safety.DropStems(without)
	data, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		_, sentence, _ := strings.Cut(line, "\t")
		if a, b := with.Screen(sentence), without.Screen(sentence); a != b {
			t.Errorf("%q: %q with stems, %q without", sentence, a, b)
		}
	}
}

func screen(t *testing.T) *safety.Screen {
	t.Helper()
	s, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
