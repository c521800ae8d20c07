package main

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// killsWanted is how often something is killed: TANDEM_KILLS, or what CI runs.
func killsWanted(t *testing.T, usual, short int) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("TANDEM_KILLS")); err == nil && n > 0 {
		return n
	}
	if testing.Short() {
		return short
	}
	return usual
}

const (
	ordealQuestions = 20
	killEach        = 900 * time.Millisecond // about, with the time that a process needs to come back
)

// Invariants 1 to 4 with processes that die: three processes on one Redis are killed at random and started again while
// people talk with them.
func TestKill_Processes(t *testing.T) {
	t.Parallel() // with the other one: both mostly wait
	kills, clients := killsWanted(t, 100, 10), 200
	if testing.Short() {
		clients = 40
	}
	// The think time has the talk last about as long as the killing, so that kills fall into the middle of it.
	think := time.Duration(kills) * killEach * 2 / ordealQuestions
	o := newOrdeal(t, clients, ordealQuestions, think)
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(kills)*killEach*2+2*time.Minute)
	defer cancel()
	o.talk(ctx)
	for range kills {
		p := o.procs[rand.N(len(o.procs))]
		if rand.N(5) > 0 { // most are killed at work, some while they start
			p.waitReady(patience)
		}
		time.Sleep(rand.N(time.Second))
		p.kill()
		o.kills++
		p.start()
	}
	t.Log("the killing is over")
	for _, p := range o.procs {
		p.waitReady(patience)
	}
	o.clients.Wait()
	o.check()
}

// The same where Redis dies. It syncs its file at every write: what it acknowledged is there when it comes back.
func TestKill_Redis(t *testing.T) {
	t.Parallel()
	kills, clients := 10, 100
	if testing.Short() {
		kills, clients = 2, 20
	}
	const each = 2500 * time.Millisecond
	think := time.Duration(kills) * each * 2 / ordealQuestions
	o := newOrdeal(t, clients, ordealQuestions, think, "--appendfsync", "always")
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	o.talk(ctx)
	for range kills {
		time.Sleep(each/2 + rand.N(each/2))
		o.killRedis()
	}
	t.Log("the killing is over")
	o.clients.Wait()
	o.check()
}
