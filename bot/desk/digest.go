package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// What a digest holds at most, so that it is read.
const (
	messagesMost = 8
	namesMost    = 8 // of a section; the others are counted
)

// section is a part of a digest.
type section int

// The sections, in their order.
const (
	waitingOnes section = iota
	milestones
	goingWell
	slips
	silences
	offTrack
	news
	sections // how many there are
)

// entry is a client in a section.
type entry struct {
	line string
	at   time.Time
}

// Digest sums up a caseload in a language: what waits, what there is to celebrate, who does well, slipped, is quiet or
// worth a thought, and a count of everybody else. What was opened counts where it is newer than since; a zero since
// means all. It has one to eight messages, and names at most eight clients a section. Days are days in the zone of now.
func (w *Words) Digest(lang string, cases []Case, since, now time.Time) Digest {
	t := w.at(lang, now)
	if len(cases) == 0 {
		return Digest{Messages: []string{t.DigestNobody}}
	}
	found, others := t.gather(cases, since)
	// Fewer names where eight long ones a section would be too much to read. One of each always fits.
	for most := namesMost; ; most-- {
		if messages := pack(t.write(found, others, len(cases), most, since)); len(messages) <= messagesMost || most == 1 {
			return Digest{Messages: messages}
		}
	}
}

// gather finds what there is to say of whom, and counts of how many there is nothing.
func (t teller) gather(cases []Case, since time.Time) (found [sections][]entry, others int) {
	for _, l := range lookAtAll(cases, t.now) {
		lines, any := t.items(l, since), false
		for s, items := range lines {
			if len(items) > 0 {
				found[s], any = append(found[s], t.entry(l, items)), true
			}
		}
		if !any {
			others++
		}
	}
	for _, s := range []section{milestones, goingWell, slips, news} {
		slices.SortStableFunc(found[s], func(a, b entry) int { return b.at.Compare(a.at) }) // the newest first
	}
	slices.SortStableFunc(found[silences], func(a, b entry) int { return a.at.Compare(b.at) }) // the longest first
	return found, others
}

// entry is a client's line: the newest of what there is to say, and how much more.
func (t teller) entry(l look, items []item) entry {
	first := items[0]
	for _, it := range items {
		if it.at.After(first.at) {
			first = it
		}
	}
	text := first.text
	if n := len(items) - 1; n > 0 {
		text = fill(t.AndMore, "text", text, "n", strconv.Itoa(n))
	}
	return entry{fill(t.Entry, "name", t.name(l.Case), "text", text), first.at}
}

// write gives the parts of a digest, each a heading with its lines, with at most most names each.
func (t teller) write(found [sections][]entry, others, all, most int, since time.Time) [][]string {
	title := t.DigestTitle
	if !since.IsZero() {
		title = fill(t.DigestSince, "date", t.date(since))
	}
	parts := [][]string{{title}}
	for s, head := range t.heads() {
		lines := []string{head}
		for i, e := range found[s] {
			if i == most {
				lines = append(lines, fill(t.MoreNames, "n", strconv.Itoa(len(found[s])-most)))
				break
			}
			lines = append(lines, e.line)
		}
		if len(lines) > 1 {
			parts = append(parts, lines)
		}
	}
	if others > 0 {
		parts = append(parts, []string{t.others(others, all)})
	}
	return parts
}

func (t teller) heads() [sections]string {
	return [sections]string{t.HeadWaiting, t.HeadMilestones, t.HeadWell, t.HeadSlipped, t.HeadQuiet, t.HeadTrack, t.HeadNews}
}

// others counts of whom there is nothing to say.
func (t teller) others(n, all int) string {
	one, many := t.OtherOne, t.OtherMany
	if n == all {
		one, many = t.AllOne, t.AllMany
	}
	if n == 1 {
		return one
	}
	return fill(many, "n", strconv.Itoa(n))
}

// pack puts parts into as few messages as it may without cutting one that fits into a message. A longer one is cut
// between its lines.
func pack(parts [][]string) []string {
	var messages []string
	for _, lines := range parts {
		for i, piece := range pieces(lines) {
			last := len(messages) - 1
			if i == 0 && last >= 0 && units(messages[last])+2+units(piece) <= MessageMost {
				messages[last] += "\n\n" + piece
				continue
			}
			messages = append(messages, piece)
		}
	}
	return messages
}

// pieces joins lines, cut where a message is full.
func pieces(lines []string) []string {
	var out []string
	var b strings.Builder
	used := 0
	for _, line := range lines {
		n := units(line)
		if used > 0 && used+1+n > MessageMost {
			out = append(out, b.String())
			b.Reset()
			used = 0
		}
		if used > 0 {
			b.WriteByte('\n')
			used++
		}
		b.WriteString(line)
		used += n
	}
	return append(out, b.String())
}
