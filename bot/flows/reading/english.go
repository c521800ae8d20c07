package reading

import "strings"

// English counts the syllables of an English word in lower case: groups of vowels, less what is silent.
func English(word string) int {
	word = strings.NewReplacer("'", "", "’", "").Replace(word)
	if n, ok := irregular(word); ok {
		return n
	}
	n := vowelGroups(word)
	switch {
	case n > 1 && strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && !vowelBefore(word, 1):
		n-- // "home", not "free"
	case n > 1 && strings.HasSuffix(word, "le") && vowelBefore(word, 2):
		n-- // "whole", not "little"
	case n > 1 && strings.HasSuffix(word, "ed") && !vowelBefore(word, 2) && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded"):
		n-- // "helped", not "wanted"
	case n > 1 && strings.HasSuffix(word, "es") && !vowelBefore(word, 2) && !hisses(word[:len(word)-2]) && !strings.HasSuffix(word, "les"):
		n-- // "comes", not "changes"
	}
	for _, s := range []string{"ely", "eless", "eful", "ement"} { // a silent e inside: "safely", "hopeful"
		if n > 2 && strings.HasSuffix(word, s) && !vowelBefore(word, len(s)) {
			n--
			break
		}
	}
	return max(n, 1)
}

// irregular knows common words that the rule gets wrong.
func irregular(word string) (int, bool) {
	switch word {
	case "ive", "ours":
		return 1, true
	case "being", "doing", "going", "seeing", "trying", "didnt", "doesnt", "isnt", "wasnt", "hasnt", "havent", "couldnt", "wouldnt",
		"quiet", "diet", "create", "giant", "poem", "lion", "science",
		"something", "someone", "somewhere", "sometimes", "safety", "lifeline":
		return 2, true
	case "idea", "area", "radio", "video", "studio", "diary", "piano":
		return 3, true
	}
	return 0, false
}

func vowelGroups(word string) int {
	n, inside := 0, false
	for i, r := range word {
		vowel := strings.ContainsRune("aeiouáéíóúü", r) || r == 'y' && i > 0
		if vowel && !inside {
			n++
		}
		inside = vowel
	}
	return n
}

// vowelBefore tells whether a vowel stands before the last k letters.
func vowelBefore(word string, k int) bool {
	return len(word) > k && strings.ContainsRune("aeiouy", rune(word[len(word)-k-1]))
}

// hisses tells whether a stem ends in a sound after which "es" is spoken.
func hisses(stem string) bool {
	for _, s := range []string{"s", "x", "z", "ch", "sh", "c", "g"} {
		if strings.HasSuffix(stem, s) {
			return true
		}
	}
	return false
}
