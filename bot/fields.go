package bot

import "tandem/dialog"

// text and number read a record's fields; what was not answered is not there.
func text(r dialog.Record, name string) string {
	s, _ := r.Fields[name].(string)
	return s
}

func number(r dialog.Record, name string) *int {
	switch v := r.Fields[name].(type) {
	case float64:
		n := int(v)
		return &n
	case int:
		return &v
	}
	return nil
}
