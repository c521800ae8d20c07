package slack

import (
	"errors"

	slackapi "github.com/slack-go/slack"
)

// Reply says what becomes of a modal that was sent off. The zero Reply closes it, with what lies under it.
// https://docs.slack.dev/surfaces/modals#view-submissions
type Reply struct {
	// Push is shown over the modal, whose content stays; its close button leads back. It belongs to the same
	// conversation, and its PrivateMetadata comes back as Submitted.Carried.
	Push *slackapi.ModalViewRequest
	// Errors keep the modal open: what is to be mended, by the id of an input's block.
	Errors map[string]string
}

// response is a reply as Slack takes it, by either way.
func (s *Slack) response(conversation string, r Reply) (any, error) {
	switch {
	case r.Push != nil && len(r.Errors) > 0:
		return nil, errors.New("a modal's reply says both to mend something and to go on: it can be one of them")
	case len(r.Errors) > 0:
		return slackapi.NewErrorsViewSubmissionResponse(r.Errors), nil
	case r.Push != nil:
		v, err := s.modal(conversation, *r.Push)
		if err != nil {
			return nil, err
		}
		return slackapi.NewPushViewSubmissionResponse(&v), nil
	}
	return slackapi.NewClearViewSubmissionResponse(), nil
}
