package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// settingTag names the environment variable of a flag. Kong's own tag reads the process's environment, where a test
// could not give a program one of its own, and puts the value (a token) into its errors.
const settingTag = "setting"

// settingsFrom gives flags that were not given on the command line the value of their environment variable. An empty
// one counts as not set: that is how compose files leave things out.
func settingsFrom(env func(string) (string, bool)) kong.Resolver {
	var f kong.ResolverFunc = func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		name := flag.Tag.Get(settingTag)
		if name == "" {
			return nil, nil
		}
		if value, ok := env(name); ok && strings.TrimSpace(value) != "" {
			return value, nil
		}
		return nil, nil
	}
	return f
}

// withSetting shows the variable beside a flag's help.
func withSetting(v *kong.Value) string {
	if name := v.Tag.Get(settingTag); name != "" {
		return strings.TrimSuffix(v.Help, ".") + " ($" + name + ")."
	}
	return v.Help
}
