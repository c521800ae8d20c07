package dialog

import "slices"

// recordKind keeps something: what it means is the application's business.
type recordKind struct {
	record, do string
	fields     map[string]fieldExpr
}

func (k *recordKind) read(f field) bool {
	switch f.key {
	case "record":
		k.record = f.value.str()
	case "do":
		k.do = f.value.str()
	case "fields":
		k.fields = readExprs(f.value)
	default:
		return false
	}
	return true
}

func (k *recordKind) check(c *check, s *step) needs {
	if k.record == "" || k.do == "" {
		s.fail("step %q: say what is kept with record: and what becomes of it with do:", s.id)
	}
	c.records(s, k)
	c.fieldExprs(k.fields)
	return needs{}
}

func (k *recordKind) run(t *turn, s *step) (string, error) {
	fields, err := t.values(k.fields)
	if err != nil {
		return "", err
	}
	t.emit(Record{Kind: k.record, Do: k.do, Fields: fields, Flow: t.flow().ID, Step: s.id, Again: t.made(s)})
	if k.record == languageRecord {
		t.switchLanguage(fields)
	}
	return s.next.to.to, nil
}

// languageRecord is the one record that the engine heeds itself: the very next words are in the new language.
const languageRecord = "language"

func (t *turn) switchLanguage(fields map[string]any) {
	code, _ := fields["language"].(string)
	if code = t.lib.Language(code); code != "" {
		t.s.Lang = code
		t.speak()
	}
}

// made notes a record at the answer that led to it, and tells whether it takes the place of one that was made before
// that answer was corrected.
func (t *turn) made(s *step) (again bool) {
	key := t.s.top().Path + s.id
	if i := slices.Index(t.s.Redo, key); i >= 0 {
		t.s.Redo, again = slices.Delete(t.s.Redo, i, i+1), true
	}
	last, ok := t.stored(t.s.Last)
	if at := t.s.aside(); !ok || (at >= 0 && t.s.Frames[at].Last == t.s.Last) {
		return again // nothing was answered yet that could be corrected
	}
	if !slices.Contains(last.Made, key) {
		last.Made = append(slices.Clone(last.Made), key)
		t.set(t.s.Last, &last)
	}
	return again
}
