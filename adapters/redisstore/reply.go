package redisstore

import "strconv"

// array reads a reply that is an array; nil where it is not.
func array(reply any) []any {
	l, _ := reply.([]any)
	return l
}

// at is an element of an array, or nil.
func at(l []any, i int) any {
	if i >= len(l) {
		return nil
	}
	return l[i]
}

// text is an element of an array as a string; "" where there is none.
func text(l []any, i int) string {
	switch v := at(l, i).(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// number is an element of an array as a number; 0 where there is none.
func number(l []any, i int) int64 {
	switch v := at(l, i).(type) {
	case int64:
		return v
	case string:
		n, _ := strconv.ParseInt(v, 10, 64)
		return n
	}
	return 0
}
