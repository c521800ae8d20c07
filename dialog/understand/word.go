package understand

import (
	"fmt"
	"slices"
	"strings"
)

// Word is a word that a person may say in any state of the conversation to steer it.
type Word string

// The global words.
const (
	Back    Word = "back"    // correct the last answer
	Skip    Word = "skip"    // leave this question out
	Pause   Word = "pause"   // not now
	Stop    Word = "stop"    // no more messages
	Help    Word = "help"    // what can I do here
	Person  Word = "person"  // talk to a human being
	Restart Word = "restart" // start over
	Resume  Word = "resume"  // go on after a pause
)

// Words lists the global words.
func Words() []Word {
	return []Word{Back, Skip, Pause, Stop, Help, Person, Restart, Resume}
}

// maxCommand is the longest text, in bytes, in which a global word is looked for: it must be the whole message.
const maxCommand = 120

func newGlobalWords(data languageData) (map[string]Word, map[Word]bool, error) {
	global := make(map[string]Word)
	for id, texts := range data.Words {
		w := Word(id)
		if !slices.Contains(Words(), w) {
			return nil, nil, fmt.Errorf("section words: %q is not a global word", id)
		}
		for _, text := range texts {
			key := commandKey(text)
			if other, ok := global[key]; ok && other != w {
				return nil, nil, fmt.Errorf("section words: %q means both %s and %s", text, other, w)
			}
			global[key] = w
		}
	}
	gentle := make(map[Word]bool)
	for _, w := range Words() {
		if len(data.Words[string(w)]) == 0 {
			return nil, nil, fmt.Errorf("section words: %q is missing or empty", w)
		}
		gentle[w] = slices.Contains(data.LeadFor, string(w))
	}
	return global, gentle, nil
}

func commandKey(text string) string {
	var buf [maxCommand]byte
	return string(appendWords(buf[:0], scan(nil, fold(text))))
}

// appendWords appends the words of the tokens with a space between.
func appendWords(b []byte, toks []token) []byte {
	for _, t := range toks {
		if t.kind == mark {
			continue
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, t.text...)
	}
	return b
}

// Word reads a global word. It must be the whole message: courtesies around it, punctuation, accents and a leading slash
// do not count, and the gentle ones may be asked for ("can I talk to a person?"). Stop is heard in a sentence too where
// all of it is a wish for no more messages; in any other sentence it is an answer: "stop smoking".
func (l *Lexicon) Word(text string) (Word, bool) {
	if w, ok := l.Reserved(text); ok {
		return w, true
	}
	if len(text) > maxCommand {
		return "", false
	}
	var space [32]token
	if l.stops(l.tokens(space[:0], text)) {
		return Stop, true
	}
	return "", false
}

// Reserved is Word without the sentences: what no button may be called.
func (l *Lexicon) Reserved(text string) (Word, bool) {
	if len(text) > maxCommand || text == "" {
		return "", false
	}
	if w, ok := slashCommand(text); ok {
		return w, true
	}
	var space [24]token
	toks := l.tokens(space[:0], text)
	if len(toks) > len(space) {
		return "", false
	}
	var buf [2 * maxCommand]byte
	lookup := func(toks []token) (Word, bool) {
		w, ok := l.global[string(appendWords(buf[:0], toks))]
		return w, ok
	}
	if w, ok := lookup(toks); ok {
		return w, true
	}
	toks = l.trimPolite(toks)
	if w, ok := lookup(toks); ok {
		return w, true
	}
	if n := l.lead.len(toks, 0); n > 0 {
		if w, ok := lookup(l.trimPolite(toks[n:])); ok && l.leadFor[w] {
			return w, true
		}
	}
	return "", false
}

// trimPolite takes courtesies and marks off both ends.
func (l *Lexicon) trimPolite(toks []token) []token {
	from, to := l.withinPolite(toks)
	return toks[from:to]
}

// withinPolite gives where a message begins and ends without the courtesies and marks around it.
func (l *Lexicon) withinPolite(toks []token) (from, to int) {
	to = len(toks)
	for from < to {
		first, last := l.polite.len(toks[:to], from), l.polite.before(toks[from:to], to-from)
		switch {
		case first > 0:
			from += first
		case last > 0:
			to -= last
		case toks[from].kind == mark:
			from++
		case toks[to-1].kind == mark:
			to--
		default:
			return from, to
		}
	}
	return from, to
}

// slashCommand reads "/help" and "/help@somebot", the same in every language.
func slashCommand(text string) (Word, bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "/") {
		return "", false
	}
	name, _, _ := strings.Cut(text[1:], "@")
	for _, w := range Words() {
		if strings.EqualFold(name, string(w)) {
			return w, true
		}
	}
	return "", false
}
