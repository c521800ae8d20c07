package dialog

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

const maxExpression = 500 // bytes

// expression is a compiled condition or value, and what it speaks of.
type expression struct {
	program *vm.Program
	vars    []variable
	sure    []string // names that are certainly answered where the condition holds
	not     []string // names that are certainly answered where it does not
	dated   bool     // it says a day: what it gives depends on today
}

// variable is a name that an expression uses, and what of it.
type variable struct {
	env  string // in the expression's environment
	ref  name
	name string
	of   aspect
}

// aspect is what an expression wants to know of an answer.
type aspect int

const (
	itsValue aspect = iota
	whetherGiven
	asShown
)

func givenEnv(n string) string { return "given " + n }
func shownEnv(n string) string { return "shown " + n }

const todayEnv = "the day today" // no name of an answer

// environment declares the names that an expression speaks of, each with its type: an unknown one, or a number compared
// with a text, is refused at load. The names that it does not speak of are left out, because each would cost time in
// each expression.
func environment(text string, all names) types.Map {
	env := make(types.Map)
	tree, err := parser.Parse(text)
	if err != nil {
		return env // the compiler says what is wrong
	}
	spoken := &flatten{names: all}
	ast.Walk(&tree.Node, spoken)
	for _, v := range spoken.vars {
		switch v.of {
		case whetherGiven:
			env[v.env] = types.Bool
		case asShown:
			env[v.env] = types.String
		default:
			env[v.env] = v.ref.typ.exprType()
		}
	}
	if spoken.dated {
		env[todayEnv] = types.String
	}
	return env
}

func (v valueType) exprType() types.Type {
	switch v {
	case numberType:
		return types.Float64
	case yesNoType:
		return types.Bool
	case listType:
		return types.Array(types.String)
	}
	return types.String
}

func (v valueType) zero() any {
	switch v {
	case numberType:
		return 0.0
	case yesNoType:
		return false
	case listType:
		return []string{}
	}
	return ""
}

// compile reads an expression. Conditions must be true or false.
func (c *check) compile(text string, condition bool, pack *Pack) (*expression, error) {
	if len(text) > maxExpression {
		return nil, fmt.Errorf("the expression is %d bytes long; at most %d are read", len(text), maxExpression)
	}
	flat := &flatten{names: c.names}
	options := []expr.Option{expr.Env(environment(text, c.names)), expr.Patch(flat), expr.MaxNodes(200)}
	options = append(options, functions(pack)...)
	if condition {
		options = append(options, expr.AsBool())
	}
	if c.lenient {
		options = append(options, expr.AllowUndefinedVariables())
	}
	program, err := expr.Compile(text, options...)
	if flat.err != nil {
		return nil, flat.err
	}
	if err != nil {
		problem := err.Error()
		var fe *file.Error
		if errors.As(err, &fe) {
			problem = fe.Message
		}
		return nil, fmt.Errorf("cannot read %q: %s", text, inWords(problem))
	}
	e := &expression{program: program, vars: flat.vars, dated: flat.dated}
	e.sure, e.not = guards(program.Node())
	return e, nil
}

// inWords says what the expression language found in the words of these files.
func inWords(problem string) string {
	problem = strings.NewReplacer(
		"unknown name ", "no answer or input has the name ", "unexpected token EOF", "something is missing at the end",
		"expected bool, but got", "a condition must be true or false, and this is", "mismatched types", "these do not go together:",
	).Replace(problem)
	names := map[string]string{"[]string": "a list", "float64": "a number", "int": "a number", "string": "a text", "bool": "yes or no"}
	return typeNames.ReplaceAllStringFunc(problem, func(s string) string { return names[s] })
}

var typeNames = regexp.MustCompile(`\[\]string|\b(float64|int|string|bool)\b`)

// fits tells whether what an expression gives is of a type, as far as that is known.
func (e *expression) fits(typ valueType) bool {
	t := e.program.Node().Type()
	if t == nil {
		return true
	}
	switch t.Kind() {
	case reflect.String:
		return typ == textType
	case reflect.Float64, reflect.Int:
		return typ == numberType
	case reflect.Bool:
		return typ == yesNoType
	case reflect.Slice:
		return typ == listType
	}
	return true
}

// flatten turns step.answer, given("x"), shown("x") and the day that day(x) is said on into plain variables, and notes
// which are used.
type flatten struct {
	names names
	vars  []variable
	dated bool // day(x) became day(x, today)
	err   error
}

// Visit implements ast.Visitor.
func (f *flatten) Visit(n *ast.Node) {
	switch v := (*n).(type) {
	case *ast.IdentifierNode:
		if ref, ok := f.names[v.Value]; ok {
			f.use(variable{env: v.Value, ref: ref, name: v.Value})
		}
	case *ast.MemberNode:
		f.member(n, v)
	case *ast.CallNode:
		callee, ok := v.Callee.(*ast.IdentifierNode)
		if ok && (callee.Value == "given" || callee.Value == "shown") {
			f.about(n, callee.Value, v.Arguments)
		}
		if ok && callee.Value == "day" && len(v.Arguments) == 1 {
			f.dated = true
			v.Arguments = append(v.Arguments, &ast.IdentifierNode{Value: todayEnv})
		} else if ok && callee.Value == "day" {
			f.err = errors.New("day takes one date, as in day(review)")
		}
	}
}

func (f *flatten) member(n *ast.Node, v *ast.MemberNode) {
	base, ok1 := v.Node.(*ast.IdentifierNode)
	property, ok2 := v.Property.(*ast.StringNode)
	if !ok1 || !ok2 {
		return
	}
	full := base.Value + "." + property.Value
	if ref, ok := f.names[full]; ok {
		ast.Patch(n, &ast.IdentifierNode{Value: full})
		f.use(variable{env: full, ref: ref, name: full})
	}
}

func (f *flatten) about(n *ast.Node, fn string, args []ast.Node) {
	if len(args) != 1 {
		return
	}
	s, ok := args[0].(*ast.StringNode)
	if !ok {
		f.err = fmt.Errorf("%s needs the name of an answer in quotation marks, as in %s(\"sleep\")", fn, fn)
		return
	}
	id := exprName(s.Value)
	ref, ok := f.names[id]
	if !ok {
		f.err = fmt.Errorf("%s(%q): no answer or input has this name", fn, s.Value)
		return
	}
	v := variable{env: givenEnv(id), ref: ref, name: id, of: whetherGiven}
	if fn == "shown" {
		v.env, v.of = shownEnv(id), asShown
	}
	ast.Patch(n, &ast.IdentifierNode{Value: v.env})
	f.use(v)
}

func (f *flatten) use(v variable) {
	if !slices.Contains(f.vars, v) {
		f.vars = append(f.vars, v)
	}
}

// guards finds the names that are certainly given where an expression is true, and where it is false.
func guards(n ast.Node) (whenTrue, whenFalse []string) {
	switch v := n.(type) {
	case *ast.IdentifierNode:
		if g, ok := strings.CutPrefix(v.Value, "given "); ok {
			return []string{g}, nil
		}
	case *ast.UnaryNode:
		if v.Operator == "!" || v.Operator == "not" {
			whenTrue, whenFalse = guards(v.Node)
			return whenFalse, whenTrue
		}
	case *ast.BinaryNode:
		lt, lf := guards(v.Left)
		rt, rf := guards(v.Right)
		switch v.Operator {
		case "and", "&&":
			return append(lt, rt...), nil
		case "or", "||":
			return nil, append(lf, rf...)
		}
	}
	return nil, nil
}

// functions are what expressions can call besides expr's own.
func functions(pack *Pack) []expr.Option {
	text := func(f func(string) string) func(...any) (any, error) {
		return func(args ...any) (any, error) {
			s, _ := args[0].(string)
			return f(s), nil
		}
	}
	is := func(f func(string) bool) func(...any) (any, error) {
		return func(args ...any) (any, error) {
			s, _ := args[0].(string)
			return f(s), nil
		}
	}
	var toText func(string) string
	var toBool func(string) bool
	var about func(string) string
	return []expr.Option{
		expr.Function("quote", text(pack.quote), toText),
		expr.Function("you", text(pack.you), toText),
		expr.Function("day", func(args ...any) (any, error) {
			s, _ := args[0].(string)
			today, _ := args[1].(string)
			return pack.dayText(s, today), nil
		}, pack.dayText),
		expr.Function("short", is(short), toBool),
		expr.Function("silent", is(pack.replies.silent), toBool),
		expr.Function("denies", is(pack.replies.denies), toBool),
		expr.Function("clean", is(pack.replies.clean), toBool),
		expr.Function("span", clockSpan, span),
		expr.Function("between", clockBetween, between),
		expr.Function("falls_in", clockFallsIn, fallsIn),
		// Both are replaced by variables before anything runs; they are declared so that they parse.
		expr.Function("given", func(...any) (any, error) { return false, nil }, toBool),
		expr.Function("shown", func(...any) (any, error) { return "", nil }, about),
	}
}

// value computes an expression. What was not answered is empty, zero or no: a load refuses its use unless guarded.
func (t *turn) value(e *expression) (any, error) {
	env := make(map[string]any, len(e.vars)+1)
	if e.dated {
		env[todayEnv] = t.now.Format(time.DateOnly)
	}
	for _, v := range e.vars {
		a, ok := t.answer(v.ref.key)
		given := ok && !a.Value.IsZero()
		switch v.of {
		case whetherGiven:
			env[v.env] = given
		case asShown:
			env[v.env] = t.shown(a)
		default:
			if env[v.env] = a.Value.Any(); !given {
				env[v.env] = v.ref.typ.zero()
			}
		}
	}
	return expr.Run(e.program, env)
}

// holds computes a condition. One that fails holds not: the flow goes on by its else.
func (t *turn) holds(e *expression) bool {
	v, err := t.value(e)
	b, _ := v.(bool)
	return err == nil && b
}
