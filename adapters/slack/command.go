package slack

import (
	"regexp"
	"strings"
)

// commandShape finds what may be one of the application's commands, such as /goals, at the beginning of a word.
var commandShape = regexp.MustCompile(`(^|[\s"'(“«¿¡])/([a-z0-9]+)`)

// spellCommands writes the application's commands as people have to type them here: Slack keeps words that begin with /
// to itself, but for /tandem.
func (s *Slack) spellCommands(text string) string {
	if len(s.opt.Commands) == 0 || !strings.Contains(text, "/") {
		return text
	}
	return commandShape.ReplaceAllStringFunc(text, func(found string) string {
		m := commandShape.FindStringSubmatch(found)
		if _, known := s.opt.Commands[m[2]]; !known {
			return found
		}
		return m[1] + "/tandem " + m[2]
	})
}
