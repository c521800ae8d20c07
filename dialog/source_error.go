package dialog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// SourceError is a mistake in a file that an author wrote: what is wrong, where, and how to mend it.
type SourceError struct {
	File    string // as the author named it
	Line    int    // from 1; 0 where the mistake has no place
	Column  int    // from 1
	Problem string // what is wrong and how to mend it
	Excerpt string // the line, and a mark under the column
}

// Error implements error: file:line:column: problem, and the excerpt below it.
func (e *SourceError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	b.WriteString(e.Problem)
	if e.Excerpt != "" {
		b.WriteString("\n")
		b.WriteString(e.Excerpt)
	}
	return b.String()
}

// joined joins mistakes as an author reads them: file by file, from top to bottom.
func joined(errs []error) error {
	slices.SortStableFunc(errs, func(a, b error) int {
		var x, y *SourceError
		if !errors.As(a, &x) || !errors.As(b, &y) {
			return 0
		}
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
	})
	return errors.Join(errs...)
}

// place is a position in a source file.
type place struct {
	src          *source
	line, column int
}

// source is one file, kept for excerpts while it is read.
type source struct {
	name     string
	lines    []string
	errs     *[]error
	mistakes int
}

const maxMistakes = 100 // of one file that are listed; the rest mostly follows from them

// full tells whether no more mistakes of a file are listed, so that nothing need be found out for one.
func (s *source) full() bool { return s.mistakes >= maxMistakes }

func newSource(name string, body string, errs *[]error) *source {
	return &source{name: name, lines: strings.Split(body, "\n"), errs: errs}
}

// fail notes a mistake at a place and goes on, so that an author sees all of them at once.
func (p place) fail(format string, args ...any) {
	if p.src.full() {
		return
	}
	if p.src.mistakes++; p.src.full() {
		format += "; there may be more wrong in this file: the rest is said once this is mended"
	}
	e := &SourceError{File: p.src.name, Line: p.line, Column: p.column, Problem: fmt.Sprintf(format, args...)}
	if p.line >= 1 && p.line <= len(p.src.lines) {
		e.Excerpt = excerpt(p.src.lines[p.line-1], p.line, p.column)
	}
	*p.src.errs = append(*p.src.errs, e)
}

const excerptWidth = 100 // runes of a long line that are shown, around the column

func excerpt(line string, number, column int) string {
	runes := []rune(strings.TrimRight(line, "\r"))
	at := min(max(column-1, 0), len(runes))
	from := max(0, at-excerptWidth/2)
	to := min(len(runes), from+excerptWidth)
	label := fmt.Sprintf("%5d | ", number)
	return label + strings.ReplaceAll(string(runes[from:to]), "\t", "→") + "\n" + strings.Repeat(" ", len(label)+at-from) + "^"
}
