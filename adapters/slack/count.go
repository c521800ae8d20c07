package slack

import "sync/atomic"

// Counts is what became of the updates so far, for metrics.
type Counts struct {
	Ingested int64 // taken in
	Ignored  int64 // well-formed, and nothing for Tandem
	Skipped  int64 // could not be read: logged without content, and passed over
	Failed   int64 // failed attempts to store; Slack delivers events again
	Refused  int64 // requests without a right signature
}

type counters struct {
	ingested, ignored, skipped, failed, refused atomic.Int64
}

// Counts reads the counters.
func (s *Slack) Counts() Counts {
	c := &s.counts
	return Counts{Ingested: c.ingested.Load(), Ignored: c.ignored.Load(), Skipped: c.skipped.Load(),
		Failed: c.failed.Load(), Refused: c.refused.Load()}
}
