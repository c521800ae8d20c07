package slack

import (
	"context"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"
)

// OpenView opens a modal in answer to what somebody did, whose trigger (TriggerOf, Command.Trigger) lives for 3 s. What
// is sent off with it comes back as a Submit update of the conversation. It returns the view's id, for UpdateView. An
// error of Slack's is a *bot.SendError; any other says which limit the view breaks.
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
	if _, err := s.placeOf(conversation); err != nil {
		return "", err
	}
	v.Type, v.PrivateMetadata = slackapi.VTModal, conversation
	if err := CheckModal(v); err != nil {
		return "", fmt.Errorf("a modal that Slack would refuse: %w", err)
	}
	params["view"] = v
	return s.sendView(ctx, method, params)
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
		return "", s.refused(method, err)
	}
	return shown.View.ID, nil
}
