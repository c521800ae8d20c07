package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	slackapi "github.com/slack-go/slack"
)

// What becomes of a trigger. Both come with the *bot.SendError that Slack's answer is.
var (
	// ErrTriggerPast: too much time went by since the person did something, or it was no trigger. They have to do it again.
	ErrTriggerPast = errors.New("the trigger is past its time")
	// ErrTriggerUsed: a modal was opened with the trigger before, and the person has it.
	ErrTriggerUsed = errors.New("the trigger was used before")
)

// OpenView opens a modal in answer to what somebody did, whose trigger (TriggerOf, Command.Trigger) lives for 3 s. What
// is sent off with it comes back as a Submit update of the conversation, with the PrivateMetadata that the view was given
// (at most 3000 characters with the conversation's name). It returns the view's id, for UpdateView. An error of Slack's
// is a *bot.SendError, perhaps with ErrTriggerPast or ErrTriggerUsed; any other says which limit the view breaks.
func (s *Slack) OpenView(ctx context.Context, trigger, conversation string, v slackapi.ModalViewRequest) (id string, err error) {
	if !isEventID(trigger) {
		return "", errors.New("open a view: no trigger: a modal opens only in answer to a press or a command")
	}
	return s.sendModal(ctx, "views.open", map[string]any{"trigger_id": trigger}, conversation, v)
}

// UpdateView shows another content in a modal that is open. It fails as OpenView does.
func (s *Slack) UpdateView(ctx context.Context, id, conversation string, v slackapi.ModalViewRequest) error {
	_, err := s.sendModal(ctx, "views.update", map[string]any{"view_id": id}, conversation, v)
	return err
}

func (s *Slack) sendModal(ctx context.Context, method string, params map[string]any, conversation string, v slackapi.ModalViewRequest) (string, error) {
	v, err := s.modal(conversation, v)
	if err != nil {
		return "", err
	}
	params["view"] = v
	return s.sendView(ctx, method, params)
}

// modal makes a view one of a conversation's, within Slack's limits.
func (s *Slack) modal(conversation string, v slackapi.ModalViewRequest) (slackapi.ModalViewRequest, error) {
	if _, err := s.placeOf(conversation); err != nil {
		return v, err
	}
	v.Type, v.PrivateMetadata = slackapi.VTModal, strings.TrimSuffix(conversation+"\n"+v.PrivateMetadata, "\n")
	if err := CheckModal(v); err != nil {
		return v, fmt.Errorf("a modal that Slack would refuse: %w", err)
	}
	return v, nil
}

// PublishHome shows an App Home to one person. What they press there belongs to the conversation. It fails as OpenView
// does.
func (s *Slack) PublishHome(ctx context.Context, user, conversation string, blocks []slackapi.Block) error {
	if _, err := s.placeOf(conversation); err != nil {
		return err
	}
	if err := CheckHome(blocks); err != nil {
		return fmt.Errorf("an App Home that Slack would refuse: %w", err)
	}
	v := slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, PrivateMetadata: conversation, Blocks: slackapi.Blocks{BlockSet: blocks}}
	_, err := s.sendView(ctx, "views.publish", map[string]any{"user_id": user, "view": v})
	return err
}

func (s *Slack) sendView(ctx context.Context, method string, params map[string]any) (string, error) {
	var shown struct {
		View struct {
			ID string `json:"id"`
		} `json:"view"`
	}
	if err := s.write(ctx, method, params, &shown); err != nil && !taken(err) {
		return "", triggerError(err, s.refused(method, err))
	}
	return shown.View.ID, nil
}

// triggerError says what was wrong with a trigger, where that is what was wrong.
func triggerError(err, refused error) error {
	var e *apiError
	if !errors.As(err, &e) {
		return refused
	}
	switch e.word {
	case "expired_trigger_id", "invalid_trigger_id", "trigger_expired":
		return fmt.Errorf("%w: %w", ErrTriggerPast, refused)
	case "exchanged_trigger_id", "trigger_exchanged":
		return fmt.Errorf("%w: %w", ErrTriggerUsed, refused)
	}
	return refused
}
