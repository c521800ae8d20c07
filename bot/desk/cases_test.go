package desk_test

import (
	"fmt"
	"testing"
	"time"
	"unicode/utf16"

	"tandem/bot/care"
	"tandem/bot/desk"
)

// now is a Monday evening where the practitioner lives.
func now() time.Time { return time.Date(2026, 11, 23, 18, 0, 0, 0, zone()) }

func zone() *time.Location { return time.FixedZone("Bogota", -5*60*60) }

// ago is a time, days before now.
func ago(days int) time.Time { return now().AddDate(0, 0, -days) }

func words(t testing.TB) *desk.Words {
	t.Helper()
	w, err := desk.LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

type fields = map[string]any

// open is a grant that stands, of so many days ago.
func open(days int, f fields) care.Grant {
	return care.Grant{ID: fmt.Sprint("w", days), Audience: "practitioner", Fields: f, At: ago(days)}
}

func withdrawn(g care.Grant) care.Grant {
	g.Withdrawn = now()
	return g
}

func forTeam(g care.Grant) care.Grant {
	g.Audience = "team"
	return g
}

// rated are check-ins of a goal, a week from one to the next, the last one yesterday.
func rated(field, goal string, values ...int) []care.Grant {
	var grants []care.Grant
	for i, v := range values {
		days := 1 + 7*(len(values)-1-i)
		grants = append(grants, open(days, fields{"goal": goal, "checkin": fmt.Sprint(field, i), field: float64(v)}))
	}
	return grants
}

const mornings = "stop snapping at my kids in the mornings"

// kim has much to tell, ana has opened nothing, and sam does well.
func kim() desk.Case {
	return desk.Case{
		ID: "c1", Name: "Kim", Since: ago(60), Lang: "en", Open: true, Heard: ago(2), Next: ago(-1),
		Grants: []care.Grant{
			open(40, fields{"goal": "g1", "version": 1.0, "words": "be a better parent", "status": "active"}),
			open(30, fields{"goal": "g1", "version": 2.0, "words": mornings, "why": "it's my job to make them feel safe",
				"step": "up 15 minutes before them", "when": "Monday", "plan": "the alarm goes in the kitchen", "status": "active"}),
			open(16, fields{"goal": "g1", "checkin": "k1", "outcome": "well", "rating": 7.0, "confidence": 6.0, "said": "three calm mornings"}),
			open(9, fields{"goal": "g1", "checkin": "k2", "outcome": "same", "rating": 5.0}),
			open(2, fields{"goal": "g1", "checkin": "k3", "outcome": "slipped", "rating": 3.0,
				"learned": "the kitchen alarm works but i just turned it off", "next": "put the phone there too"}),
		},
		Waiting: []desk.Waiting{{ID: "n1", Kind: desk.Letter, At: ago(1)}},
	}
}

func ana() desk.Case { return desk.Case{ID: "c2", Name: "Ana", Since: ago(10), Lang: "es"} }

func sam() desk.Case {
	return desk.Case{ID: "c3", Name: "Sam", Since: ago(90), Lang: "en", Grants: []care.Grant{
		open(50, fields{"goal": "g7", "words": "sleep before midnight"}),
		open(3, fields{"goal": "g7", "checkin": "k9", "outcome": "well", "rating": 8.0, "helped": "the phone sleeps in the kitchen"}),
	}}
}

// many are clients of all sorts, the same ones every time.
func many(n int) []desk.Case {
	var cases []desk.Case
	for i := range n {
		c := []desk.Case{kim(), ana(), sam(), quiet(), reached()}[i%5]
		c.ID, c.Name = fmt.Sprint("c", i), fmt.Sprintf("%s %04d", c.Name, i)
		cases = append(cases, c)
	}
	return cases
}

func quiet() desk.Case {
	return desk.Case{ID: "c4", Name: "Kim", Open: true, Heard: ago(20), Missed: 3, Grants: []care.Grant{
		open(100, fields{"goal": "g2", "words": "call my sister once a week"}),
	}}
}

func reached() desk.Case {
	return desk.Case{ID: "c5", Name: "Ana", Grants: []care.Grant{
		open(70, fields{"goal": "g3", "version": 1.0, "words": "correr sin parar media hora", "status": "active"}),
		open(1, fields{"goal": "g3", "checkin": "k5", "outcome": "reached", "helped": "salir con mi perro"}),
		open(1, fields{"goal": "g3", "version": 1.0, "status": "achieved"}),
	}}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
