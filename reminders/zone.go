package reminders

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a bare machine has no zones of its own
)

// ErrZone is the error of a time zone that there is not.
var ErrZone = errors.New("not a time zone")

const longestZone = 64 // bytes; the longest name there is has 32

// Zone finds a time zone by its IANA name, such as Europe/Madrid. It reads files: who needs a zone often keeps what it
// returns, and gives it to ParseIn. "" and "Local" are refused with ErrZone: a person's clock is never the machine's.
func Zone(name string) (*time.Location, error) {
	switch {
	case name == "":
		return nil, fmt.Errorf("%w: it is empty; write it as Europe/Madrid or America/New_York", ErrZone)
	case name == "Local":
		return nil, fmt.Errorf("%w: \"Local\" is wherever this machine is; write the person's own, as Europe/Madrid", ErrZone)
	case len(name) > longestZone:
		return nil, fmt.Errorf("%w: a name of %d bytes; write it as Europe/Madrid or America/New_York", ErrZone, len(name))
	}
	if plainZone(name) {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, nil
		}
	}
	return nil, fmt.Errorf("%w: %q; write it as Europe/Madrid or America/New_York, with these capitals", ErrZone, name)
}

// plainZone keeps out what lies beside the zones in the machine's folder: copies that count leap seconds, and files
// that stand for wherever the machine is.
func plainZone(name string) bool {
	for _, folder := range []string{"right/", "posix/"} {
		if strings.HasPrefix(name, folder) {
			return false
		}
	}
	if slices.Contains([]string{"localtime", "posixrules", "Factory"}, name) {
		return false
	}
	strange := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("/_+-", r)
	}
	return !strings.ContainsFunc(name, strange)
}
