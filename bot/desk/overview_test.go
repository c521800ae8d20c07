package desk_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot/care"
	"tandem/bot/desk"
)

func TestOverview(t *testing.T) {
	got := words(t).Overview("en", []desk.Case{sam(), ana(), kim(), quiet()}, desk.All, 0, now())
	want := desk.Overview{
		Title: "Your clients", Filter: desk.All,
		Counts: []desk.Count{
			{Filter: desk.All, Label: "Everyone", N: 4}, {Filter: desk.ForYou, Label: "Waiting for you", N: 1},
			{Filter: desk.Attention, Label: "Worth a thought", N: 2}, {Filter: desk.Quiet, Label: "Quiet", N: 1},
			{Filter: desk.Well, Label: "Going well", N: 1},
		},
		Rows: []desk.Row{
			{Case: "c1", Name: "Kim", Status: "Falling ratings · did not work out this time, 2 days ago · next reminder tomorrow",
				Waiting: "A message for you, yesterday"},
			{Case: "c4", Name: "Kim", Status: "Missed check-ins · has not written since 3 November; 3 reminders got no answer · has shared a goal"},
			{Case: "c2", Name: "Ana", Status: "Has shared nothing so far"},
			{Case: "c3", Name: "Sam", Status: "Going well, 3 days ago"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOverviewInSpanish(t *testing.T) {
	got := words(t).Overview("es", []desk.Case{kim(), quiet(), ana()}, desk.All, 0, now()).Rows
	want := []desk.Row{
		{Case: "c1", Name: "Kim", Status: "Los números bajan · esta vez no salió, hace 2 días · próximo recordatorio mañana",
			Waiting: "Un mensaje para ti, ayer"},
		{Case: "c4", Name: "Kim", Status: "Repasos sin respuesta · no escribe desde el 3 de noviembre; 3 recordatorios quedaron sin respuesta · ha compartido una meta"},
		{Case: "c2", Name: "Ana", Status: "Hasta ahora no ha compartido nada"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Alarms come first, whatever else waits, then who asked for a person, what waits, what is worth a thought, the rest.
func TestOverviewOrder(t *testing.T) {
	waits := func(id, name string, kinds ...desk.Kind) desk.Case {
		c := desk.Case{ID: id, Name: name}
		for _, k := range kinds {
			c.Waiting = append(c.Waiting, desk.Waiting{Kind: k, At: ago(1)})
		}
		return c
	}
	falls := desk.Case{ID: "falls", Name: "Kim", Grants: rated("rating", "g1", 7, 5, 3)}
	cases := []desk.Case{
		waits("sam", "Sam"), waits("ana", "Ána"), falls, waits("letter", "Ana", desk.Letter), waits("kim", "kim"),
		waits("person", "Kim", desk.Person), waits("alarm", "Sam", desk.Letter, desk.Alarm), waits("ana2", "Ana"),
	}
	var got []string
	for _, row := range words(t).Overview("en", cases, desk.All, 0, now()).Rows {
		got = append(got, row.Case)
	}
	want := []string{"alarm", "person", "letter", "falls", "ana", "ana2", "kim", "sam"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOverviewWaiting(t *testing.T) {
	for _, test := range []struct {
		name    string
		waiting []desk.Waiting
		want    string
	}{
		{"nothing", nil, ""},
		{"a person and an alarm", []desk.Waiting{{Kind: desk.Person, At: ago(1)}, {Kind: desk.Alarm, At: ago(0)}},
			"Safety alarm, today; would like to talk to you, yesterday"},
		{"several of a kind", []desk.Waiting{{Kind: desk.Letter, At: ago(3)}, {Kind: desk.Letter, At: ago(1)}}, "2 messages for you, the first 3 days ago"},
		{"an offer of an open goal", []desk.Waiting{{Kind: desk.Offer, At: ago(0), Goal: "g1"}}, "Would like to agree with you on “sleep”, today"},
		{"an offer of a goal that is not open", []desk.Waiting{{Kind: desk.Offer, At: ago(0), Goal: "g2"}}, "Would like to agree with you on a goal, today"},
		{"an offer of a goal with private words", []desk.Waiting{{Kind: desk.Offer, At: ago(0), Goal: "g3"}},
			"Would like to agree with you on a goal whose words are private, today"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := desk.Case{Waiting: test.waiting, Grants: []care.Grant{
				open(9, fields{"goal": "g1", "words": "sleep"}), withdrawn(open(9, fields{"goal": "g2", "words": "secret"})),
				open(9, fields{"goal": "g3", "status": "active"}),
			}}
			if got := words(t).Overview("en", []desk.Case{c}, desk.All, 0, now()).Rows[0].Waiting; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOverviewQuiet(t *testing.T) {
	for _, test := range []struct {
		name string
		c    desk.Case
		want int
	}{
		{"not told", desk.Case{Heard: ago(99), Missed: 9}, 0},
		{"two reminders without an answer", desk.Case{Open: true, Heard: ago(3), Missed: 2}, 1},
		{"one", desk.Case{Open: true, Heard: ago(3), Missed: 1}, 0},
		{"two weeks and no reminders", desk.Case{Open: true, Heard: ago(14)}, 1},
		{"thirteen days", desk.Case{Open: true, Heard: ago(13)}, 0},
		{"asked once a month, and answered", desk.Case{Open: true, Heard: ago(20), Next: ago(-10)}, 0},
		{"asked once a month, and one missed", desk.Case{Open: true, Heard: ago(40), Missed: 1, Next: ago(-20)}, 1},
		{"never heard", desk.Case{Open: true}, 0},
		{"never heard, two missed", desk.Case{Open: true, Missed: 2}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := words(t).Overview("en", []desk.Case{test.c}, desk.Quiet, 0, now())
			if len(o.Rows) != test.want || o.Counts[3].N != test.want {
				t.Errorf("got %d rows and a count of %d, want %d", len(o.Rows), o.Counts[3].N, test.want)
			}
		})
	}
}

func TestOverviewWell(t *testing.T) {
	well := open(5, fields{"goal": "g1", "checkin": "k1", "outcome": "well"})
	for _, test := range []struct {
		name string
		c    desk.Case
		want int
	}{
		{"well", desk.Case{Grants: []care.Grant{well}}, 1},
		{"well, then a slip", desk.Case{Grants: []care.Grant{well, open(1, fields{"goal": "g2", "checkin": "k2", "outcome": "slipped"})}}, 0},
		{"well, and quiet since", desk.Case{Open: true, Missed: 2, Grants: []care.Grant{well}}, 0},
		{"well, and the ratings fall", desk.Case{Grants: append(rated("rating", "g2", 7, 5, 3), open(0, fields{"goal": "g1", "checkin": "k2", "outcome": "well"}))}, 0},
		{"taken back", desk.Case{Grants: []care.Grant{withdrawn(well)}}, 0},
		{"long ago", desk.Case{Grants: older([]care.Grant{well}, 90)}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if o := words(t).Overview("en", []desk.Case{test.c}, desk.Well, 0, now()); len(o.Rows) != test.want {
				t.Errorf("got %d rows, want %d", len(o.Rows), test.want)
			}
		})
	}
}

func TestOverviewPages(t *testing.T) {
	for _, test := range []struct{ clients, from, wantFrom, rows, more int }{
		{0, 0, 0, 0, 0}, {0, 40, 0, 0, 0}, {1, 0, 0, 1, 0}, {20, 0, 0, 20, 0}, {21, 0, 0, 20, 1}, {21, 20, 20, 1, 0},
		{21, 40, 20, 1, 0}, {40, 40, 20, 20, 0}, {21, -3, 0, 20, 1}, {200, 60, 60, 20, 120}, {1000, 980, 980, 20, 0}, {1000, 0, 0, 20, 980},
	} {
		t.Run(fmt.Sprint(test.clients, " from ", test.from), func(t *testing.T) {
			o := words(t).Overview("en", many(test.clients), desk.All, test.from, now())
			if o.From != test.wantFrom || len(o.Rows) != test.rows || o.More != test.more || (o.Empty == "") != (test.rows > 0) {
				t.Errorf("got from %d, %d rows, %d more, %q where it is empty", o.From, len(o.Rows), o.More, o.Empty)
			}
		})
	}
}

func TestOverviewEmpty(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range []desk.Filter{desk.All, desk.ForYou, desk.Attention, desk.Quiet, desk.Well} {
		seen[words(t).Overview("en", nil, f, 0, now()).Empty] = true
	}
	if len(seen) != 5 || seen[""] {
		t.Errorf("each filter says in its own way that there is nobody: %v", seen)
	}
	if o := words(t).Overview("en", many(3), "gone", 0, now()); o.Filter != desk.All || len(o.Rows) != 3 {
		t.Errorf("a filter that is not known shows everybody: %+v", o)
	}
}
