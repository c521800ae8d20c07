package understand

import "time"

// monthAt reads "12 May 2026", "May 12th", "12 de mayo", "the twelfth of May".
func (r *dayReader) monthAt(i int) day {
	w, toks := &r.l.dates, r.toks
	var number, n int
	month, m := w.months.at(toks, i)
	if m > 0 { // month first
		if i+m < len(toks) && toks[i+m].is(".") { // "nov. 20"
			m++
		}
		k := m + r.l.articles.len(toks, i+m)
		number, n = r.dayNumber(i + k)
		if n == 0 || glued(toks, i+k+n, ":") || len(toks[i+k].text) > 2 && toks[i+k].kind == digits {
			return day{}
		}
		n += k
	} else {
		number, n = r.dayNumber(i)
		if n == 0 {
			return day{}
		}
		n += w.of.len(toks, i+n)
		month, m = w.months.at(toks, i+n)
		if m == 0 {
			return day{}
		}
		n += m
	}
	j := i + n
	if j < len(toks) && toks[j].is(",") {
		j++
	}
	j += w.of.len(toks, j)
	if j < len(toks) && toks[j].kind == digits && len(toks[j].text) == 4 && !glued(toks, j+1, ":") {
		return r.exact(year(toks[j]), month, number, j+1-i)
	}
	date, why := r.monthDay(time.Month(month), number)
	return day{date: date, why: why, n: n}
}

// dayNumber reads the number of a day of the month: "12", "12th", "twelfth", "twenty first", "doce".
func (r *dayReader) dayNumber(i int) (value, n int) {
	toks, w := r.toks, &r.l.numbers
	if i >= len(toks) {
		return 0, 0
	}
	if o := w.ordinals[toks[i].text]; o > 0 {
		return o, 1
	}
	if toks[i].kind == digits {
		if len(toks[i].text) > 2 {
			return 0, 0
		}
		n = 1
		if i+1 < len(toks) && !toks[i+1].gap {
			n += w.ordinalMarks.len(toks, i+1)
		}
		return short(toks[i]), n
	}
	num := r.l.wordsAt(toks, i)
	if num.n == 0 || !num.whole || num.slip || num.value > 99 {
		return 0, 0
	}
	if i+num.n < len(toks) && num.value >= 20 && num.n == 1 {
		if o := w.ordinals[toks[i+1].text]; o > 0 && o < 10 {
			return int(num.value) + o, 2
		}
	}
	return int(num.value), num.n
}

// ordinal reads a day of the month alone: "the 15th", "el 15", "el día 15", with or without "of next month".
func (r *dayReader) ordinal(i int) day {
	w, toks := &r.l.dates, r.toks
	noun := w.dayNoun.len(toks, i)
	number, n := r.dayNumber(i + noun)
	if n == 0 {
		return day{}
	}
	j := i + noun + n
	marked := toks[j-1].kind == word && (noun > 0 || toks[j-n].kind == digits) && (n > 1 || r.l.numbers.ordinals[toks[j-1].text] > 0)
	if !marked && noun == 0 || w.weekdays.len(toks, j) > 0 || w.months.len(toks, j+w.of.len(toks, j)) > 0 {
		return day{}
	}
	if j < len(toks) && !marked && (toks[j].kind == digits || w.units.len(toks, j) > 0 || toks[j].kind == mark && !toks[j].ends()) {
		return day{}
	}
	next, this := w.nextMonth.len(toks, j), w.thisMonth.len(toks, j)
	if next == 0 && this == 0 {
		date, why := r.dayOfMonth(number)
		return day{date: date, why: why, n: j - i}
	}
	first := r.today.AddDate(0, 0, 1-r.today.Day())
	if next > 0 {
		first = addMonths(first, 1)
	}
	if number < 1 || number > daysIn(first) {
		return day{why: NoSuchDate, n: j + next + this - i}
	}
	return day{date: first.AddDate(0, 0, number-1), n: j + max(next, this) - i}
}

// afterWeekday reads the bare number of "viernes 20". Whether it fits the weekday is seen when the two are joined.
func (r *dayReader) afterWeekday(i int) day {
	toks := r.toks
	if toks[i].kind != digits || len(toks[i].text) > 2 || r.l.dates.weekdays.before(toks, i) == 0 {
		return day{}
	}
	if i+1 < len(toks) && !toks[i+1].ends() && r.l.times.at.len(toks, i+1) == 0 && r.l.dates.fillers.len(toks, i+1) == 0 || glued(toks, i+1, ":") || glued(toks, i+1, ".") {
		return day{}
	}
	date, why := r.dayOfMonth(short(toks[i]))
	return day{date: date, why: why, n: 1}
}
