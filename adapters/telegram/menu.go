package telegram

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// Command is one line of the menu that Telegram shows beside the text field.
type Command struct {
	Name        string // without the slash: 1 to 32 of [a-z0-9_]
	Description string // 1 to 256 characters, in the language of its list
}

// Introduce sets the command menus and descriptions of Options, one language after the other
// (https://core.telegram.org/bots/api#setmycommands, #setmydescription). It is worth calling once at every start.
func (t *Telegram) Introduce(ctx context.Context) error {
	for _, lang := range slices.Sorted(maps.Keys(t.opt.Commands)) {
		list := make([]models.BotCommand, 0, len(t.opt.Commands[lang]))
		for _, c := range t.opt.Commands[lang] {
			list = append(list, models.BotCommand{Command: c.Name, Description: c.Description})
		}
		if err := t.call(ctx, t.opt.CallTimeout, "setMyCommands", struct {
			Commands []models.BotCommand `json:"commands"`
			Language string              `json:"language_code,omitempty"`
		}{list, lang}, nil); err != nil {
			return fmt.Errorf("set the command menu for language %q: %w", lang, err)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t.opt.Description)) {
		if err := t.call(ctx, t.opt.CallTimeout, "setMyDescription", struct {
			Description string `json:"description"`
			Language    string `json:"language_code,omitempty"`
		}{t.opt.Description[lang], lang}, nil); err != nil {
			return fmt.Errorf("set the description for language %q: %w", lang, err)
		}
	}
	return nil
}

// checkMenus finds what Telegram would refuse.
func checkMenus(commands map[string][]Command, description map[string]string) error {
	language, name := regexp.MustCompile(`^([a-z]{2})?$`), regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	for lang, list := range commands {
		if !language.MatchString(lang) {
			return fmt.Errorf("the command menu's language %q is not two letters", lang)
		}
		if len(list) > 100 {
			return fmt.Errorf("the command menu for language %q has more than 100 commands", lang)
		}
		for _, c := range list {
			if !name.MatchString(c.Name) {
				return fmt.Errorf("the command %q is not 1 to 32 of a-z, 0-9 and _", c.Name)
			}
			if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
				return fmt.Errorf("the description of /%s in language %q is not 1 to 256 characters", c.Name, lang)
			}
		}
	}
	for lang, text := range description {
		if !language.MatchString(lang) || utf8.RuneCountInString(text) > 512 {
			return fmt.Errorf("the bot's description for language %q is over 512 characters, or its language not two letters", lang)
		}
	}
	return nil
}
