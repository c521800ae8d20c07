package dialog_test

import (
	"slices"
	"strconv"
	"strings"

	"tandem/dialog/scenario"
)

// toNumber reads a number as the bare loop does; what is none is too large for any question.
func toNumber(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 1e300
	}
	return f
}

// takes is how the bare loop understands an answer.
func takes(s *scenario.Step, said string) bool {
	switch s.Kind {
	case "number":
		n := toNumber(said)
		return n < 1e300 && (s.Min == nil || n >= *s.Min) && (s.Max == nil || n <= *s.Max)
	case "choice":
		return slices.Contains(s.Choices, strings.ToLower(said))
	}
	return said != ""
}
