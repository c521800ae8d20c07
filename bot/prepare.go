package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"tandem/bot/care"
)

// Prepare writes a client who is known already into a conversation that nothing has happened in: for transcripts, and
// for demonstrations. Given is how many ids the records have used up.
func Prepare(ctx context.Context, store Conversations, conversation string, client care.Client, given uint64, records map[string]json.RawMessage) error {
	data, err := json.Marshal(state{Format: stateFormat, Client: client, Given: given, Admitted: true})
	if err != nil {
		return fmt.Errorf("write a client: %w", err)
	}
	if err := store.Commit(ctx, Commit{Conversation: conversation, State: data, Records: records}); err != nil {
		return fmt.Errorf("prepare a conversation: %w", err)
	}
	return nil
}
