package dialog

import (
	"slices"
	"strings"

	"tandem/dialog/understand"
)

const (
	maxLabel   = 40 // characters of a button
	maxRetries = 2  // after three misses help is offered
)

// stepWords are a step's words in one language.
type stepWords struct {
	text, again, note variants
	retry             []*template
	options, parts    map[string]string
}

// variants are the wordings of a text; the first whose condition holds is said.
type variants []variant

type variant struct {
	cond *expression // nil: always
	text *template
	place
}

// say chooses the variant that holds and puts the answers in.
func (t *turn) say(v variants) string {
	for i := range v {
		if v[i].cond == nil || t.holds(v[i].cond) {
			return t.render(v[i].text)
		}
	}
	return ""
}

// rawWords are a step's words as read, before the names are known.
type rawWords struct {
	text, again, note []rawVariant
	retry             []node
	options, parts    map[string]node
	place
}

type rawVariant struct {
	cond *node
	text node
}

// readWords reads a language file: a map from step ids to words.
func readWords(root node) map[string]*rawWords {
	out := make(map[string]*rawWords)
	for _, f := range root.fields() {
		out[f.key] = readStepWords(f)
	}
	return out
}

func readStepWords(f field) *rawWords {
	w := &rawWords{place: f.at}
	if !f.value.isMap() {
		w.text = readVariants(f.value)
		return w
	}
	for _, g := range f.value.fields() {
		switch g.key {
		case "text":
			w.text = readVariants(g.value)
		case "again":
			w.again = readVariants(g.value)
		case "note":
			w.note = readVariants(g.value)
		case "retry":
			w.retry = []node{g.value}
			if g.value.isList() {
				w.retry = g.value.items()
			}
		case "options":
			w.options = readLabels(g.value)
		case "parts":
			w.parts = readLabels(g.value)
		default:
			g.at.fail("a step's words have the keys text, again, retry, options, parts and note, not %q", g.key)
		}
	}
	return w
}

func readVariants(n node) []rawVariant {
	if !n.isList() {
		return []rawVariant{{text: n}}
	}
	var out []rawVariant
	for _, item := range n.items() {
		var v rawVariant
		for _, f := range item.fields() {
			switch f.key {
			case "if":
				cond := f.value
				v.cond = &cond
			case "text":
				v.text = f.value
			default:
				f.at.fail("a variant of a text has the keys if and text, not %q", f.key)
			}
		}
		if v.text.ast == nil {
			item.fail("this variant has no text")
			continue
		}
		out = append(out, v)
	}
	return out
}

func readLabels(n node) map[string]node {
	out := make(map[string]node)
	for _, f := range n.fields() {
		out[f.key] = f.value
	}
	return out
}

// stepWords compiles a step's words and compares them with what the step needs.
func (c *check) stepWords(s *step, raw *rawWords, need needs, pack *Pack) *stepWords {
	w := &stepWords{}
	w.text = c.variants(raw.text, pack)
	w.again = c.variants(raw.again, pack)
	w.note = c.variants(raw.note, pack)
	if need.text && len(raw.text) == 0 {
		raw.fail("step %q says something, but has no text here", s.id)
	}
	if len(raw.retry) > maxRetries {
		raw.retry[maxRetries].fail("at most %d retries are ever said: after the next miss help is offered", maxRetries)
	}
	for _, n := range raw.retry {
		if tpl := c.text(n, pack); tpl != nil {
			w.retry = append(w.retry, tpl)
		}
	}
	w.options = c.labels(s, raw.options, need.options, need.may, raw.place, pack)
	w.parts = c.labels(s, raw.parts, need.parts, nil, raw.place, pack)
	return w
}

func (c *check) variants(raw []rawVariant, pack *Pack) variants {
	var out variants
	for i, r := range raw {
		v := variant{text: c.text(r.text, pack), place: r.text.place}
		last := i == len(raw)-1
		switch {
		case r.cond == nil && !last:
			r.text.fail("only the last variant goes without an if; those after it would never be said")
		case r.cond != nil && last:
			r.text.fail("the last variant must go without an if, so that there is always something to say")
		case r.cond != nil:
			e, err := c.compile(r.cond.str(), true, pack)
			if err != nil {
				r.cond.fail("%v", err)
				continue
			}
			v.cond = e
		}
		if v.text != nil {
			out = append(out, v)
		}
	}
	return out
}

func (c *check) text(n node, pack *Pack) *template {
	text := n.str()
	if text == "" {
		if n.isText() { // what is none was refused as that
			n.fail("this text is empty")
		}
		return nil
	}
	tpl, err := c.template(text, pack)
	if err != nil {
		n.fail("%v", err)
		return nil
	}
	return tpl
}

// labels compares the labels that are there with those that must and may be there.
func (c *check) labels(s *step, raw map[string]node, must, may []string, at place, pack *Pack) map[string]string {
	if len(raw) == 0 && len(must) == 0 {
		return nil
	}
	known := make(map[string]bool)
	for _, id := range append(append([]string{}, must...), may...) {
		known[id] = true
	}
	out := make(map[string]string, len(raw))
	used := make(map[string]string) // by the label as it would be typed
	for _, id := range sortedKeys(raw) {
		n := raw[id]
		label := n.str()
		typed := understand.Normalize(label)
		switch {
		case !known[id]:
			n.fail("step %q has nothing called %q; take this label away", s.id, id)
		case len([]rune(label)) > maxLabel:
			n.fail("the label has %d characters; a button shows at most %d", len([]rune(label)), maxLabel)
		case label == "":
			n.fail("this label is empty")
		case strings.ContainsAny(label, "\r\n"):
			n.fail("a label is one line")
		case used[typed] != "":
			n.fail("the labels of %q and %q are the same", used[typed], id)
		case c.reserved(label):
			n.fail("%q already means something at any time (back, skip, pause, stop, help, ...); find another label", label)
		}
		used[typed] = id
		out[id] = label
	}
	var missing []string
	for _, id := range must {
		if _, ok := raw[id]; !ok {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	for _, id := range missing {
		at.fail("step %q: the label of %q is missing in %s", s.id, id, pack.Code)
	}
	return out
}

// reserved tells whether a label is a word that means something at any time, in any language.
func (c *check) reserved(label string) bool {
	for _, p := range c.packs {
		if _, ok := p.lexicon.Reserved(label); ok {
			return true
		}
	}
	return false
}
