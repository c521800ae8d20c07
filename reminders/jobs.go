package reminders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/robfig/cron/v3"
)

// Job is something that a whole process does from time to time, and not for one person.
type Job struct {
	Name string                          // for the log
	Spec string                          // five cron fields, in UTC
	Run  func(ctx context.Context) error // ctx ends when the process is to stop
}

// Jobs runs jobs at their times, on the clock of UTC. A job never overlaps itself: while one run takes longer than the
// time to the next, the next is left out. An error or a panic is logged and ends nothing but the run that it happened in.
// What was due while the process did not run is not made up for.
type Jobs struct {
	cron *cron.Cron
	log  *slog.Logger
	end  context.CancelFunc
}

// NewJobs reads the specs. Its errors name the job, and are those of Parse: ErrSpec and ErrNever.
func NewJobs(ctx context.Context, log *slog.Logger, jobs ...Job) (*Jobs, error) {
	ctx, end := context.WithCancel(ctx)
	j := &Jobs{cron: cron.New(cron.WithLogger(cronLog{log})), log: log, end: end}
	for _, job := range jobs {
		schedule, err := Parse(Rhythm{Spec: job.Spec, Zone: "UTC"})
		if err != nil {
			end()
			return nil, fmt.Errorf("the job %q: %w", job.Name, err)
		}
		named := cronLog{log.With("job", job.Name)}
		// Recover stands inside: SkipIfStillRunning would take a run that ended in a panic for one that never ends.
		chain := cron.NewChain(cron.SkipIfStillRunning(named), cron.Recover(named))
		j.cron.Schedule(schedule, chain.Then(cron.FuncJob(func() { j.run(ctx, job) })))
	}
	return j, nil
}

// run is one run of a job.
func (j *Jobs) run(ctx context.Context, job Job) {
	err := job.Run(ctx)
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return // stopping is no failure
	}
	j.log.Error("a job failed; it runs again when it is next due", "job", job.Name, "error", err)
}

// Start begins to run jobs when they are due, in goroutines of their own. It returns at once.
func (j *Jobs) Start() { j.cron.Start() }

// Stop starts nothing more, ends the context of what runs, and waits for it, but not for longer than ctx. Its error tells
// that something was still running.
func (j *Jobs) Stop(ctx context.Context) error {
	j.end()
	select {
	case <-j.cron.Stop().Done():
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop the jobs: one of them is still running: %w", ctx.Err())
	}
}

// cronLog has the cron library write into the log: what went wrong, and nothing of what went well.
type cronLog struct{ log *slog.Logger }

// Info implements cron.Logger. All that is worth a line is a run that was left out.
func (l cronLog) Info(msg string, _ ...any) {
	if msg == "skip" {
		l.log.Warn("a job is left out: its last run has not ended")
	}
}

// Error implements cron.Logger.
func (l cronLog) Error(err error, msg string, more ...any) {
	l.log.Error("a job failed; it runs again when it is next due", append([]any{"how", msg, "error", err}, more...)...)
}
