package reminders

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// fieldKind is one of the five places of a spec.
type fieldKind struct {
	name  string
	lo    int
	hi    int    // the last value that * and open steps go to
	most  int    // the greatest number that can be written
	names string // of the values from lo on, three letters each
}

// fieldKinds lists the places in their order. A weekday goes to 7, which is Sunday again.
func fieldKinds() [5]fieldKind {
	return [5]fieldKind{
		{name: "minute", hi: 59, most: 59},
		{name: "hour", hi: 23, most: 23},
		{name: "day of the month", lo: 1, hi: 31, most: 31},
		{name: "month", lo: 1, hi: 12, most: 12, names: "janfebmaraprmayjunjulaugsepoctnovdec"},
		{name: "weekday", hi: 6, most: 7, names: "sunmontuewedthufrisat"},
	}
}

// plain rewrites a field with numbers alone, or says what is wrong with it.
func (k fieldKind) plain(field string) (string, error) {
	items := strings.Split(field, ",")
	for i, item := range items {
		if item == "" {
			return "", errors.New("nothing stands at one side of a comma; write it as 1,3")
		}
		plain, err := k.item(item)
		if err != nil {
			return "", err
		}
		items[i] = plain
	}
	return strings.Join(items, ","), nil
}

// item rewrites one part of a list: *, 5, 1-5, and each of them with /2 behind it.
func (k fieldKind) item(item string) (string, error) {
	span, by, stepped := strings.Cut(item, "/")
	step := 1
	if stepped {
		var err error
		if step, err = k.step(by); err != nil {
			return "", err
		}
	}
	if span == "*" || span == "?" {
		return "*" + stepText(step), nil
	}
	from, to, ranged := strings.Cut(span, "-")
	lo, err := k.value(from)
	if err != nil {
		return "", err
	}
	switch {
	case !ranged && !stepped:
		return strconv.Itoa(lo % (k.hi + 1)), nil
	case !ranged:
		return k.rangeText(lo, max(lo, k.hi), step), nil
	}
	hi, err := k.value(to)
	if err != nil {
		return "", err
	}
	if k.most > k.hi && strings.EqualFold(to, "sun") {
		hi = k.most // "fri-sun"
	}
	if hi < lo {
		return "", fmt.Errorf("%s ends before it begins; write the lower one first, or two parts with a comma", span)
	}
	return k.rangeText(lo, hi, step), nil
}

// rangeText writes a range. One that goes up to the second Sunday is written out: the library knows only the first.
func (k fieldKind) rangeText(lo, hi, step int) string {
	if hi <= k.hi {
		return fmt.Sprintf("%d-%d%s", lo, hi, stepText(step))
	}
	var days []string
	for v := lo; v <= hi; v += step {
		days = append(days, strconv.Itoa(v%(k.hi+1)))
	}
	return strings.Join(days, ",")
}

func stepText(step int) string {
	if step == 1 {
		return ""
	}
	return "/" + strconv.Itoa(step)
}

// step reads what stands behind a slash.
func (k fieldKind) step(text string) (int, error) {
	longest := k.hi - k.lo + 1
	step, ok := number(text)
	if !ok || step == 0 {
		return 0, fmt.Errorf("%q is not a step; write a number from 1 on, as */2", shorten(text))
	}
	if step > longest {
		return 0, fmt.Errorf("a step of %d is longer than the whole field, which has %d", step, longest)
	}
	return step, nil
}

// value reads a number or a name.
func (k fieldKind) value(text string) (int, error) {
	if len(text) == 3 {
		if at := strings.Index(k.names, strings.ToLower(text)); at >= 0 && at%3 == 0 {
			return k.lo + at/3, nil
		}
	}
	v, ok := number(text)
	switch {
	case !ok && k.names != "":
		return 0, fmt.Errorf("%q is neither a number nor a name such as %s", shorten(text), k.names[3:6])
	case !ok:
		return 0, fmt.Errorf("%q is not a number from %d to %d", shorten(text), k.lo, k.most)
	case v < k.lo || v > k.most:
		return 0, fmt.Errorf("%d is out of range; it goes from %d to %d", v, k.lo, k.most)
	}
	return v, nil
}

// number reads digits and nothing else: the library's own reading takes signs.
func number(text string) (int, bool) {
	if text == "" || len(text) > 3 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
