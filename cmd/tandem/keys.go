package main

import (
	"errors"
	"fmt"
	"io/fs"

	"tandem/adapters/redisstore"
)

// keysCmd looks after the keys that people's words are encrypted with.
type keysCmd struct {
	New newKeysCmd `cmd:"" help:"Make a new keyset, and write it to a file that only you can read."`
}

// newKeysCmd makes a keyset.
type newKeysCmd struct {
	File string `arg:"" help:"The file to write. One that is there is never overwritten."`
}

// Run implements the command.
func (c *newKeysCmd) Run(p *program) error {
	keyset, err := redisstore.NewKeyset()
	if err != nil {
		return err
	}
	err = redisstore.WriteKeyset(c.File, keyset)
	if errors.Is(err, fs.ErrExist) {
		return badSetting("%s is there already, and is not overwritten: whatever was encrypted with it would be lost", c.File)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s holds a new key. Set TANDEM_KEYSET=%s, and keep a copy in a safe place: without it nothing that people said can be read.\n", c.File, c.File)
	return nil
}
