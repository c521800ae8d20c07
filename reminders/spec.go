package reminders

import (
	"errors"
	"fmt"
	"strings"

	"github.com/robfig/cron/v3"
)

// ErrSpec is the error of a text that is not a cron spec of five fields.
var ErrSpec = errors.New("not a spec that reminders can follow")

// longestSpec is in bytes. Every minute, hour, day, month and weekday written out are below 400.
const longestSpec = 500

// parseSpec reads a spec, and returns it in the one form that all its spellings have: numbers, single spaces, no names.
// Only that form reaches the cron library, which panics on some texts and takes others for what nobody meant.
func parseSpec(spec string) (*cron.SpecSchedule, string, error) {
	if err := checkShape(spec); err != nil {
		return nil, "", err
	}
	texts, kinds := strings.Fields(spec), fieldKinds()
	if len(texts) != len(kinds) {
		return nil, "", fmt.Errorf("%w: %q has %s; write five, as 0 9 * * 1: minute, hour, day of the month, month, weekday",
			ErrSpec, shorten(spec), count(len(texts)))
	}
	for i, kind := range kinds {
		plain, err := kind.plain(texts[i])
		if err != nil {
			return nil, "", fmt.Errorf("%w: the %s %q: %w", ErrSpec, kind.name, shorten(texts[i]), err)
		}
		texts[i] = plain
	}
	plain := strings.Join(texts, " ")
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(plain)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %q: %w", ErrSpec, plain, err)
	}
	fields, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, "", fmt.Errorf("%w: %q has no fields; write it as 0 9 * * 1", ErrSpec, plain)
	}
	return fields, plain, nil
}

// checkShape refuses what other programs take for a spec, each with what to write instead.
func checkShape(spec string) error {
	trimmed := strings.TrimSpace(spec)
	switch {
	case len(spec) > longestSpec:
		return fmt.Errorf("%w: it is %d bytes long, and %d are enough for any", ErrSpec, len(spec), longestSpec)
	case trimmed == "":
		return fmt.Errorf("%w: it is empty; write it as 0 9 * * 1", ErrSpec)
	case strings.HasPrefix(trimmed, "@"):
		return fmt.Errorf("%w: %q is a short form; %s", ErrSpec, shorten(trimmed), insteadOf(trimmed))
	case strings.HasPrefix(trimmed, "TZ=") || strings.HasPrefix(trimmed, "CRON_TZ="):
		return fmt.Errorf("%w: %q has a zone in it; give the zone by itself, and the spec without it", ErrSpec, shorten(trimmed))
	}
	for _, r := range spec {
		if !strings.ContainsRune(" \t*?,-/", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return fmt.Errorf("%w: %q has no meaning in %q; a spec has numbers, names of days and months, and * , - /", ErrSpec, r, shorten(spec))
		}
	}
	return nil
}

// insteadOf says how to write a short form as a spec.
func insteadOf(short string) string {
	switch strings.ToLower(short) {
	case "@yearly", "@annually":
		return "write 0 0 1 1 *"
	case "@monthly":
		return "write 0 0 1 * *"
	case "@weekly":
		return "write 0 0 * * 0"
	case "@daily", "@midnight":
		return "write 0 0 * * *"
	case "@hourly":
		return "write 0 * * * *"
	default:
		return "write five fields, as 0 9 * * * for every day at 9:00 or */30 * * * * for every half hour"
	}
}

// count says how many fields there are.
func count(n int) string {
	switch n {
	case 1:
		return "one field"
	case 6:
		return "six fields (the first may be seconds, which reminders do not have)"
	default:
		return fmt.Sprintf("%d fields", n)
	}
}

// shorten keeps a message readable whatever it quotes.
func shorten(text string) string {
	const most = 40
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
