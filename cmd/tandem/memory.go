package main

import (
	"os"
	"runtime/debug"
)

// gcPercent lets garbage grow to four times what is in use before it is collected. The service keeps little and makes
// much, so that this is tens of megabytes, and a few percent of the work of every turn. GOGC overrides it.
const gcPercent = 400

func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
