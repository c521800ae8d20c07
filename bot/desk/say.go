package desk

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The most characters (UTF-16 units) of what others wrote, where many stand together.
const (
	quoteMost = 120
	nameMost  = 60
)

// teller says things in one language, at one time. Days are days in the zone of now.
type teller struct {
	*texts
	now time.Time
}

func (w *Words) at(lang string, now time.Time) teller { return teller{w.in(lang), now} }

// fill puts values in the place of placeholders, given as name, value, name, value. Braces in a value stay as they are.
func fill(text string, pairs ...string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		b.WriteString(before)
		if !found || !closed {
			return b.String()
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				b.WriteString(pairs[i+1])
			}
		}
		text = after
	}
}

// date is a day, with the year where it is another one: "3 November".
func (t teller) date(at time.Time) string {
	at = at.In(t.now.Location())
	day, month := strconv.Itoa(at.Day()), t.Months[at.Month()-1]
	if at.Year() == t.now.Year() {
		return fill(t.Date, "day", day, "month", month)
	}
	return fill(t.DateYear, "day", day, "month", month, "year", strconv.Itoa(at.Year()))
}

// when is a day as one says it: "yesterday", "4 days ago", "on 3 November".
func (t teller) when(at time.Time) string {
	switch days := daysBetween(at, t.now); {
	case days == 0:
		return t.Today
	case days == 1:
		return t.Yesterday
	case days == -1:
		return t.Tomorrow
	case days > 1 && days < 7:
		return fill(t.DaysAgo, "n", strconv.Itoa(days))
	case days < -1 && days > -7:
		return fill(t.InDays, "n", strconv.Itoa(-days))
	}
	return fill(t.OnDate, "date", t.date(at))
}

// daysBetween counts midnights in the zone of b: a day that the clock changes on counts as one.
func daysBetween(a, b time.Time) int {
	a = a.In(b.Location())
	from := time.Date(a.Year(), a.Month(), a.Day(), 0, 0, 0, 0, time.UTC)
	to := time.Date(b.Year(), b.Month(), b.Day(), 0, 0, 0, 0, time.UTC)
	return int(to.Sub(from) / (24 * time.Hour))
}

// name is what the practitioner calls a client.
func (t teller) name(c Case) string {
	if name := shorten(clean(c.Name), nameMost); name != "" {
		return name
	}
	return t.Nobody
}

// quote puts somebody's words in quotation marks, all of them.
func (t teller) quote(words string) string {
	inner := strings.NewReplacer(t.QuoteOpen, t.InnerOpen, t.QuoteClose, t.InnerClose)
	return t.QuoteOpen + inner.Replace(words) + t.QuoteClose
}

// brief puts the beginning of somebody's words in quotation marks.
func (t teller) brief(words string) string { return t.quote(shorten(words, quoteMost)) }

// clean makes one line of what somebody wrote, without characters that are not seen and would turn the text around them.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == utf8.RuneError:
			return ' '
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200B, r == 0x200E, r == 0x200F, r == 0xFEFF:
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// shorten keeps the beginning of a text up to a word, at most most UTF-16 units with the ellipsis. A single long word is
// cut between characters.
func shorten(text string, most int) string {
	if units(text) <= most {
		return text
	}
	end, space, used := 0, 0, 0
	for i, r := range text {
		if r == ' ' {
			space = i
		}
		if used += runeUnits(r); used > most-1 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if text[end] == ' ' {
		space = end
	}
	if space > end/2 {
		end = space
	} else {
		end = wholeUntil(text, end)
	}
	return strings.TrimRight(text[:end], " ,;:.…") + "…"
}

// wholeUntil goes back from a byte offset to where a character as a reader sees it begins.
func wholeUntil(text string, end int) int {
	for end > 0 {
		next, _ := utf8.DecodeRuneInString(text[end:])
		last, size := utf8.DecodeLastRuneInString(text[:end])
		if last != joiner && !joins(next) {
			return end
		}
		end -= size
	}
	return end
}

const joiner = 0x200D // ties two pictures into one

func joins(r rune) bool {
	return r == joiner || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r >= 0x1F3FB && r <= 0x1F3FF
}

// units counts UTF-16 units, as platforms do; never less than characters.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// upper begins a sentence with a capital letter.
func upper(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
