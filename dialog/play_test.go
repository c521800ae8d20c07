package dialog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tandem/dialog"
	"tandem/dialog/transcript"
)

// stage plays a transcript on the engine alone. Between any two steps everything is written and read again, and the
// engine is given only the answers that it asked for.
type stage struct {
	t       testing.TB
	lib     *dialog.Library
	session []byte
	answers map[string]json.RawMessage
	needs   []string
	all     bool
	now     time.Time
	wake    time.Time
	turn    uint64
	ended   bool
	remind  bool     // what was said last was a reminder
	effects []string // what is kept, in words
	given   []dialog.Answer
	trace   []string // every state, byte for byte
}

type head struct {
	Flow string         `yaml:"flow"`
	Lang string         `yaml:"lang"`
	At   string         `yaml:"at"`
	Zone string         `yaml:"zone"`
	With map[string]any `yaml:"with"`
}

func (s *stage) Begin(text string) ([]dialog.Message, error) {
	var h head
	if err := yaml.UnmarshalWithOptions([]byte(text), &h, yaml.Strict()); err != nil {
		return nil, err
	}
	s.now = time.Date(2026, 3, 9, 7, 10, 0, 0, time.UTC)
	if h.At != "" {
		at, err := time.Parse(time.RFC3339, h.At)
		if err != nil {
			return nil, err
		}
		s.now = at
	}
	s.answers = make(map[string]json.RawMessage)
	inputs, err := values(h.With)
	if err != nil {
		return nil, err
	}
	session := &dialog.Session{ID: "s1", Lang: h.Lang}
	result, err := s.lib.Begin(session, h.Flow, dialog.Context{Now: s.now, Inputs: inputs, All: true})
	if err != nil {
		return nil, err
	}
	return s.done(session, result)
}

func values(with map[string]any) (map[string]dialog.Value, error) {
	out := make(map[string]dialog.Value)
	for n, v := range with {
		data, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		var value dialog.Value
		if err := json.Unmarshal(data, &value); err != nil {
			return nil, err
		}
		out[n] = value
	}
	return out, nil
}

func (s *stage) Input(in dialog.Input) ([]dialog.Message, error) {
	if s.ended {
		return nil, fmt.Errorf("the conversation is over")
	}
	run := func(all bool) (*dialog.Session, dialog.Result, error) {
		session := new(dialog.Session)
		if err := json.Unmarshal(s.session, session); err != nil {
			return nil, dialog.Result{}, err
		}
		answers, err := s.load(all)
		if err != nil {
			return nil, dialog.Result{}, err
		}
		result, err := s.lib.Step(session, dialog.Context{Now: s.now, Answers: answers, All: all}, in)
		return session, result, err
	}
	session, result, err := run(s.all)
	if err != nil || !s.all {
		full, fullResult, fullErr := run(true)
		if err != nil {
			session, result, err = full, fullResult, fullErr
		} else {
			s.same(result.Effects, fullResult.Effects)
			s.same(result.Answers, fullResult.Answers)
			s.same(session, full)
		}
	}
	if err != nil {
		return nil, err
	}
	return s.done(session, result)
}

func (s *stage) same(needed, all any) {
	s.t.Helper()
	if diff := cmp.Diff(needed, all); diff != "" {
		s.t.Errorf("a step that was given only what it needed came out otherwise (-needed +all):\n%s", diff)
	}
}

func (s *stage) load(all bool) (map[string]dialog.Answer, error) {
	out := make(map[string]dialog.Answer)
	wanted := s.needs
	if all {
		wanted = nil
		for key := range s.answers {
			wanted = append(wanted, key)
		}
	}
	for _, key := range wanted {
		if data, ok := s.answers[key]; ok {
			var a dialog.Answer
			if err := json.Unmarshal(data, &a); err != nil {
				return nil, err
			}
			out[key] = a
		}
	}
	return out, nil
}

func (s *stage) done(session *dialog.Session, r dialog.Result) ([]dialog.Message, error) {
	data, err := json.Marshal(session)
	if err != nil {
		return nil, err
	}
	s.session, s.needs, s.all, s.wake, s.ended = data, r.Needs, r.All, r.Wake, r.Ended
	s.turn, s.remind = session.DueTurn, r.Reminded
	for key, a := range r.Answers {
		delete(s.answers, key)
		if a != nil {
			if s.answers[key], err = json.Marshal(a); err != nil {
				return nil, err
			}
		}
	}
	if r.Given != nil {
		s.given = append(s.given, *r.Given)
	}
	state, err := json.Marshal(map[string]any{"session": session, "answers": s.answers, "result": r})
	if err != nil {
		return nil, err
	}
	s.trace = append(s.trace, string(state))
	var out []dialog.Message
	for _, e := range r.Effects {
		if tell, ok := e.(dialog.Tell); ok {
			out = append(out, tell.Message)
			continue
		}
		if err := s.keep(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *stage) keep(e dialog.Effect) error {
	var said string
	var fields any
	switch e := e.(type) {
	case dialog.Record:
		said, fields = e.Kind+" "+e.Do, e.Fields
		if e.Again {
			said += " again"
		}
	case dialog.Retract:
		said, fields = "retract "+e.Kind+" of "+e.Flow+"/"+e.Step, ""
	case dialog.Share:
		said, fields = "share "+e.Audience, e.Fields
	case dialog.Unshare:
		said, fields = "unshare "+e.Audience, e.Fields
	case dialog.Start:
		said, fields = "start "+e.Flow, e.With
	case dialog.Cancel:
		said, fields = "cancel "+e.Flow, ""
	default:
		return nil
	}
	data, err := json.Marshal(fields)
	s.effects = append(s.effects, said+" "+string(data)+"; ")
	return err
}

func (s *stage) Wait(d time.Duration) ([]dialog.Message, error) {
	s.now = s.now.Add(d)
	if s.wake.IsZero() || s.now.Before(s.wake) {
		return nil, nil
	}
	return s.Input(dialog.Input{Kind: dialog.Expire, Turn: s.turn})
}

func (s *stage) Kept(string) (string, error) {
	out := strings.Join(s.effects, "")
	if s.ended {
		out += "ended"
	}
	return out, nil
}

// folder turns an archive's files into a folder of flows; its other files stay.
func folder(archive *txtar.Archive) (flows fstest.MapFS, rest map[string]string) {
	flows, rest = fstest.MapFS{}, map[string]string{}
	for _, f := range archive.Files {
		if len(f.Name) > 5 && f.Name[len(f.Name)-5:] == ".yaml" {
			flows[f.Name] = &fstest.MapFile{Data: f.Data}
			continue
		}
		rest[f.Name] = string(f.Data)
	}
	return flows, rest
}

// loaded loads an archive's flows. Its file "patience", where it has one, is how long the application waits before it
// reminds, and then before the conversation rests.
func loaded(t testing.TB, archive *txtar.Archive) (lib *dialog.Library, transcripts map[string]string) {
	t.Helper()
	flows, rest := folder(archive)
	var loader dialog.Loader
	for i, wait := range strings.Fields(rest["patience"]) {
		d, err := time.ParseDuration(wait)
		if err != nil {
			t.Fatal(err)
		}
		*[]*time.Duration{&loader.Patience.Remind, &loader.Patience.Rest}[i] = d
	}
	delete(rest, "patience")
	lib, err := loader.Load(flows)
	if err != nil {
		t.Fatal(err)
	}
	return lib, rest
}

// play plays a transcript and compares what comes out.
func play(t *testing.T, lib *dialog.Library, text string) {
	t.Helper()
	want, err := transcript.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := want.Play(&stage{t: t, lib: lib})
	if err != nil {
		t.Error(err)
	}
	if got != nil {
		if diff := cmp.Diff(text, got.Write()); diff != "" {
			t.Errorf("the conversation came out otherwise (-written +played):\n%s", diff)
			if testing.Verbose() {
				t.Log(got.Write())
			}
		}
	}
}
