package telegram

import (
	"encoding/json"
	"strings"

	"tandem/bot"
	"tandem/dialog"
)

// media reads a message without text. In a private chat everything that a person sent is something, also what Telegram
// will invent next year ("other"), so that nobody is left without a word; what the chat itself reports is nothing.
func media(u *bot.Update, m *message, body []byte) bool {
	kind := m.kind()
	if kind == "" {
		if isService(body) || (u.Group && m.Caption == "") {
			return false
		}
		kind = "other"
	}
	u.Input = dialog.Input{Kind: dialog.Media, Media: kind, Text: m.Caption, Ref: ref(m.ID)}
	if m.Location != nil {
		u.Spot = bot.SpotAt(m.Location.Latitude, m.Location.Longitude)
	}
	return true
}

// isService tells the service messages of Telegram by their fields (https://core.telegram.org/bots/api#message): they
// report what happened to the chat, and nobody said them. It costs a second decoding, of rare messages only.
func isService(body []byte) bool {
	var u struct {
		Message map[string]json.RawMessage `json:"message"`
	}
	if json.Unmarshal(body, &u) != nil {
		return true
	}
	for field := range u.Message {
		if serviceField(field) {
			return true
		}
	}
	return false
}

func serviceField(f string) bool {
	switch f {
	case "pinned_message", "delete_chat_photo", "migrate_from_chat_id", "message_auto_delete_timer_changed",
		"successful_payment", "refunded_payment", "users_shared", "chat_shared", "gift", "unique_gift",
		"gift_upgrade_sent", "connected_website", "write_access_allowed", "passport_data",
		"proximity_alert_triggered", "boost_added", "chat_background_set", "giveaway_created",
		"giveaway_completed", "giveaway_winners", "paid_message_price_changed", "direct_message_price_changed",
		"web_app_data":
		return true
	}
	for _, prefix := range []string{
		"new_chat_", "left_chat_", "forum_topic_", "general_forum_topic_", "video_chat_", "voice_chat_",
		"checklist_tasks_", "suggested_post_", "chat_owner_",
	} {
		if strings.HasPrefix(f, prefix) {
			return true
		}
	}
	return strings.HasSuffix(f, "_chat_created")
}
