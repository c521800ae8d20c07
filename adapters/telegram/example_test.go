package telegram_test

import (
	"fmt"

	"tandem/adapters/telegram"
)

func ExampleDecode() {
	body := []byte(`{"update_id": 4711, "message": {"message_id": 12, "date": 1760000000, "text": "/start inv_7",
		"from": {"id": 5, "first_name": "Sam", "language_code": "en"}, "chat": {"id": 5, "type": "private"}}}`)
	u, ours, err := telegram.Decode(body, telegram.Self{ID: 81})
	if err != nil || !ours {
		return
	}
	fmt.Println(u.Delivery, u.Conversation, u.Event, u.Code, u.From.Name)
	// Output: telegram:81:update:4711 telegram:5 start inv_7 Sam
}
