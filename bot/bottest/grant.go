package bottest

import (
	"encoding/json"

	"tandem/bot"
)

// Withdrawn is the commit that takes a grant back, for tests of what happens when it comes at a bad moment.
func Withdrawn(snap *bot.Snapshot, grant string) bot.Commit {
	record, _ := json.Marshal(map[string]any{"id": grant, "withdrawn": "2026-03-09T18:00:00Z"})
	return bot.Commit{
		Conversation: snap.Conversation, Revision: snap.Revision, State: snap.State, Needs: []string{bot.AllAnswers},
		Records: map[string]json.RawMessage{"grant/" + grant: record},
	}
}
