package understand

import "strings"

// near reports whether two words differ by at most most slips: a letter added, dropped, changed or swapped with its
// neighbour (optimal string alignment). The first letter must be right, or be swapped with the second: people rarely
// miss it, and "wealth" for "health" is another word. Long words are never near: their cost would grow with the square.
func near(a, b string, most int) bool {
	const longest = 48
	if d := len(a) - len(b); d > most || -d > most || len(a) > longest || len(b) > longest || a == "" || b == "" {
		return false
	}
	if a[0] != b[0] && (len(a) < 2 || len(b) < 2 || a[0] != b[1] || a[1] != b[0]) {
		return false
	}
	var rows [3][longest + 1]int
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > most {
			return false
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)] <= most
}

// swapped reports whether two words differ only in two letters that changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// near is near, and forgives a word that begins with a letter that sounds like the right one ("ciete" for "siete").
func (l *Lexicon) near(a, b string, most int) bool {
	if near(a, b, most) {
		return true
	}
	if a == "" || b == "" || a[0] == b[0] || most < 1 {
		return false
	}
	for _, pair := range l.sounds {
		if strings.IndexByte(pair, a[0]) >= 0 && strings.IndexByte(pair, b[0]) >= 0 {
			return near(b[:1]+a[1:], b, most-1)
		}
	}
	return false
}

// slips is how many slips a word may have and still be taken for another: none in short words, where each letter counts.
func slips(w string) int {
	switch {
	case len(w) < 4:
		return 0
	case len(w) < 8:
		return 1
	}
	return 2
}
