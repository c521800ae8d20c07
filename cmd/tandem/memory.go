package main

import (
	"os"
	"runtime/debug"
)

// The service keeps little and makes much garbage, so that it is collected when it has grown to several times what is in
// use: some percent of the work of every turn. The limit keeps that from growing with what is in use.
const (
	gcPercent   = 800
	memoryLimit = 512 << 20 // bytes, beyond which it is collected as soon as that helps
)

// relaxGC sets both, but for what GOGC and GOMEMLIMIT say.
func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
