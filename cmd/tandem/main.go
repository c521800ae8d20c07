// Command tandem is Tandem: a guided assistant that people already have in their chat app.
//
// "tandem chat" is the conversation in a terminal, "tandem serve" the service, "tandem doctor" looks at what the service
// would start with, "tandem understand" shows what a typed answer is taken for.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"tandem/adapters/redisstore"
)

func main() {
	// The Redis client library would write lines of its own among ours. That Redis is away is said by the service.
	redisstore.LogClient(slog.New(slog.DiscardHandler))
	signal.Ignore(syscall.SIGPIPE) // "tandem chat | head" fails to write, and cleans up behind itself
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr))
}
