package adaptertest

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// parseHTML takes the markup out of a text, or says what Telegram says of a bad one: https://core.telegram.org/bots/api#html-style
func parseHTML(s string) (plain, bad string) {
	var out strings.Builder
	var open []string
	for i := 0; i < len(s); {
		switch s[i] {
		case '&':
			text, n := entity(s[i:])
			out.WriteString(text)
			i += n
		case '<':
			tag, closing, n := tag(s[i:])
			if bad := step(&open, tag, closing, n, i); bad != "" {
				return "", bad
			}
			i += n
		default:
			out.WriteByte(s[i])
			i++
		}
	}
	if len(open) > 0 {
		return "", fmt.Sprintf("Can't find end tag corresponding to start tag %q", open[len(open)-1])
	}
	return out.String(), ""
}

// step follows one tag.
func step(open *[]string, tag string, closing bool, n, at int) (bad string) {
	known := []string{"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre", "blockquote", "tg-emoji"}
	switch {
	case n == 0:
		return fmt.Sprintf("Unclosed start tag at byte offset %d", at)
	case !closing && !slices.Contains(known, tag):
		return fmt.Sprintf("Unsupported start tag %q at byte offset %d", tag, at)
	case !closing:
		*open = append(*open, tag)
	case len(*open) == 0:
		return fmt.Sprintf("Unexpected end tag at byte offset %d", at)
	case (*open)[len(*open)-1] != tag:
		return fmt.Sprintf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, (*open)[len(*open)-1], tag)
	default:
		*open = (*open)[:len(*open)-1]
	}
	return ""
}

// tag reads the name of a tag and its length in bytes, 0 where it does not end.
func tag(s string) (name string, closing bool, n int) {
	end := strings.IndexByte(s, '>')
	if end < 0 {
		return "", false, 0
	}
	inner, closing := strings.CutPrefix(s[1:end], "/")
	name, _, _ = strings.Cut(inner, " ")
	return strings.ToLower(name), closing, end + 1
}

// entity reads what stands at an ampersand. Telegram knows four names and all numbers; all else is itself.
func entity(s string) (text string, n int) {
	end := strings.IndexByte(s, ';')
	if end < 0 || end > 10 {
		return "&", 1
	}
	switch e := s[:end+1]; {
	case e == "&lt;", e == "&gt;", e == "&amp;", e == "&quot;", strings.HasPrefix(e, "&#"):
		return html.UnescapeString(e), end + 1
	}
	return "&", 1
}
