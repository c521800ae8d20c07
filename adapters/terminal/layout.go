package terminal

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"tandem/dialog"
)

// anyTime begins the ids of buttons that are not answers to the question but words that hold at any time, such as
// "skip": they are typed, not counted.
const anyTime = "word-"

// choices shows the buttons of a question, as they can be typed: numbers in one line, where the number itself is the
// answer; anything else counted; words that hold at any time in brackets.
func choices(buttons []dialog.Button, width int) string {
	var answers, words []string
	for _, b := range buttons {
		label := strings.ReplaceAll(clean(b.Label), "\n", " ")
		if strings.HasPrefix(b.ID, anyTime) {
			words = append(words, "["+label+"]")
		} else {
			answers = append(answers, label)
		}
	}
	var b strings.Builder
	if numbers, ok := allNumbers(answers); ok {
		b.WriteString(wrap(row(numbers), width, "  ", "  "))
	} else {
		for i, label := range answers {
			head := fmt.Sprintf("%3d) ", i+1)
			b.WriteString(wrap(label, width, head, strings.Repeat(" ", len(head))))
		}
	}
	if len(words) > 0 {
		b.WriteString(wrap(strings.Join(words, " "), width, "  ", "  "))
	}
	return b.String()
}

func allNumbers(labels []string) ([]int, bool) {
	numbers := make([]int, len(labels))
	for i, l := range labels {
		n, err := strconv.Atoi(l)
		if err != nil {
			return nil, false
		}
		numbers[i] = n
	}
	return numbers, len(labels) > 0
}

// row shows numbers in one line: "0 … 10" where none between is missing.
func row(numbers []int) string {
	last := len(numbers) - 1
	whole := last >= 2
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
		whole = whole && n == numbers[0]+i
	}
	if whole {
		return words[0] + " … " + words[last]
	}
	return strings.Join(words, "  ")
}

// wrap breaks text into lines of at most width columns, at spaces where there are any, with head before the first line
// and indent before the others. A width below 20 is none. It counts characters: the languages Tandem speaks have no wide
// ones.
func wrap(text string, width int, head, indent string) string {
	var b strings.Builder
	lead := head
	for line := range strings.SplitSeq(text, "\n") {
		for _, piece := range pieces(line, width-max(len(head), len(indent))) {
			b.WriteString(strings.TrimRight(lead+piece, " "))
			b.WriteByte('\n')
			lead = indent
		}
	}
	return b.String()
}

// pieces cuts one line.
func pieces(line string, width int) []string {
	if width < 20 || utf8.RuneCountInString(line) <= width {
		return []string{line}
	}
	var out []string
	rest := []rune(line)
	for len(rest) > width {
		cut := width
		for cut > 0 && rest[cut] != ' ' {
			cut--
		}
		if cut == 0 {
			cut = width
		}
		out = append(out, string(rest[:cut]))
		rest = rest[cut:]
		for len(rest) > 0 && rest[0] == ' ' {
			rest = rest[1:]
		}
	}
	return append(out, string(rest))
}
