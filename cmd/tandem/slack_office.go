package main

import (
	"context"

	"tandem/bot/desk"
)

// office is what the application tells practitioners of their clients. Each of them fails with bot.ErrNotPractitioner
// for everybody else, the last two with bot.ErrNoCase for a client who is not theirs.
type office interface {
	// Overview is the caseload, from a row on.
	Overview(ctx context.Context, conversation string, filter desk.Filter, from int) (desk.Overview, error)
	// CasePage is a client's page.
	CasePage(ctx context.Context, conversation, caseID string) (desk.Page, error)
	// Chart is a picture of a goal's ratings, as PNG.
	Chart(ctx context.Context, conversation, caseID, goal string) ([]byte, error)
}
