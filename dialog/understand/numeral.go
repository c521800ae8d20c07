package understand

import (
	"math"
	"strconv"
	"strings"
)

// numeralKind is the part that a number word plays in a composed numeral.
type numeralKind uint8

const (
	unitWord    numeralKind = iota + 1 // one to nine
	teenWord                           // closed numerals below a hundred: eleven, veintiuno
	tenWord                            // twenty, treinta: a unit may follow
	hundredWord                        // en "hundred" multiplies; es "doscientos" is a value
	scaleWord                          // thousand, mil, million
)

type numeralWord struct {
	value float64
	kind  numeralKind
}

type numeral struct {
	value float64
	n     int  // tokens
	slip  bool // read through a spelling slip
	word  bool // spelled out
	whole bool // without a decimal part
	fuzzy bool // "1.000": thousand or one?
}

// numeralAt reads the cardinal number that starts at i, in digits or words; n is 0 when there is none.
func (l *Lexicon) numeralAt(toks []token, i int) numeral {
	if i >= len(toks) {
		return numeral{}
	}
	var num numeral
	switch toks[i].kind {
	case digits:
		num = l.digitsAt(toks, i)
	case word:
		num = l.wordsAt(toks, i)
	}
	if num.n == 0 {
		return num
	}
	if half := l.halfAt(toks, i+num.n); half > 0 && num.whole {
		part := max(1, l.numbers.scaleAt(toks, i+num.n-1))
		num.value += part / 2 // of a million too: "un millón y medio"
		num.whole = part > 1
		num.n += half
	}
	return num
}

// halfAt gives the length of "and a half", "y medio" or " 1/2" at i.
func (l *Lexicon) halfAt(toks []token, i int) int {
	if n := l.numbers.half.len(toks, i); n > 0 {
		return n
	}
	if i+2 < len(toks) && toks[i].gap && toks[i].is("1") && toks[i+1].is("/") && toks[i+2].is("2") {
		return 3
	}
	return 0
}

// digitsAt reads digits with grouped thousands and decimals, as the language writes them.
func (l *Lexicon) digitsAt(toks []token, i int) numeral {
	var b strings.Builder
	b.WriteString(toks[i].text)
	num := numeral{n: 1, whole: true}
	group := otherMark(l.numbers.decimal)
	grouped := false
	for glued(toks, i+num.n, group) && len(toks[i+num.n+1].text) == 3 && len(toks[i].text) <= 3 && toks[i].text[0] != '0' {
		b.WriteString(toks[i+num.n+1].text)
		num.n += 2
		grouped = true
	}
	for _, sep := range [...]string{".", ",", "'"} {
		if sep == "'" && group != "." { // "7'5" is how Spanish may write 7,5; in English it is feet and inches
			continue
		}
		if grouped && sep == group || !glued(toks, i+num.n, sep) {
			continue
		}
		part := toks[i+num.n+1].text
		if glued(toks, i+num.n+2, ".") || glued(toks, i+num.n+2, ",") {
			return numeral{} // 1.2.3 is no number
		}
		num.fuzzy = !grouped && len(part) == 3 && (part == "000" || sep == ",")
		num.whole = strings.Trim(part, "0") == ""
		b.WriteString("." + part)
		num.n += 2
		break
	}
	value, err := strconv.ParseFloat(b.String(), 64)
	if err != nil {
		return numeral{}
	}
	num.value = value
	if s := l.numbers.scaleAt(toks, i+num.n); s > 1 && !num.fuzzy { // "1.5 million"
		num.value *= s
		num.whole = num.value == math.Trunc(num.value)
		num.n++
	}
	return num
}

func otherMark(decimal string) string {
	if decimal == "," {
		return "."
	}
	return ","
}

// glued reports whether the mark stands at i and runs into digits after it, without white space.
func glued(toks []token, i int, sep string) bool {
	return i+1 < len(toks) && toks[i].is(sep) && !toks[i].gap && toks[i+1].kind == digits && !toks[i+1].gap
}

// scaleAt gives the value of a scale word at i, or 0.
func (w *numberWords) scaleAt(toks []token, i int) float64 {
	if i < len(toks) {
		if c := w.cardinals[toks[i].text]; c.kind == scaleWord {
			return c.value
		}
	}
	return 0
}

// wordsAt reads a number in words: "ciento veinte", "two thousand five hundred", "seven point five".
func (l *Lexicon) wordsAt(toks []token, i int) numeral {
	w := &l.numbers
	num := numeral{word: true, whole: true}
	if k := w.halfOf.len(toks, i); k > 0 && w.scaleAt(toks, i+k) > 1 {
		num.value, num.n = w.scaleAt(toks, i+k)/2, k+1 // "half a dozen"
		return num
	}
	var total, part float64 // part is what has gathered below the next scale word
	last := numeralKind(0)
	j := i
	for j < len(toks) && toks[j].kind == word {
		joined := j > i && toks[j].is(w.joiner)
		k := j
		if joined {
			k++
		}
		c, slip := w.cardinal(toks, k, l)
		if c.kind == 0 || !w.fits(last, c, joined, part) || last == 0 && c.kind == scaleWord && strings.HasSuffix(toks[k].text, "s") {
			break // "dozens" is no number, "two dozens" is
		}
		switch {
		case c.kind == scaleWord:
			total, part = total+max(part, 1)*c.value, 0
		case c.kind == hundredWord && c.value == 100 && part > 0:
			part *= 100
		default:
			part += c.value
		}
		num.slip = num.slip || slip
		last = c.kind
		j = k + 1
	}
	num.n = j - i
	num.value = total + part
	if num.n > 0 {
		l.pointWords(toks, j, &num)
	}
	return num
}

// pointWords adds the decimals of "seven point five" to a number that ended at j.
func (l *Lexicon) pointWords(toks []token, j int, num *numeral) {
	if n := l.numbers.point.len(toks, j); n > 0 && j+n < len(toks) {
		if c := l.numbers.cardinals[toks[j+n].text]; c.kind == unitWord {
			num.value += c.value / 10
			num.whole = c.value == 0
			num.n += n + 1
		}
	}
}

// fits reports whether a number word may follow what came before it in one numeral.
func (w *numberWords) fits(last numeralKind, c numeralWord, joined bool, part float64) bool {
	switch last {
	case 0:
		return true
	case tenWord:
		return c.kind == unitWord && joined == w.joinsTens || c.kind == scaleWord && !joined
	case hundredWord:
		return c.kind < hundredWord || c.kind == scaleWord && !joined
	case scaleWord:
		return c.kind <= hundredWord
	default:
		if joined {
			return false
		}
		return c.kind == scaleWord || c.kind == hundredWord && c.value == 100 && part > 0 && part < 10 && !w.joinsTens
	}
}

// cardinal looks a word up, forgiving one slip in words of four letters or more.
func (w *numberWords) cardinal(toks []token, i int, l *Lexicon) (numeralWord, bool) {
	if i >= len(toks) || toks[i].kind != word {
		return numeralWord{}, false
	}
	text := toks[i].text
	if c, ok := w.cardinals[text]; ok {
		return c, false
	}
	for ish := range w.ish.byFirst {
		if c, ok := w.cardinals[strings.TrimSuffix(text, ish)]; ok {
			return c, false // "sevenish"
		}
	}
	if len(text) < 4 || len(text) > 14 || l.knows(text) {
		return numeralWord{}, false
	}
	var found numeralWord
	for name, c := range w.cardinals {
		if len(name) < 4 && !doubled(text, name) || !l.near(text, name, 1) {
			continue
		}
		if found.kind != 0 && found.value != c.value {
			return numeralWord{}, false
		}
		found = c
	}
	return found, found.kind != 0
}

// doubled reports whether said is a short word with one of its letters typed twice: "sixx".
func doubled(said, name string) bool {
	if len(name) < 3 || len(said) != len(name)+1 {
		return false
	}
	for i := range name {
		if said[i] != name[i] {
			return i > 0 && said[i] == said[i-1] && said[i+1:] == name[i:]
		}
	}
	return said[len(name)] == said[len(name)-1]
}
