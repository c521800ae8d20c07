package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot/care"
	"tandem/bot/desk"
)

func TestPage(t *testing.T) {
	got := words(t).Page("en", kim(), now())
	want := desk.Page{
		Case: "c1", Name: "Kim",
		Lines:   []string{"Joined on 24 September.", "I speak English with them.", "Last wrote 2 days ago.", "The next reminder comes tomorrow."},
		Waiting: []string{"A message for you, yesterday"},
		Findings: []desk.Finding{{
			Rule: "falling ratings", Why: "“stop snapping at my kids in the mornings”: 7, 5, 3", Prompt: "Does the goal still fit, just as it is?",
		}},
		Goals: []desk.Goal{{
			ID: "g1", Version: 2, Title: "“stop snapping at my kids in the mornings”",
			Lines: []string{
				"Where it stands: being worked on", "Why it matters to them: “it's my job to make them feel safe”",
				"First step: “up 15 minutes before them”", "When: “Monday”",
				"What they will do if something gets in the way: “the alarm goes in the kitchen”",
			},
			History: []string{"Version 1, 14 October: “be a better parent”"},
			Ratings: []desk.Rating{{At: ago(16), Value: 7}, {At: ago(9), Value: 5}, {At: ago(2), Value: 3}},
			Shared: []string{
				"21 November: did not work out this time; how it goes: 3 out of 10; " +
					"what they found out: “the kitchen alarm works but i just turned it off”; what comes next: “put the phone there too”",
				"14 November: about the same; how it goes: 5 out of 10",
				"7 November: going well; how it goes: 7 out of 10; how sure: 6 out of 10; “three calm mornings”",
			},
		}},
		Private: "What you don't see here is private.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPageInSpanish(t *testing.T) {
	c := reached()
	c.Lang = "es"
	got := words(t).Page("es-MX", c, now())
	want := desk.Page{
		Case: "c5", Name: "Ana", Lines: []string{"Con esta persona hablo en español."},
		Goals: []desk.Goal{{
			ID: "g3", Version: 1, Title: "«correr sin parar media hora»", Lines: []string{"Cómo está: lograda"},
			Shared: []string{"22 de noviembre: meta lograda; lo que ayudó: «salir con mi perro»"},
		}},
		Private: "Lo que no ves aquí es privado.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPageOfSomebodyWhoSharedNothing(t *testing.T) {
	want := desk.Page{
		Case: "c2", Name: "Ana", Private: "What you don't see here is private.",
		Lines: []string{"Joined on 13 November.", "I speak Spanish with them.", "Has shared nothing so far. That is theirs to decide."},
	}
	silent := ana()
	silent.Heard, silent.Missed, silent.Next = ago(30), 4, ago(-1) // known by mistake: they did not agree to have it told
	took := ana()
	for _, g := range kim().Grants {
		took.Grants = append(took.Grants, withdrawn(g), forTeam(g))
	}
	for name, c := range map[string]desk.Case{"new": ana(), "silent": silent, "took all back": took} {
		if diff := cmp.Diff(want, words(t).Page("en", c, now())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestPageGoals(t *testing.T) {
	for _, test := range []struct {
		name    string
		grants  []care.Grant
		title   string
		version int
		lines   []string
		history []string
	}{
		{"only answers are open", []care.Grant{open(1, fields{"goal": "g1", "checkin": "k1", "outcome": "well"})},
			"A goal whose words are private", 1, nil, nil},
		{"a status alone", []care.Grant{open(1, fields{"goal": "g1", "version": 4.0, "status": "let-go"})},
			"A goal whose words are private", 4, []string{"Where it stands: let go, which can be a good ending"}, nil},
		{"a status that nobody knows", []care.Grant{open(1, fields{"goal": "g1", "words": "sleep", "status": "gone"})},
			"“sleep”", 1, nil, nil},
		{"the newer words are not open", []care.Grant{
			open(2, fields{"goal": "g1", "version": 1.0, "words": "sleep", "why": "i am tired"}), open(1, fields{"goal": "g1", "version": 2.0, "why": "so tired"})},
			"“sleep” (version 1)", 2, []string{"Why it matters to them: “so tired”"}, nil},
		{"no version told", []care.Grant{open(3, fields{"goal": "g1", "words": "sleep"}), open(2, fields{"goal": "g1", "words": "sleep well"}),
			open(1, fields{"goal": "g1", "words": "sleep well"})}, "“sleep well”", 1, nil, []string{"Version 1, 20 November: “sleep”"}},
		{"an older one opened later", []care.Grant{open(2, fields{"goal": "g1", "version": 2.0, "words": "sleep well", "status": "paused"}),
			open(1, fields{"goal": "g1", "version": 1.0, "words": "sleep", "status": "active"})},
			"“sleep well”", 2, []string{"Where it stands: resting for now"}, []string{"Version 1, 22 November: “sleep”"}},
		{"quotes in quotes", []care.Grant{open(1, fields{"goal": "g1", "words": "say “no” more\noften"})}, "“say ‘no’ more often”", 1, nil, nil},
		{"the old words were taken back", []care.Grant{withdrawn(open(2, fields{"goal": "g1", "version": 1.0, "words": "sleep"})),
			open(1, fields{"goal": "g1", "version": 2.0, "words": "sleep well"})}, "“sleep well”", 2, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			goals := words(t).Page("en", desk.Case{Grants: test.grants}, now()).Goals
			if len(goals) != 1 {
				t.Fatalf("got %v", goals)
			}
			got := goals[0]
			want := desk.Goal{ID: "g1", Version: test.version, Title: test.title, Lines: test.lines, History: test.history, Shared: got.Shared}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Answers that were opened one after the other stand together, with the time of the first.
func TestPagePutsACheckInTogether(t *testing.T) {
	c := desk.Case{Grants: []care.Grant{
		open(5, fields{"goal": "g1", "checkin": "k1", "outcome": "slipped"}),
		open(1, fields{"goal": "g1", "checkin": "k1", "learned": "weekends are harder", "rating": 4.0}),
	}}
	got := words(t).Page("en", c, now()).Goals[0]
	want := desk.Goal{
		ID: "g1", Version: 1, Title: "A goal whose words are private", Ratings: []desk.Rating{{At: ago(5), Value: 4}},
		Shared: []string{"18 November: did not work out this time; how it goes: 4 out of 10; what they found out: “weekends are harder”"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a client says of working together is shown as words and as a prompt, never as a number.
func TestPageRelationship(t *testing.T) {
	c := desk.Case{Name: "Sam", Grants: []care.Grant{open(1, fields{"relationship": true, "heard": 3.0, "worked-on": 9.0, "change": "go slower"})}}
	want := desk.Page{
		Name: "Sam", Lines: []string{"What could be different between the two of you: “go slower”"},
		Findings: []desk.Finding{{
			Rule: "how the two of you work together", Why: "something in what they shared about it",
			Prompt: "What would help them feel heard? You could ask what to do differently, and say that every answer is welcome.",
		}},
		Private: "What you don't see here is private.",
	}
	if diff := cmp.Diff(want, words(t).Page("en", c, now())); diff != "" {
		t.Error(diff)
	}
}

func TestPageDays(t *testing.T) {
	for _, test := range []struct {
		days int
		want string
	}{{0, "today"}, {1, "yesterday"}, {2, "2 days ago"}, {6, "6 days ago"}, {7, "on 16 November"}, {365, "on 23 November 2025"}} {
		c := desk.Case{Since: ago(test.days).UTC()} // a day later there than where the practitioner lives
		if got, want := words(t).Page("en", c, now()).Lines[0], "Joined "+test.want+"."; got != want {
			t.Errorf("%d days ago: got %q, want %q", test.days, got, want)
		}
	}
}
