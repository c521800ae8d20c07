package dialog

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	maxText     = 4000 // bytes of one text, before answers are put in
	usualAnswer = 30   // bytes
)

// template is a text with holes.
type template struct {
	segments []segment
	vars     []variable
	room     int // bytes that the text is likely to have
}

// segment is a literal, a name, or an expression.
type segment struct {
	literal string
	key     string
	expr    *expression
}

var simpleHole = regexp.MustCompile(`^[a-z0-9]+([_-][a-z0-9]+)*(\.[a-z0-9]+([_-][a-z0-9]+)*)*$`)

// template reads a text. "{name}" is an answer, "{any expression}" its value, "{{" a brace.
func (c *check) template(text string, pack *Pack) (*template, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("the text is %d bytes long; at most %d fit a message", len(text), maxText)
	}
	tpl := &template{}
	var literal strings.Builder
	for rest := text; rest != ""; {
		i := strings.IndexAny(rest, "{}")
		if i < 0 {
			literal.WriteString(rest)
			break
		}
		literal.WriteString(rest[:i])
		if strings.HasPrefix(rest[i:], "{{") || strings.HasPrefix(rest[i:], "}}") {
			literal.WriteByte(rest[i])
			rest = rest[i+2:]
			continue
		}
		end := strings.IndexByte(rest[i:], '}')
		if rest[i] == '}' || end < 0 {
			return nil, fmt.Errorf("a brace has no partner; write {{ or }} for a brace itself")
		}
		tpl.segments = appendLiteral(tpl.segments, &literal)
		if err := c.hole(tpl, strings.TrimSpace(rest[i+1:i+end]), pack); err != nil {
			return nil, err
		}
		rest = rest[i+end+1:]
	}
	tpl.segments = appendLiteral(tpl.segments, &literal)
	tpl.room = len(text) + usualAnswer*len(tpl.vars)
	return tpl, nil
}

func appendLiteral(segments []segment, b *strings.Builder) []segment {
	if b.Len() > 0 {
		segments = append(segments, segment{literal: b.String()})
		b.Reset()
	}
	return segments
}

func (c *check) hole(tpl *template, inside string, pack *Pack) error {
	if simpleHole.MatchString(inside) {
		id := exprName(inside)
		ref, ok := c.names[id]
		if ok || c.lenient {
			tpl.segments = append(tpl.segments, segment{key: ref.key})
			tpl.vars = append(tpl.vars, variable{env: id, ref: ref, name: id})
			return nil
		}
		return fmt.Errorf("{%s}: no answer or input of this flow has this name%s", inside, c.nearest(id))
	}
	e, err := c.compile(inside, false, pack)
	if err != nil {
		return err
	}
	tpl.segments = append(tpl.segments, segment{expr: e})
	tpl.vars = append(tpl.vars, e.vars...)
	return nil
}

// render puts the answers in.
func (t *turn) render(tpl *template) string {
	if len(tpl.segments) == 1 && tpl.segments[0].literal != "" {
		return tpl.segments[0].literal
	}
	var b strings.Builder
	b.Grow(tpl.room)
	for i := range tpl.segments {
		switch s := &tpl.segments[i]; {
		case s.literal != "":
			b.WriteString(s.literal)
		case s.expr != nil:
			v, err := t.value(s.expr)
			if err == nil {
				b.WriteString(t.showAny(v))
			}
		default:
			a, _ := t.answer(s.key)
			b.WriteString(t.shown(a))
		}
	}
	return b.String()
}

// shown is an answer as the person saw it.
func (t *turn) shown(a Answer) string {
	switch {
	case a.Shown != "":
		return a.Shown
	case a.Value.Text != nil:
		return *a.Value.Text
	case a.Value.Num != nil:
		return t.pack.number(*a.Value.Num)
	}
	return t.showAny(a.Value.Any())
}

func (t *turn) showAny(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return t.pack.number(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		if v {
			return t.pack.Labels.Yes
		}
		return t.pack.Labels.No
	case []string:
		return t.join(v)
	}
	return fmt.Sprint(v)
}

// join is a list as it is said: "home, money and health".
func (t *turn) join(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + t.pack.Labels.And + " " + items[last]
}
