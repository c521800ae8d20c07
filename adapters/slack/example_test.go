package slack_test

import (
	"fmt"

	"tandem/adapters/slack"
)

func ExampleDecode() {
	body := []byte(`{"type": "event_callback", "team_id": "T1", "event_id": "Ev4711", "event": {"type": "message", "channel_type": "im",
		"channel": "D5", "user": "U5", "ts": "1760000000.000100", "text": "about a 7"}}`)
	u, ours, err := slack.Decode(slack.Events, body, slack.Self{Team: "T1", User: "U0"})
	if err != nil || !ours {
		return
	}
	fmt.Println(u.Delivery, u.Conversation, u.Seq, u.Input.Text)
	// Output: slack:T1:event:Ev4711 slack:T1:D5 1760000000000100 about a 7
}
