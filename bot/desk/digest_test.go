package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot/care"
	"tandem/bot/desk"
)

// Each kind of news of a client stands in its section, and nowhere else.
func TestDigestSections(t *testing.T) {
	goal := open(30, fields{"goal": "g1", "version": 1.0, "words": "sleep before midnight", "status": "active"})
	checkin := func(f fields) []care.Grant {
		f["goal"], f["checkin"] = "g1", "k1"
		return []care.Grant{goal, open(1, f)}
	}
	for _, test := range []struct {
		name   string
		grants []care.Grant
		want   string
	}{
		{"nothing", nil, "1 client: nothing new shared."},
		{"nothing new", []care.Grant{goal}, "1 client: nothing new shared."},
		{"the same once more", []care.Grant{goal, open(1, goal.Fields)}, "1 client: nothing new shared."},
		{"well", checkin(fields{"outcome": "well"}), "Going well, and what they did\n• Sam: “sleep before midnight”"},
		{"well, with words", checkin(fields{"outcome": "well", "said": "ok", "helped": "no phone in bed"}),
			"Going well, and what they did\n• Sam: “sleep before midnight”. In their words: “no phone in bed”"},
		{"slipped", checkin(fields{"outcome": "slipped"}), "What did not work out, and what they found out\n• Sam: “sleep before midnight”"},
		{"slipped, and said how", checkin(fields{"outcome": "slipped", "said": "a late shift"}),
			"What did not work out, and what they found out\n• Sam: “sleep before midnight”. In their words: “a late shift”"},
		{"slipped, and learned", checkin(fields{"outcome": "slipped", "said": "a late shift", "learned": "fridays are hard"}),
			"What did not work out, and what they found out\n• Sam: “sleep before midnight”. They found out: “fridays are hard”"},
		{"reached", checkin(fields{"outcome": "reached"}),
			"To celebrate together\n• Sam: reached “sleep before midnight”. You could ask what they did to get there."},
		{"reached, with what helped", checkin(fields{"outcome": "reached", "helped": "no phone in bed", "said": "yes"}),
			"To celebrate together\n• Sam: reached “sleep before midnight”. What helped, in their words: “no phone in bed”. It is their own doing."},
		{"reached, with words", checkin(fields{"outcome": "reached", "said": "seven nights"}),
			"To celebrate together\n• Sam: reached “sleep before midnight”. In their words: “seven nights”. It is their own doing."},
		{"achieved after a slip", append(checkin(fields{"outcome": "slipped", "said": "a late shift"}), open(0, fields{"goal": "g1", "status": "achieved"})),
			"To celebrate together\n• Sam: reached “sleep before midnight”. You could ask what they did to get there."},
		{"about the same", checkin(fields{"outcome": "same"}), "Also new\n• Sam: “sleep before midnight”: about the same"},
		{"rather not say", checkin(fields{"outcome": "private"}), "Also new\n• Sam: “sleep before midnight”: a check-in"},
		{"a goal", []care.Grant{open(1, goal.Fields)}, "Also new\n• Sam: opened “sleep before midnight”"},
		{"let go", []care.Grant{goal, open(1, fields{"goal": "g1", "status": "let-go"})},
			"Also new\n• Sam: “sleep before midnight”: let go, which can be a good ending"},
		{"a plan", []care.Grant{goal, open(1, fields{"goal": "g1", "plan": "the alarm goes in the kitchen"})}, "Also new\n• Sam: shared something new"},
		{"a wish for working together", []care.Grant{open(1, fields{"relationship": true, "fit": 9.0, "change": "go slower"})},
			"Also new\n• Sam: wrote what could be different between the two of you: “go slower”"},
		{"numbers for working together", []care.Grant{open(1, fields{"relationship": true, "fit": 9.0})}, "Also new\n• Sam: shared something new"},
		{"two goals", append(checkin(fields{"outcome": "well"}), open(2, fields{"goal": "g2", "checkin": "k2", "outcome": "well"})),
			"Going well, and what they did\n• Sam: “sleep before midnight” (and 1 more)"},
		{"falling ratings of long before", older(append([]care.Grant{goal}, rated("rating", "g1", 7, 5, 3)...), 30),
			"Worth a thought: not on track\n• Sam: falling ratings (“sleep before midnight”: 7, 5, 3). Does the goal still fit, just as it is?"},
		{"a slip that was taken back", []care.Grant{goal, withdrawn(open(1, fields{"goal": "g1", "checkin": "k1", "outcome": "slipped"}))},
			"1 client: nothing new shared."},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := words(t).Digest("en", []desk.Case{{Name: "Sam", Grants: test.grants}}, ago(7), now())
			want := desk.Digest{Messages: []string{"Your clients since 16 November, as far as they share it\n\n" + test.want}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDigestInSpanish(t *testing.T) {
	got := words(t).Digest("es", []desk.Case{kim(), ana(), sam(), quiet(), reached()}, ago(7), now())
	want := desk.Digest{Messages: []string{`Las personas que acompañas desde el 16 de noviembre, hasta donde comparten

Te esperan
• Kim: un mensaje para ti, ayer

Para celebrar
• Ana: alcanzó «correr sin parar media hora». Lo que ayudó, en sus palabras: «salir con mi perro». Es fruto de su esfuerzo.

Lo que va bien, y lo que hicieron
• Sam: «sleep before midnight». En sus palabras: «the phone sleeps in the kitchen»

Lo que no salió, y lo que descubrieron
• Kim: «stop snapping at my kids in the mornings». Descubrió esto: «the kitchen alarm works but i just turned it off»

En silencio
• Kim: no escribe desde el 3 de noviembre; 3 recordatorios quedaron sin respuesta

Para pensar: algo no va como se esperaba
• Kim: los números bajan («stop snapping at my kids in the mornings»: 7, 5, 3). ¿La meta le sigue quedando bien, tal como está?
• Kim: repasos sin respuesta (3 recordatorios sin respuesta). ¿Qué le importa ahora? Unas palabras tuyas pueden hacer más que un recordatorio.

1 persona más: nada nuevo compartido.`}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A digest stays short, however many clients there are and however long what they write is.
func TestDigestLimits(t *testing.T) {
	long := func(n int) []desk.Case {
		cases := many(n)
		for i := range cases {
			cases[i].Name = strings.Repeat("👩‍👩‍👧", 50) + fmt.Sprint(i)
			cases[i].Waiting = append(cases[i].Waiting, desk.Waiting{Kind: desk.Offer, At: ago(1), Goal: "g1"}, desk.Waiting{Kind: desk.Alarm, At: ago(500)})
			for _, outcome := range []string{"well", "slipped", "reached", "same"} {
				f := fields{"goal": outcome, "checkin": "x", "outcome": outcome, "helped": strings.Repeat("ä", 500), "learned": strings.Repeat("long words ", 99)}
				cases[i].Grants = append(cases[i].Grants, open(2, fields{"goal": outcome, "words": strings.Repeat("ñandú ", 99)}), open(1, f))
			}
			cases[i].Open, cases[i].Missed, cases[i].Heard = true, 5, ago(400)
		}
		return cases
	}
	for _, n := range []int{0, 1, 20, 200, 1000} {
		for name, cases := range map[string][]desk.Case{"plain": many(n), "long": long(n)} {
			for _, lang := range []string{"en", "es"} {
				got := words(t).Digest(lang, cases, ago(7), now()).Messages
				if len(got) < 1 || len(got) > 8 {
					t.Errorf("%s %d %s: %d messages", name, n, lang, len(got))
				}
				for _, m := range got {
					if units(m) > desk.MessageMost || strings.TrimSpace(m) == "" {
						t.Errorf("%s %d %s: a message of %d characters", name, n, lang, units(m))
					}
				}
			}
		}
	}
}

// Eight names a section, and a count of the others.
func TestDigestNames(t *testing.T) {
	for _, test := range []struct {
		clients, names int
		more           string
	}{
		{7, 7, ""}, {8, 8, ""}, {9, 8, "and 1 more: open the Home page to see them"}, {39, 8, "and 31 more: open the Home page to see them"},
	} {
		var cases []desk.Case
		for i := range test.clients {
			c := sam()
			c.ID = fmt.Sprint(i)
			cases = append(cases, c)
		}
		text := strings.Join(words(t).Digest("en", cases, ago(7), now()).Messages, "\n\n")
		if n := strings.Count(text, "• Sam"); n != test.names {
			t.Errorf("%d clients: %d names, want %d", test.clients, n, test.names)
		}
		if !strings.HasSuffix(text, test.more) || strings.Contains(text, "more:") != (test.more != "") {
			t.Errorf("%d clients: %s", test.clients, text)
		}
	}
}

// The newest comes first, so that it is not among those that are only counted; of the quiet the longest.
func TestDigestOrder(t *testing.T) {
	at := func(name string, days int) desk.Case {
		return desk.Case{Name: name, Open: true, Missed: 2, Heard: ago(days),
			Grants: []care.Grant{open(days, fields{"goal": "g1", "checkin": "k1", "outcome": "well"})}}
	}
	text := words(t).Digest("en", []desk.Case{at("Ana", 3), at("Kim", 5), at("Sam", 1)}, ago(7), now()).Messages[0]
	var got []string
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "• "); ok {
			got = append(got, name[:3])
		}
	}
	if diff := cmp.Diff([]string{"Sam", "Ana", "Kim", "Kim", "Ana", "Sam"}, got); diff != "" {
		t.Error(diff, text)
	}
}
