package telegram

import (
	"errors"
	"net/http"
	"strings"

	"tandem/bot"
)

// refusal says what a failed send means. Only Telegram's own word, in JSON, makes a failure permanent: an answer that a
// proxy gave, or none at all, is tried again.
func refusal(err error) *bot.SendError {
	var e *apiError
	if !errors.As(err, &e) {
		return &bot.SendError{Code: bot.CodeNetwork, Fate: bot.Later}
	}
	se := &bot.SendError{Status: e.status, After: e.after}
	switch {
	case e.status == 0:
		se.Code = bot.CodeNetwork
	case e.status == http.StatusTooManyRequests, e.status == 420:
		se.Code = bot.CodeRate
	case e.migrated:
		// A group that became a supergroup is another chat, and another conversation: the team starts anew there.
		se.Code, se.Fate = bot.CodeMigrated, bot.Gone
	case !e.spoken:
		se.Code = bot.CodeServer
	default:
		se.Code, se.Fate = spoken(e)
	}
	return se
}

// spoken reads a refusal that Telegram itself gave. Its descriptions are not documented; the list at
// https://github.com/TelegramBotAPI/errors is what people met. One that is not known falls back on its status.
func spoken(e *apiError) (code string, fate bot.Fate) {
	has := func(s string) bool { return strings.Contains(strings.ToLower(e.description), s) }
	switch {
	case e.status == http.StatusBadRequest:
		return badRequest(has)
	case e.status == http.StatusUnauthorized:
		return bot.CodeUnauthorized, bot.Later // the token was revoked: the operator must act, the message is not at fault
	case e.status == http.StatusForbidden && has("blocked by the user"):
		return bot.CodeBlocked, bot.Gone
	case e.status == http.StatusForbidden:
		return bot.CodeGone, bot.Gone // deactivated, kicked, not a member, cannot begin a conversation
	case e.status == http.StatusNotFound:
		return bot.CodeNotFound, bot.Later // no such method or a malformed token: a wrong server, not a wrong message
	case e.status == http.StatusConflict:
		return bot.CodeConflict, bot.Later
	case e.status == http.StatusRequestTimeout:
		return bot.CodeServer, bot.Later
	case e.status == http.StatusRequestEntityTooLarge:
		return bot.CodeTooLong, bot.Never
	case e.status > http.StatusBadRequest && e.status < http.StatusInternalServerError:
		return bot.CodeBadRequest, bot.Never
	}
	return bot.CodeServer, bot.Later
}

// badRequest tells the many kinds of 400 apart.
func badRequest(has func(string) bool) (code string, fate bot.Fate) {
	switch {
	case has("chat not found"), has("group chat was deactivated"), has("group chat was upgraded"),
		has("user_is_deactivated"), has("peer_id_invalid"), has("user not found"):
		return bot.CodeGone, bot.Gone
	case has("chat_write_forbidden"), has("have no rights to send"), has("not enough rights to send"):
		return bot.CodeMuted, bot.Gone
	case has("message to edit not found"), has("message can't be edited"), has("message_id_invalid"):
		return bot.CodeEditGone, bot.Never
	case has("message is too long"), has("message_too_long"):
		return bot.CodeTooLong, bot.Never
	case has("button_data_invalid"):
		return bot.CodeButtonData, bot.Never
	case has("message is not modified"):
		return bot.CodeNotModified, bot.Never
	}
	return bot.CodeBadRequest, bot.Never
}

// refusesToken tells whether a call failed because of the token: 401 for one that is unknown, 404 for one that is
// malformed, which Telegram takes for a part of the path.
func refusesToken(err error) bool {
	var e *apiError
	return errors.As(err, &e) && e.spoken && (e.status == http.StatusUnauthorized || e.status == http.StatusNotFound)
}
