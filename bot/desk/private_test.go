package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tandem/bot/care"
	"tandem/bot/desk"
)

// everything is all that any function shows of clients, as texts.
func everything(w *desk.Words, lang string, cases []desk.Case) []string {
	texts := w.Digest(lang, cases, ago(7), now()).Messages
	texts = append(texts, w.Digest(lang, cases, time.Time{}, now()).Messages...)
	for _, f := range []desk.Filter{desk.All, desk.ForYou, desk.Attention, desk.Quiet, desk.Well} {
		o := w.Overview(lang, cases, f, 0, now())
		texts = append(texts, o.Title, o.Empty)
		for _, c := range o.Counts {
			texts = append(texts, c.Label)
		}
		for _, r := range o.Rows {
			texts = append(texts, r.Name, r.Status, r.Waiting)
		}
	}
	for _, c := range cases {
		texts = append(texts, pageTexts(w.Page(lang, c, now()))...)
		for _, f := range desk.Track(c, now()) {
			texts = append(texts, fmt.Sprint(f.Rule, f.Goal))
		}
	}
	return texts
}

func pageTexts(p desk.Page) []string {
	texts := slices.Concat([]string{p.Name, p.Private}, p.Lines, p.Waiting)
	for _, f := range p.Findings {
		texts = append(texts, f.Rule, f.Why, f.Prompt)
	}
	for _, g := range p.Goals {
		texts = slices.Concat(texts, []string{g.ID, g.Title}, g.Lines, g.History, g.Shared)
	}
	return texts
}

// cornerCases are clients at the edges of what there is.
func cornerCases() []desk.Case {
	all := kim()
	all.Name = ""
	for _, status := range []string{"draft", "proposed", "agreed", "active", "paused", "achieved", "let-go"} {
		all.Grants = append(all.Grants, open(1, fields{"goal": status, "words": status, "status": status, "measure": "i smile"}))
	}
	all.Grants = append(all.Grants, open(1, fields{"relationship": true, "heard": 2.0, "change": "go slower"}))
	all.Grants = append(all.Grants, rated("confidence", "g9", 7, 5, 3)...)
	for _, kind := range []desk.Kind{desk.Alarm, desk.Person, desk.Offer, desk.Letter} {
		all.Waiting = append(all.Waiting, desk.Waiting{Kind: kind, At: ago(9), Goal: "g1"}, desk.Waiting{Kind: kind, At: ago(400), Goal: "g0"})
	}
	return []desk.Case{
		all,
		{Open: true, Missed: 2},
		{Open: true, Missed: 1, Heard: ago(15), Next: ago(-3), Waiting: []desk.Waiting{{Kind: desk.Offer}}},
		{Open: true, Heard: ago(15), Next: ago(-30)},
		{Grants: []care.Grant{open(1, fields{"relationship": true, "fit": 9.0})}},
		{Grants: []care.Grant{{Audience: "practitioner"}, open(0, nil), open(0, fields{"goal": 7.0, "words": "lost"})}},
	}
}

// What was taken back, or is for others, is never shown, nor does anything else look different because of it.
func TestNothingPrivateIsShown(t *testing.T) {
	w := words(t)
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "es"}).Draw(t, "lang")
		base := append(many(5), cornerCases()...)
		with := make([]desk.Case, len(base))
		for i, c := range base {
			with[i] = c
			for range rapid.IntRange(0, 6).Draw(t, "hidden") {
				at := rapid.IntRange(0, len(with[i].Grants)).Draw(t, "place")
				with[i].Grants = slices.Insert(slices.Clone(with[i].Grants), at, hidden(t))
			}
		}
		got := everything(w, lang, with)
		for _, text := range got {
			if strings.Contains(strings.ToLower(text), "zzz") {
				t.Fatalf("shown: %s", text)
			}
		}
		if diff := cmp.Diff(everything(w, lang, base), got); diff != "" {
			t.Fatalf("something looks different: %s", diff)
		}
		for i := range base {
			if diff := cmp.Diff(w.Page(lang, base[i], now()), w.Page(lang, with[i], now())); diff != "" {
				t.Fatalf("the page looks different: %s", diff)
			}
		}
	})
}

// hidden is a grant that a practitioner must not see, with words that stand nowhere else.
func hidden(t *rapid.T) care.Grant {
	f := fields{"version": float64(rapid.IntRange(1, 9).Draw(t, "version"))}
	for _, name := range []string{"words", "why", "step", "when", "plan", "measure", "said", "helped", "learned", "next", "change"} {
		f[name] = "zzz" + name
	}
	for _, name := range []string{"rating", "confidence", "heard", "worked-on", "fit"} {
		f[name] = float64(rapid.IntRange(0, 10).Draw(t, name))
	}
	f["goal"] = rapid.SampledFrom([]string{"g1", "g3", "g7", "zzzgoal"}).Draw(t, "goal")
	f["outcome"] = rapid.SampledFrom([]string{"well", "same", "slipped", "reached", "private"}).Draw(t, "outcome")
	f["status"] = rapid.SampledFrom([]string{"active", "paused", "achieved", "let-go"}).Draw(t, "status")
	switch rapid.IntRange(0, 2).Draw(t, "kind") {
	case 0:
		f["checkin"] = rapid.SampledFrom([]string{"k1", "k3", "zzzcheckin"}).Draw(t, "checkin")
	case 1:
		f["relationship"] = true
	}
	g := open(rapid.IntRange(0, 60).Draw(t, "days"), f)
	switch rapid.IntRange(0, 2).Draw(t, "why") {
	case 0:
		return withdrawn(g)
	case 1:
		return forTeam(g)
	}
	return withdrawn(forTeam(g))
}

// The test above can fail: the same grants, open, are shown.
func TestWhatIsOpenIsShown(t *testing.T) {
	w := words(t)
	for name, f := range map[string]fields{
		"words": {"goal": "g1", "words": "zzz"}, "why": {"goal": "g1", "why": "zzz"}, "measure": {"goal": "g1", "measure": "zzz"},
		"said": {"goal": "g1", "checkin": "k1", "said": "zzz"}, "next": {"goal": "g1", "checkin": "k1", "next": "zzz"},
		"change": {"relationship": true, "change": "zzz"},
	} {
		text := strings.Join(everything(w, "en", []desk.Case{{Grants: []care.Grant{open(1, f)}}}), "\n")
		if !strings.Contains(text, "zzz") {
			t.Errorf("%s is not shown", name)
		}
	}
}
