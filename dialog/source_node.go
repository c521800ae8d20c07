package dialog

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

const (
	maxSource = 1 << 20 // bytes of one file
	maxDepth  = 8       // levels of nesting in one file; ours have five
)

// node is a piece of a YAML file that knows its place. Reading one wrongly notes an error and gives a zero value, so
// that reading goes on.
type node struct {
	place
	ast ast.Node
}

// field is a key of a mapping with its value.
type field struct {
	key   string
	at    place
	value node
}

// parse reads a file into its root node; ok is false where nothing could be read.
func (s *source) parse(body string) (root node, ok bool) {
	top := place{src: s, line: 1, column: 1}
	if len(body) > maxSource {
		top.fail("the file is more than %d bytes long; at most so many are read: make several flows of it", maxSource)
		return node{}, false
	}
	if depth := max(flowDepth(body), indicators(body)); depth > 4*maxDepth {
		top.fail("this is nested %d deep; at most %d levels are read", depth, maxDepth)
		return node{}, false
	}
	if problem := badText(body); problem != "" {
		top.fail("%s", problem)
		return node{}, false
	}
	file, err := parser.ParseBytes([]byte(body), 0)
	if err != nil {
		s.syntax(err)
		return node{}, false
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		top.fail("the file must hold one YAML document; it holds %d", len(file.Docs))
		return node{}, false
	}
	root = s.node(file.Docs[0].Body)
	return root, root.plain(0)
}

// badText says what in a file is not text.
func badText(body string) string {
	switch i := strings.IndexByte(body, 0); {
	case i >= 0:
		return "the file holds a NUL byte; it should be plain text"
	case !utf8.ValidString(body):
		return "the file is not UTF-8; save it as UTF-8"
	}
	return ""
}

// flowDepth is how deep brackets nest, counted without parsing: the parser recurses, and a file of brackets must not
// exhaust the stack.
func flowDepth(body string) (deepest int) {
	depth := 0
	for i := range len(body) {
		switch body[i] {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return deepest
}

// indicators is how many dashes or question marks open one line, each a level deeper.
func indicators(body string) (most int) {
	for line := range strings.Lines(body) {
		n := 0
		for i := 0; i+1 < len(line) && strings.IndexByte(" -?\t", line[i]) >= 0; i++ {
			if line[i] != ' ' && line[i] != '\t' && (line[i+1] == ' ' || line[i+1] == '\t') {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func (s *source) syntax(err error) {
	at := place{src: s, line: 1, column: 1}
	message := err.Error()
	var syn *yaml.SyntaxError
	if errors.As(err, &syn) {
		message = syn.GetMessage()
		if tk := syn.GetToken(); tk != nil && tk.Position != nil {
			at.line, at.column = tk.Position.Line, tk.Position.Column
		}
	}
	if at.line <= len(s.lines) {
		message = s.inWords(message, at)
	}
	at.fail("this is not YAML: %s", message)
}

// inWords says what an author most often did where the parser only says where it stopped.
func (s *source) inWords(message string, at place) string {
	line := s.lines[at.line-1]
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	switch {
	case strings.Contains(indent, "\t"):
		return "a line begins with a tab; indent with spaces, two for each level"
	case strings.HasPrefix(message, "mapping value is not allowed") && twoColons.MatchString(line):
		return "a text that has a colon with a space or nothing behind it stands in quotation marks, as in key: \"One thing: what is it?\""
	case strings.HasPrefix(message, "mapping value is not allowed"):
		return "the next line is indented deeper, as if it belonged to this one, which has a value already; indent both alike"
	case strings.Contains(message, "value is not allowed in this context"):
		return "something stands behind the value; a text that begins with a quotation mark, a bracket, a brace or * stands in quotation marks as a whole"
	}
	return message
}

// twoColons is a line with a key, a value without quotation marks, and another colon in that.
var twoColons = regexp.MustCompile(`^[ -]*[^:"']+:\s+[^"'\s].*:(\s|$)`)

func (s *source) node(n ast.Node) node {
	at := place{src: s, line: 1, column: 1}
	if n != nil {
		if tk := n.GetToken(); tk != nil && tk.Position != nil {
			at.line, at.column = tk.Position.Line, tk.Position.Column
		}
		if m, isMap := n.(*ast.MappingNode); isMap && len(m.Values) > 0 && !m.IsFlowStyle {
			if tk := m.Values[0].Key.GetToken(); tk != nil {
				at.line, at.column = tk.Position.Line, tk.Position.Column
			}
		}
	}
	return node{place: at, ast: n}
}

// plain refuses what our files have no use for and what makes a small file expand into a large one.
func (n node) plain(depth int) bool {
	if depth > maxDepth {
		n.fail("this is nested more than %d levels deep", maxDepth)
		return false
	}
	switch v := n.ast.(type) {
	case *ast.AliasNode, *ast.AnchorNode, *ast.MergeKeyNode, *ast.TagNode:
		n.fail("anchors, aliases, merge keys and tags are not used in these files; write the value out")
		return false
	case *ast.MappingNode:
		for _, kv := range v.Values {
			if kv.Key.IsMergeKey() {
				n.src.node(kv.Key).fail("anchors, aliases, merge keys and tags are not used in these files; write the value out")
				return false
			}
			if !n.src.node(kv.Value).plain(depth + 1) {
				return false
			}
		}
	case *ast.SequenceNode:
		for _, item := range v.Values {
			if !n.src.node(item).plain(depth + 1) {
				return false
			}
		}
	}
	return true
}

// fields lists a mapping's keys in the order of the file; keys may not repeat.
func (n node) fields() []field {
	m, ok := n.ast.(*ast.MappingNode)
	if !ok {
		if _, null := n.ast.(*ast.NullNode); !null {
			n.fail("this should be a map of keys and values")
		}
		return nil
	}
	seen := make(map[string]bool, len(m.Values))
	out := make([]field, 0, len(m.Values))
	for _, kv := range m.Values {
		key := n.src.node(kv.Key)
		name := scalar(kv.Key)
		if seen[name] {
			key.fail("the key %q stands here twice", name)
			continue
		}
		seen[name] = true
		out = append(out, field{key: name, at: key.place, value: n.src.node(kv.Value)})
	}
	return out
}

func (n node) isMap() bool { _, ok := n.ast.(*ast.MappingNode); return ok }

func (n node) isList() bool { _, ok := n.ast.(*ast.SequenceNode); return ok }

func (n node) items() []node {
	seq, ok := n.ast.(*ast.SequenceNode)
	if !ok {
		n.fail("this should be a list")
		return nil
	}
	out := make([]node, 0, len(seq.Values))
	for _, item := range seq.Values {
		out = append(out, n.src.node(item))
	}
	return out
}

// scalar is a scalar's text as it was written, whatever type YAML gives it: a step may be called "on" or "7".
func scalar(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	case ast.ScalarNode:
		return v.GetToken().Value
	case ast.MapKeyNode:
		return v.GetToken().Value
	}
	return ""
}

func (n node) str() string {
	switch v := n.ast.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return strings.TrimRight(scalar(n.ast), "\n")
	case *ast.NullNode:
		n.fail("a value is missing here")
	case ast.ScalarNode:
		return v.GetToken().Value
	case *ast.MappingNode, *ast.MappingValueNode:
		n.fail("this should be a single value, not a map; a text with a colon in it stands in quotation marks")
	default:
		n.fail("this should be a single value, not a list")
	}
	return ""
}

// isText tells whether this is written as a text, perhaps an empty one.
func (n node) isText() bool {
	switch n.ast.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return true
	}
	return false
}

func (n node) oneOf(allowed ...string) string {
	s := n.str()
	for _, a := range allowed {
		if s == a {
			return s
		}
	}
	n.fail("%q is not known here; write one of: %s", s, strings.Join(allowed, ", "))
	return allowed[0]
}

func (n node) boolean() bool { return n.oneOf("false", "true") == "true" }

func (n node) number() float64 {
	f, err := strconv.ParseFloat(n.str(), 64)
	if err != nil || f != f || f > 1e12 || f < -1e12 {
		n.fail("this should be a number")
		return 0
	}
	return f
}

func (n node) integer(lowest, highest int) int {
	i, err := strconv.Atoi(n.str())
	if err != nil || i < lowest || i > highest {
		n.fail("this should be a whole number from %d to %d", lowest, highest)
		return lowest
	}
	return i
}

func (n node) duration() time.Duration {
	d, err := time.ParseDuration(n.str())
	if err != nil || d < time.Minute || d > 366*24*time.Hour {
		n.fail("this should be a time from 1m to 8784h, such as 48h or 90m")
		return time.Hour
	}
	return d
}
