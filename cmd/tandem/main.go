// Command tandem is Tandem: a guided assistant that people already have in their chat app.
//
// "tandem chat" is the conversation in a terminal, "tandem serve" the service, "tandem doctor" looks at what the service
// would start with, "tandem understand" shows what a typed answer is taken for.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr))
}
