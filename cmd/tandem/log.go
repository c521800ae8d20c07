package main

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
)

// newLog makes the service's log: JSON lines. Nothing that is logged should hold a secret; should one slip into an
// error all the same, it does not come out.
func newLog(w io.Writer, level string, secrets ...string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return slog.New(slog.NewJSONHandler(w, nil)), fmt.Errorf("TANDEM_LOG_LEVEL %q is not one of: debug, info, warn, error", level)
	}
	secrets = slices.DeleteFunc(secrets, func(s string) bool { return s == "" })
	hide := func(_ []string, a slog.Attr) slog.Attr {
		text := a.Value.String()
		for _, s := range secrets {
			if strings.Contains(text, s) {
				text = strings.ReplaceAll(text, s, "***")
				a.Value = slog.StringValue(text)
			}
		}
		return a
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l, ReplaceAttr: hide})), nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
