package dialog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tandem/dialog/understand"
)

// replies tells short replies apart that are typed words, but not what a question was after. People mix languages, so
// that the words of every pack count in each.
type replies struct {
	nothing   *regexp.Regexp // the whole of a reply
	denial    *regexp.Regexp // its beginning
	unclean   *regexp.Regexp // anywhere in it
	greetings *regexp.Regexp // one or several, and nothing besides
}

// newReplies joins the lists of all packs.
func newReplies(packs map[string]*Pack) *replies {
	var nothing, denials, unclean, greetings []string
	for _, code := range sortedKeys(packs) {
		p := packs[code]
		nothing, denials = append(nothing, p.Nothing...), append(denials, p.Denials...)
		unclean, greetings = append(unclean, p.Unclean...), append(greetings, p.Greetings...)
	}
	return &replies{
		nothing:   regexp.MustCompile("^" + anyOf(nothing) + "?$"),
		denial:    regexp.MustCompile("^" + anyOf(denials) + "(?: |$)"),
		unclean:   regexp.MustCompile("(?:^| )" + anyOf(unclean) + "(?: |$)"),
		greetings: regexp.MustCompile("^" + anyOf(greetings) + "(?: " + anyOf(greetings) + ")*$"),
	}
}

// anyOf matches any of some phrases, as bareWords writes them; "*" in one stands for any letters.
func anyOf(phrases []string) string {
	out := make([]string, len(phrases))
	for i, phrase := range phrases {
		parts := strings.Split(phrase, "*")
		for j := range parts {
			parts[j] = regexp.QuoteMeta(bareWords(parts[j]))
		}
		out[i] = strings.Join(parts, `\S*`)
	}
	return "(?:" + strings.Join(out, "|") + ")"
}

// bareWords is a text without its marks and numbers, each word said once in a row. An emoji is a word.
func bareWords(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return -1 // "i'm" and "im" are one
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsSymbol(r):
			return r
		}
		return ' '
	}, understand.Normalize(text))
	return strings.Join(slices.Compact(strings.Fields(text)), " ")
}

// silent tells whether a reply says nothing: it is empty, has only marks and numbers, or is a word for nothing.
func (r *replies) silent(text string) bool { return r.nothing.MatchString(bareWords(text)) }

// denies tells whether a reply begins with a no, a not or a never.
func (r *replies) denies(text string) bool { return r.denial.MatchString(bareWords(text)) }

// clean tells whether a reply can be given back: nobody laughs, swears, asks or shouts in it.
func (r *replies) clean(text string) bool {
	return !strings.ContainsAny(text, "?!¿¡") && !r.unclean.MatchString(bareWords(text))
}

// greets tells whether a reply is a greeting, or several, and nothing else.
func (r *replies) greets(text string) bool { return r.greetings.MatchString(bareWords(text)) }
