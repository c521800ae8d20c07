package main

import (
	"log/slog"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"tandem/adapters/redisstore"
)

// TestMain lets scripts run this program as a process of its own.
func TestMain(m *testing.M) {
	redisstore.LogClient(slog.New(slog.DiscardHandler))
	testscript.Main(m, map[string]func(){"tandem": main})
}

// The scripts are in testdata/script, one for each thing a person can try.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("TANDEM_UPDATE_SCRIPTS") != "",
	})
}
