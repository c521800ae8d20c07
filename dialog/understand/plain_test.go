package understand

import "testing"

// What agrees where only a plain answer is taken, and what does not: "yes", "no", or "" for a miss.
func TestPlainYesNo(t *testing.T) {
	for lang, rows := range map[string]map[string]string{
		"en": {
			"yes": "yes", "Yes.": "yes", "yes please": "yes", "Yes, thank you!": "yes", "yes, I agree": "yes", "ok": "yes",
			"sure": "yes", "of course": "yes", "yeah 😀": "yes", "👍": "yes", "👍👍": "yes", "✅": "yes", "👌": "yes", "y": "yes",
			"no": "no", "No, thanks.": "no", "no no": "no", "nope": "no", "not now": "no", "no thank you": "no", "👎": "no",
			"yes but who reads this": "", "yes, but not today": "", "yes?": "", "😀😀": "", "🙂": "", "❤": "", "y tho": "",
			"yes and no": "", "ok so who reads this": "", "sure about that": "", "no idea": "", "maybe": "", "I guess": "",
			"who reads this": "", "yes if it is private": "", "sounds odd": "", "": "", "sí": "", "please": "", "no sleep": "",
		},
		"es": {
			"sí": "yes", "Si": "yes", "sí, por favor": "yes", "claro que sí": "yes", "vale": "yes", "de acuerdo, gracias": "yes",
			"acepto": "yes", "👍": "yes", "sí 😊": "yes", "sí, sí": "yes", "estoy de acuerdo": "yes", "✅": "yes", "👌": "yes",
			"no": "no", "no, gracias": "no", "ahora no": "no", "prefiero que no": "no", "no quiero": "no", "👎": "no",
			"y esto qué es": "", "y": "", "y sí": "", "sí pero quién lee esto": "", "¿sí?": "", "😀😀": "", "🙂": "",
			"si llueve": "", "sí y no": "", "quién lee esto": "", "puede": "", "no sé": "", "vale la pena": "", "": "",
			"claro, pero luego": "", "no me griten": "", "que no me griten": "", "bien": "", "gracias": "", "yes but": "",
		},
	} {
		l := load(t, lang)
		for text, want := range rows {
			yes, why := l.PlainYesNo(text)
			got := map[bool]string{true: "yes", false: "no"}[yes]
			if why != "" {
				got = ""
			}
			if got != want {
				t.Errorf("%s: %q gives %q (%s), want %q", lang, text, got, why, want)
			}
		}
	}
}

func TestPlainChoice(t *testing.T) {
	options := map[string][]Option{
		"en": {{ID: "agree", Label: "Yes, I agree"}, {ID: "more", Label: "Tell me more"}, {ID: "no", Label: "No, thanks"}},
		"es": {{ID: "agree", Label: "Sí, de acuerdo"}, {ID: "more", Label: "Cuéntame más"}, {ID: "no", Label: "No, gracias"}},
	}
	for lang, rows := range map[string]map[string]int{
		"en": {
			"Yes, I agree": 0, "yes i agree": 0, "yes": 0, "ok, thanks": 0, "1": 0, "option 1": 0, "👍": 0, "tell me more": 1,
			"Tell me more, please": 1, "2.": 1, "no": 2, "3": 2, "no thanks": 2, "nope": 2,
			"yes but who reads this": -1, "😀😀": -1, "more": -1, "I agree with some of it": -1, "4": -1, "1 question first": -1,
			"what does yes, I agree mean": -1, "tell me more about who reads it": -1, "agree to what?": -1, "1?": -1,
		},
		"es": {
			"sí, de acuerdo": 0, "si de acuerdo": 0, "sí": 0, "vale": 0, "1": 0, "opción 1": 0, "cuentame mas": 1, "2": 1, "no": 2, "no, gracias": 2,
			"y esto qué es": -1, "sí pero quién lee esto": -1, "😀😀": -1, "más": -1, "4": -1, "que no me griten": -1, "¿de acuerdo con qué?": -1,
		},
	} {
		l := load(t, lang)
		for text, want := range rows {
			got, why := l.PlainChoice(text, options[lang])
			if why != "" {
				got = -1
			}
			if got != want {
				t.Errorf("%s: %q gives %d (%s), want %d", lang, text, got, why, want)
			}
		}
	}
}

// A denial in a sentence is no button that begins with a no; a no that stands by itself is.
func TestNoButton(t *testing.T) {
	options := map[string][]Option{
		"en": {{ID: "goal", Label: "Set a goal"}, {ID: "see", Label: "My goals"}, {ID: "no", Label: "No, nothing today"}},
		"es": {{ID: "goal", Label: "Poner una meta"}, {ID: "see", Label: "Mis metas"}, {ID: "no", Label: "No, nada por hoy"}},
	}
	for lang, rows := range map[string]map[string]int{
		"en": {
			"no": 2, "No.": 2, "no thanks": 2, "no, I am tired": 2, "nope": 2, "not today": 2,
			"nah don't trust it": 2, "no I don't want to": 2, "i dont want to be shouted at": -1, "that they do not shout at me at work": -1,
		},
		"es": {
			"no": 2, "no, gracias": 2, "No, estoy cansada": 2, "no por hoy": 2, "que no": 2, "nada por hoy": 2, "hoy no": 2,
			"que no me griten en el trabajo": -1, "no me griten": -1, "no quiero que me griten en el trabajo": -1,
			"no me gusta que me griten": -1,
		},
	} {
		l := load(t, lang)
		for text, want := range rows {
			got, why := l.Choice(text, options[lang])
			if why != "" {
				got = -1
			}
			if got != want {
				t.Errorf("%s: %q gives %d (%s), want %d", lang, text, got, why, want)
			}
		}
	}
}

func TestInLabel(t *testing.T) {
	l := load(t, "es")
	for _, c := range []struct {
		text, label string
		in, same    bool
	}{
		{"más tarde", "Un poco más tarde", true, false},
		{"mas tarde", "Un poco más tarde", true, false},
		{"Más tarde, por favor", "Un poco más tarde", true, false},
		{"MAS TARDE.", "Más tarde", true, true},
		{"ahora no", "Ahora no", true, true},
		{"tarde", "Tardes libres", false, false},
		{"luego", "Hasta luego", true, false},
		{"", "Luego", false, false},
	} {
		if in, same := l.InLabel(c.text, c.label), l.SameLabel(c.text, c.label); in != c.in || same != c.same {
			t.Errorf("%q in %q: %v, %v; want %v, %v", c.text, c.label, in, same, c.in, c.same)
		}
	}
}
