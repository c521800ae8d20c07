package main

// remindersCmd is what shows when something is due.
type remindersCmd struct {
	List   remindersListCmd   `cmd:"" default:"withargs" help:"Show which conversations are looked at next, and why."`
	Next   remindersNextCmd   `cmd:"" help:"Show when a schedule is due: reads JSON lines, prints a JSON line each."`
	Settle remindersSettleCmd `cmd:"" help:"After a backup was restored: send no nudge again that was due up to a time."`
}
