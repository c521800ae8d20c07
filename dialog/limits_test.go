package dialog_test

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"tandem/dialog"
)

// long makes a flow of n questions and branches, each speaking of the one before; a broken one leads nowhere at each.
func long(n int, broken bool) fstest.MapFS {
	var flow, words strings.Builder
	flow.WriteString("flow: f\ntarget_change: a test\nstance: neutral\nstart: q0\ntimeout: {after: 48h, next: end}\nsteps:\n  end: {kind: end}\n")
	for i := range n / 2 {
		next := fmt.Sprintf("q%d", i+1)
		switch {
		case broken:
			next = fmt.Sprintf("nowhere%d", i)
		case i+1 == n/2:
			next = "end"
		}
		fmt.Fprintf(&flow, "  q%d: {kind: text, next: b%d, skip: b%d}\n", i, i, i)
		fmt.Fprintf(&flow, "  b%d: {kind: branch, cases: [{if: 'given(\"q%d\") && q%d == \"x\"', to: q%d}], else: %s}\n", i, i, i, max(0, i-1), next)
		fmt.Fprintf(&words, "q%d: {text: [{if: 'given(\"q%d\")', text: 'So {q%d}?'}, {text: What?}]}\n", i, max(0, i-1), max(0, i-1))
	}
	return fstest.MapFS{"f/flow.yaml": {Data: []byte(flow.String())}, "f/en.yaml": {Data: []byte(words.String())}}
}

// BenchmarkLoad loads flows of several lengths: the time for a step should hardly grow with their number.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{250, 500, 1000, 1998} {
		flows := long(n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := dialog.Load(flows); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/step")
		})
	}
}

// A flow has as many steps as are ever needed, and no more.
func TestManySteps(t *testing.T) {
	if _, err := dialog.Load(long(1998, false)); err != nil {
		t.Errorf("a long flow was refused: %v", err)
	}
	_, err := dialog.Load(long(2000, false))
	if want := "f/flow.yaml:6:1: the flow has 2001 steps; at most 2000 are read"; err == nil || !strings.HasPrefix(err.Error(), want) || len(all(err)) != 1 {
		t.Errorf("got %.300v, want %q alone", err, want)
	}
}

// Of a flow that is wrong at every step so many mistakes are listed as anybody reads.
func TestManyMistakes(t *testing.T) {
	_, err := dialog.Load(long(1998, true))
	if err == nil || len(all(err)) != 100 || !strings.Contains(err.Error(), "there may be more wrong in this file") {
		t.Errorf("got %d mistakes: %.300v", len(all(err)), err)
	}
}

// Flows that call each other fan out, and are refused before they fill the memory.
func TestManyNames(t *testing.T) {
	flows := fstest.MapFS{}
	for level := range 4 {
		var flow, words strings.Builder
		fmt.Fprintf(&flow, "flow: f%d\ntarget_change: a test\nstance: neutral\nstart: s0\nsteps:\n  s199: {kind: end}\n", level)
		for i := range 199 {
			if level == 3 {
				fmt.Fprintf(&flow, "  s%d: {kind: text, next: s%d}\n", i, i+1)
				fmt.Fprintf(&words, "s%d: What?\n", i)
				continue
			}
			fmt.Fprintf(&flow, "  s%d: {kind: call, flow: f%d, next: s%d}\n", i, level+1, i+1)
		}
		if level < 3 {
			words.WriteString("{}\n") // a call says nothing
		}
		flows[fmt.Sprintf("f%d/flow.yaml", level)] = &fstest.MapFile{Data: []byte(flow.String())}
		flows[fmt.Sprintf("f%d/en.yaml", level)] = &fstest.MapFile{Data: []byte(words.String())}
	}
	_, err := dialog.Load(flows)
	if want := "the flow has more than 20000 answers; call fewer"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %.300v, want %q", err, want)
	}
}

// endless is a folder whose words never come to an end.
type endless struct {
	fs.FS
	read int
}

type endlessFile struct {
	fs.File
	of *endless
}

func (e *endless) Open(name string) (fs.File, error) {
	file, err := e.FS.Open(name)
	if err == nil && strings.HasSuffix(name, "en.yaml") {
		return endlessFile{file, e}, nil
	}
	return file, err
}

func (f endlessFile) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = '#'
	}
	if f.of.read += len(into); f.of.read > 8<<20 {
		return 0, io.ErrNoProgress
	}
	return len(into), nil
}

// A file that is too long is not read to its end.
func TestEndlessFile(t *testing.T) {
	_, err := dialog.Load(&endless{FS: long(10, false)})
	if want := "f/en.yaml:1:1: the file is more than 1048576 bytes long"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %.300v, want %q", err, want)
	}
}
