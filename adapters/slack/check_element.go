package slack

import (
	"errors"

	slackapi "github.com/slack-go/slack"
)

// checkActions checks a row of buttons or menus; two of a block may not have the same id.
func checkActions(b *slackapi.ActionBlock) error {
	if b.Elements == nil {
		return number("elements", 0, 1, maxElements)
	}
	err := number("elements", len(b.Elements.ElementSet), 1, maxElements)
	ids := map[string]bool{}
	for _, e := range b.Elements.ElementSet {
		id := actionID(e)
		if id != "" && ids[id] {
			err = errors.Join(err, errors.New("two elements with the same action_id"))
		}
		ids[id] = true
		err = errors.Join(err, checkElement(e))
	}
	return err
}

// checkElement checks a button, a menu or an input.
func checkElement(e slackapi.BlockElement) error {
	id := length("action_id", actionID(e), 0, maxID)
	switch e := e.(type) {
	case *slackapi.ButtonBlockElement:
		return errors.Join(id, text("label", e.Text, 1, maxLabel), length("value", e.Value, 0, maxValue), length("url", e.URL, 0, maxURL))
	case *slackapi.SelectBlockElement:
		if len(e.OptionGroups) > 0 {
			return errors.New("groups of options are not used here")
		}
		if e.Type != slackapi.OptTypeStatic {
			return errors.Join(id, optional("placeholder", e.Placeholder, maxPlaceholder))
		}
		return errors.Join(id, optional("placeholder", e.Placeholder, maxPlaceholder), checkChoices(e.Options, maxOptions))
	case *slackapi.OverflowBlockElement:
		return errors.Join(id, checkChoices(e.Options, maxOverflow))
	case *slackapi.CheckboxGroupsBlockElement:
		return errors.Join(id, checkChoices(e.Options, maxBoxes))
	case *slackapi.RadioButtonsBlockElement:
		return errors.Join(id, checkChoices(e.Options, maxBoxes))
	case *slackapi.PlainTextInputBlockElement:
		return errors.Join(id, optional("placeholder", e.Placeholder, maxPlaceholder), length("initial_value", e.InitialValue, 0, maxTyped),
			number("max_length", e.MaxLength, 0, maxTyped), number("min_length", e.MinLength, 0, maxTyped))
	case *slackapi.DatePickerBlockElement, *slackapi.TimePickerBlockElement:
		return id
	}
	return errors.New("a kind of element that is not used here")
}

func actionID(e slackapi.BlockElement) string {
	switch e := e.(type) {
	case *slackapi.ButtonBlockElement:
		return e.ActionID
	case *slackapi.SelectBlockElement:
		return e.ActionID
	case *slackapi.OverflowBlockElement:
		return e.ActionID
	case *slackapi.CheckboxGroupsBlockElement:
		return e.ActionID
	case *slackapi.RadioButtonsBlockElement:
		return e.ActionID
	case *slackapi.PlainTextInputBlockElement:
		return e.ActionID
	case *slackapi.DatePickerBlockElement:
		return e.ActionID
	case *slackapi.TimePickerBlockElement:
		return e.ActionID
	}
	return ""
}

func checkChoices(options []*slackapi.OptionBlockObject, most int) error {
	err := number("options", len(options), 1, most)
	for _, o := range options {
		if o == nil {
			return errors.Join(err, errors.New("an option is missing"))
		}
		err = errors.Join(err, text("option", o.Text, 1, maxLabel), length("option's value", o.Value, 1, maxData),
			optional("option's description", o.Description, maxLabel))
	}
	return err
}
