package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tandem/bot"
	"tandem/bot/flows"
	"tandem/bot/safety"
	"tandem/dialog"
)

// loadFlows reads the flows that come with Tandem, and over them an author's own folder, where there is one.
func loadFlows(dir string) (*dialog.Library, error) {
	if dir == "" {
		lib, err := bot.Loader().Load(flows.FS())
		if err != nil {
			return nil, fmt.Errorf("load the flows that come with Tandem: %w", err)
		}
		return lib, nil
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, badSetting("the folder of flows %s cannot be read: %w", dir, err)
	case !info.IsDir():
		return nil, badSetting("%s is not a folder; give the folder that holds a folder for each flow", dir)
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*", "flow.yaml")); len(found) == 0 {
		return nil, badSetting("no flows in %s: a flow is a folder there with a flow.yaml in it%s", dir, perhapsInside(dir))
	}
	lib, err := bot.Loader().Load(flows.FS(), os.DirFS(dir))
	if err != nil {
		return nil, badSetting("the flows in %s cannot be used:\n%w", dir, whereItIs(dir, err))
	}
	return lib, nil
}

// whereItIs names the files of mistakes so that they can be opened from here.
func whereItIs(dir string, err error) error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var out []error
		for _, e := range many.Unwrap() {
			out = append(out, whereItIs(dir, e))
		}
		return errors.Join(out...)
	}
	var at *dialog.SourceError
	if !errors.As(err, &at) {
		return err
	}
	file := filepath.Join(dir, filepath.FromSlash(at.File))
	if _, missing := os.Stat(file); missing != nil {
		return err // one of those that come with Tandem
	}
	moved := *at
	moved.File = file
	return &moved
}

// perhapsInside helps who named the flow's own folder instead of the one around it.
func perhapsInside(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, "flow.yaml")); err != nil {
		return ""
	}
	return fmt.Sprintf(". This is a flow itself; give the folder around it: %s", filepath.Dir(filepath.Clean(dir)))
}

// checkFlow sees that a flow can be begun by its id.
func checkFlow(lib *dialog.Library, id string) error {
	if id == "" || lib.Flow(id) != nil {
		return nil
	}
	return badSetting("there is no flow %q; there are: %s", id, strings.Join(lib.Flows(), ", "))
}

// checkLanguage sees that Tandem speaks a language.
func checkLanguage(flag string, lib *dialog.Library, tag string) error {
	if lib.Language(tag) != "" {
		return nil
	}
	return badSetting("%s %q is not a language that Tandem speaks; it speaks: %s", flag, tag, strings.Join(lib.Languages(), ", "))
}

// newScreen makes the screen that looks at every text before any flow does.
func newScreen() (bot.Screen, error) {
	s, err := safety.New()
	if err != nil {
		return nil, fmt.Errorf("load the safety screen: %w", err)
	}
	return s, nil
}
