package flows_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"tandem/bot/flows"
	"tandem/dialog"
)

var update = flag.Bool("update", false, "write the bot's side of every transcript anew")

// Every transcript comes out word for word.
func TestTranscripts(t *testing.T) {
	library, err := dialog.Load(flows.FS())
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(flows.FS(), "*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(name, ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := newPlayer(t, library, name, string(data))
			got := p.play()
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the conversation came out otherwise (-written +said):\n%s", diff)
			}
		})
	}
}

// head is what stands before a conversation.
type head struct {
	Flow    string         `yaml:"flow"`
	Lang    string         `yaml:"lang"`
	At      string         `yaml:"at"`
	Zone    string         `yaml:"zone"`
	Consent *bool          `yaml:"consent"`
	With    map[string]any `yaml:"with"`
	Goals   []goal         `yaml:"goals"`
}

type goal struct {
	ID       string  `yaml:"id"`
	Words    string  `yaml:"words"`
	Why      string  `yaml:"why"`
	Step     string  `yaml:"step"`
	Obstacle string  `yaml:"obstacle"`
	Plan     string  `yaml:"plan"`
	Status   string  `yaml:"status"`
	Until    string  `yaml:"until"`
	History  string  `yaml:"history"`
	Rating   float64 `yaml:"rating"`
}

// player plays the client's side of a transcript to the engine and writes down what comes of it.
type player struct {
	t       *testing.T
	library *dialog.Library
	head    head
	headRaw string
	body    []string
	now     time.Time
	session *dialog.Session
	answers map[string]dialog.Answer
	asked   []dialog.Message
	kept    []dialog.Record
	out     strings.Builder
	started int
}

func newPlayer(t *testing.T, library *dialog.Library, name, text string) *player {
	t.Helper()
	raw, body, ok := strings.Cut(text, "---\n")
	if !ok {
		t.Fatal("a transcript needs a head, closed by ---")
	}
	p := &player{t: t, library: library, headRaw: raw, body: strings.Split(strings.TrimRight(body, "\n"), "\n")}
	p.head.Lang = strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".txt")), ".")
	if err := yaml.UnmarshalWithOptions([]byte(raw), &p.head, yaml.Strict()); err != nil {
		t.Fatalf("read the head: %v", err)
	}
	zone, err := time.LoadLocation(or(p.head.Zone, "UTC"))
	if err != nil {
		t.Fatal(err)
	}
	if p.now, err = time.Parse(time.RFC3339, p.head.At); err != nil {
		t.Fatal(err)
	}
	p.now = p.now.In(zone)
	return p
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

var later = regexp.MustCompile(`^\((\d+) (minute|hour|day|week)s? later\)$`)

func (p *player) play() string {
	p.out.WriteString(p.headRaw + "---\n")
	p.begin(p.head.Flow, p.head.With)
	for _, line := range p.body {
		switch {
		case strings.HasPrefix(line, "Client: "):
			p.out.WriteString(line + "\n")
			p.step(p.input(strings.TrimPrefix(line, "Client: ")))
		case later.MatchString(line):
			p.out.WriteString(line + "\n")
			p.wait(line)
		case strings.HasPrefix(line, "Kept: "):
			p.out.WriteString(line + "\n")
			p.check(strings.TrimPrefix(line, "Kept: "))
		case strings.HasPrefix(line, "#"):
			p.out.WriteString(line + "\n")
		}
	}
	return p.out.String()
}

func (p *player) wait(line string) {
	m := later.FindStringSubmatch(line)
	n := 0
	_, _ = fmt.Sscan(m[1], &n)
	unit := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour}[m[2]]
	p.now = p.now.Add(time.Duration(n) * unit)
	if !p.session.Due.IsZero() && !p.now.Before(p.session.Due) {
		p.step(dialog.Input{Kind: dialog.Expire, Turn: p.session.DueTurn})
	}
}

// input reads what a client does: types, presses a button, or sends something that is not text.
func (p *player) input(said string) dialog.Input {
	if m := regexp.MustCompile(`^\((photo|sticker|voice|video|document|location|contact|other)\)$`).FindStringSubmatch(said); m != nil {
		return dialog.Input{Kind: dialog.Media, Media: m[1]}
	}
	if !strings.HasPrefix(said, "[") {
		return dialog.Input{Kind: dialog.Text, Text: said}
	}
	label := strings.Trim(said, "[]")
	for i := len(p.asked) - 1; i >= 0; i-- {
		for _, b := range p.asked[i].Buttons {
			if b.Label == label {
				return dialog.Input{Kind: dialog.Press, Prompt: p.asked[i].Prompt, Choice: b.ID}
			}
		}
	}
	p.t.Fatalf("no button says %q", label)
	return dialog.Input{}
}

func (p *player) begin(flow string, with map[string]any) {
	f := p.library.Flow(flow)
	if f == nil {
		p.t.Fatalf("there is no flow %q", flow)
	}
	p.started++
	p.session, p.answers = &dialog.Session{ID: fmt.Sprint("s", p.started), Lang: p.head.Lang}, make(map[string]dialog.Answer)
	p.do(func(ctx dialog.Context) (dialog.Result, error) { return p.library.Begin(p.session, flow, ctx) }, with)
}

func (p *player) step(in dialog.Input) {
	if len(p.session.Frames) == 0 {
		p.t.Fatalf("the conversation was over before %+v", in)
	}
	p.do(func(ctx dialog.Context) (dialog.Result, error) { return p.library.Step(p.session, ctx, in) }, nil)
}

// do makes one step on a copy of the session, as the application would.
func (p *player) do(step func(dialog.Context) (dialog.Result, error), with map[string]any) {
	before, err := p.session.Clone()
	if err != nil {
		p.t.Fatal(err)
	}
	ctx := dialog.Context{Now: p.now, Answers: p.answers, All: true, Inputs: p.inputs(with)}
	result, err := step(ctx)
	var wants *dialog.NeedInputsError
	if errors.As(err, &wants) {
		p.t.Fatalf("the flow %q wants inputs that the player does not know: %v", wants.Flow, wants.Names)
	}
	if err != nil {
		p.t.Fatalf("after %+v: %v", before, err)
	}
	for key, a := range result.Answers {
		if a == nil {
			delete(p.answers, key)
			continue
		}
		p.answers[key] = *a
	}
	for _, e := range result.Effects {
		p.effect(e)
	}
}

func (p *player) effect(e dialog.Effect) {
	switch e := e.(type) {
	case dialog.Tell:
		p.bubble(e.Message)
	case dialog.Record:
		p.kept = append(p.kept, e)
	case dialog.Start:
		p.begin(e.Flow, e.With)
	}
}

func (p *player) bubble(m dialog.Message) {
	p.out.WriteString("Tandem: " + strings.ReplaceAll(m.Text, "\n", "\n  ") + "\n")
	if len(m.Buttons) > 0 {
		p.asked = append(p.asked, m)
		labels := make([]string, len(m.Buttons))
		for i, b := range m.Buttons {
			labels[i] = "[" + b.Label + "]"
		}
		p.out.WriteString("  " + strings.Join(labels, " ") + "\n")
	}
}

// inputs are what the application would hand to any flow.
func (p *player) inputs(with map[string]any) map[string]dialog.Value {
	var open []dialog.Option
	active := 0.0
	for _, g := range p.head.Goals {
		if g.Status != "achieved" && g.Status != "let-go" {
			open = append(open, dialog.Option{ID: g.ID, Label: g.Words})
		}
		if g.Status == "" || g.Status == "active" {
			active++
		}
	}
	in := map[string]dialog.Value{
		"name": dialog.TextValue(""), "practitioner": dialog.TextValue(""), "tier": dialog.TextValue(""), "goal": dialog.TextValue(""),
		"resource": dialog.TextValue("Example Line, 555 0100, day and night"),
		"goals":    dialog.OptionsValue(open), "active_goals": dialog.NumberValue(active),
		"languages": dialog.OptionsValue([]dialog.Option{{ID: "en", Label: "English"}, {ID: "es", Label: "Español"}}),
	}
	if p.head.Lang == "es" {
		in["resource"] = dialog.TextValue("Línea de Ejemplo, 555 0100, día y noche")
	}
	for _, values := range []map[string]any{p.head.With, with} {
		for n, v := range values {
			switch number := v.(type) {
			case uint64:
				v = float64(number)
			case int64:
				v = float64(number)
			}
			value, err := dialog.ValueOf(v)
			if err != nil {
				p.t.Fatal(err)
			}
			in[n] = value
		}
	}
	var g goal
	for _, known := range p.head.Goals {
		if id := in["goal"].Text; id != nil && known.ID == *id {
			g = known
		}
	}
	in["goal_words"], in["goal_why"], in["goal_step"] = dialog.TextValue(g.Words), dialog.TextValue(g.Why), dialog.TextValue(g.Step)
	in["goal_obstacle"], in["goal_plan"] = dialog.TextValue(g.Obstacle), dialog.TextValue(g.Plan)
	in["goal_status"], in["goal_paused_until"] = dialog.TextValue(or(g.Status, "active")), dialog.TextValue(g.Until)
	in["goal_history"], in["goal_rating"] = dialog.TextValue(g.History), dialog.NumberValue(-1)
	if g.Rating > 0 {
		in["goal_rating"] = dialog.NumberValue(g.Rating)
	}
	return in
}

var keptLine = regexp.MustCompile(`^(\S+) (\S+) = (.*)$`)

// check sees that something was kept: "goal words = lay the clothes out", "goal do = pause".
func (p *player) check(line string) {
	m := keptLine.FindStringSubmatch(line)
	if m == nil {
		p.t.Fatalf("cannot read %q; write: Kept: goal words = something", line)
	}
	var all []string
	for _, r := range p.kept {
		all = append(all, fmt.Sprintf("%s %s %v", r.Kind, r.Do, r.Fields))
		if r.Kind == m[1] && (m[2] == "do" && r.Do == m[3] || fmt.Sprint(r.Fields[m[2]]) == m[3]) {
			return
		}
	}
	p.t.Errorf("not kept: %s\nwhat was kept: %s", line, strings.Join(all, "\n"))
}
