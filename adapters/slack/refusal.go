package slack

import (
	"errors"
	"net/http"
	"strings"

	"tandem/bot"
)

// refusal says what a failed call means. Only Slack's own word makes a failure permanent: an answer that a proxy gave,
// or none at all, is tried again.
func refusal(err error) *bot.SendError {
	var e *apiError
	if !errors.As(err, &e) {
		return &bot.SendError{Code: bot.CodeNetwork, Fate: bot.Later}
	}
	se := &bot.SendError{Status: e.status, After: e.after}
	switch {
	case e.status == 0:
		se.Code = bot.CodeNetwork
	case e.status == http.StatusTooManyRequests:
		se.Code = bot.CodeRate
	case e.word == "":
		se.Code = bot.CodeServer
	default:
		se.Code, se.Fate = spoken(e)
	}
	return se
}

// spoken reads a refusal that Slack itself gave. The words are those that the pages of chat.postMessage, chat.update,
// conversations.open, views.publish and files.completeUploadExternal list, e.g. https://docs.slack.dev/reference/methods/chat.postMessage.
// One that is not known falls back on its status.
func spoken(e *apiError) (code string, fate bot.Fate) {
	switch e.word {
	case "ratelimited", "rate_limited", "message_limit_exceeded":
		return bot.CodeRate, bot.Later
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope",
		"not_allowed_token_type", "no_permission", "access_denied", "accesslimited", "ekm_access_denied",
		"org_login_required", "two_factor_setup_required", "enterprise_is_restricted", "team_access_not_granted":
		return bot.CodeUnauthorized, bot.Later // the operator must act, the message is not at fault
	case "channel_not_found", "is_archived", "user_not_found", "users_not_found", "user_disabled", "user_not_visible",
		"cannot_dm_bot", "invalid_user_combination":
		return bot.CodeGone, bot.Gone
	case "not_in_channel":
		return bot.CodeBlocked, bot.Gone // somebody removed the bot
	case "messages_tab_disabled", "not_enabled":
		return bot.CodeMuted, bot.Later // a tab that the operator turns on in the app's settings
	case "message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "cannot_reply_to_message":
		return bot.CodeEditGone, bot.Never
	case "no_text":
		return bot.CodeEmpty, bot.Never
	case "msg_too_long", "msg_blocks_too_long", "view_too_large", "attachment_payload_limit_exceeded":
		return bot.CodeTooLong, bot.Never
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org":
		return bot.CodeServer, bot.Later
	case "unknown_method", "method_deprecated", "deprecated_endpoint", "method_not_supported_for_channel_type":
		return bot.CodeNotFound, bot.Later // a wrong server, not a wrong message
	}
	switch {
	case strings.HasPrefix(e.word, "restricted_action"), strings.HasPrefix(e.word, "slack_connect_"):
		return bot.CodeMuted, bot.Gone
	case e.status >= http.StatusInternalServerError, e.status == http.StatusRequestTimeout:
		return bot.CodeServer, bot.Later
	}
	return bot.CodeBadRequest, bot.Never
}

// refusesToken tells whether a call failed because of a token, for good.
func refusesToken(err error) bool {
	var e *apiError
	if !errors.As(err, &e) {
		return false
	}
	switch e.word {
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope", "not_allowed_token_type":
		return true
	}
	return false
}
