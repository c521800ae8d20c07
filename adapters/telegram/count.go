package telegram

import "sync/atomic"

// Counts is what became of the updates so far, for metrics.
type Counts struct {
	Ingested  int64 // taken in
	Ignored   int64 // well-formed, and nothing for Tandem
	Skipped   int64 // could not be read: logged by id, and passed over
	Failed    int64 // failed attempts to store; Telegram delivers again
	Refused   int64 // webhook requests without the right secret
	Conflicts int64 // another program polled the same bot
}

type counters struct {
	ingested, ignored, skipped, failed, refused, conflicts atomic.Int64
}

// Counts reads the counters.
func (t *Telegram) Counts() Counts {
	c := &t.counts
	return Counts{Ingested: c.ingested.Load(), Ignored: c.ignored.Load(), Skipped: c.skipped.Load(),
		Failed: c.failed.Load(), Refused: c.refused.Load(), Conflicts: c.conflicts.Load()}
}

// countDecoded counts a decoded update and tells whether it is to be ingested.
func (t *Telegram) countDecoded(r received, err error) bool {
	switch {
	case err != nil:
		t.counts.skipped.Add(1)
		t.log.Error("an update could not be read and is passed over", "update", r.id, "err", err)
	case !r.ours:
		t.counts.ignored.Add(1)
	default:
		return true
	}
	return false
}
