package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"tandem/adapters/redisstore"
)

// dataCmd is what the commands have in common that look at one person's data.
type dataCmd struct {
	Conversation string `arg:"" help:"The person's conversation, such as telegram:4711, where 4711 is their chat's id."`
	RedisURL     string `name:"redis-url" setting:"REDIS_URL" help:"Where Redis is. Without it the data is in --data; stop the service first." placeholder:"URL"`
	Data         string `setting:"TANDEM_DATA" default:"tandem-data" help:"The folder of the data where there is no Redis." placeholder:"DIR"`
	Keyset       string `setting:"TANDEM_KEYSET" help:"The file of the keys that people's words are encrypted with. Required with Redis." placeholder:"FILE"`
}

// open opens the store and sees that the conversation is there.
func (c *dataCmd) open(p *program) (*redisstore.Store, error) {
	s := settings{RedisURL: c.RedisURL, Data: c.Data, Keyset: c.Keyset, Lease: time.Minute}
	log, err := newLog(p.stderr, "warn")
	if err != nil {
		return nil, err
	}
	keyset, err := s.readKeyset()
	if err != nil {
		return nil, badSetting("%w", about("TANDEM_KEYSET", err))
	}
	if _, err := os.Stat(c.Data); c.RedisURL == "" && err != nil {
		return nil, badSetting("there is no data folder %s here; name it with --data, or Redis with --redis-url", c.Data)
	}
	store, err := openStore(p.ctx, &plan{settings: s, keyset: keyset, log: log}, 0)
	if err != nil {
		return nil, err
	}
	for name, err := range store.Conversations(p.ctx) {
		if err != nil {
			return nil, errors.Join(fmt.Errorf("look for the conversation: %w", err), store.Close())
		}
		if name == c.Conversation {
			return store, nil
		}
	}
	return nil, errors.Join(badSetting("there is no conversation %q; a person's is called by their platform and their chat's id, such as telegram:4711", c.Conversation), store.Close())
}

// exportCmd gives out everything that is kept of a person.
type exportCmd struct{ dataCmd }

// export is the form it is given out in.
type export struct {
	Conversation string                     `json:"conversation"`
	State        json.RawMessage            `json:"state"`   // who they are to Tandem, and where the conversation stands
	Answers      map[string]json.RawMessage `json:"answers"` // of the conversation that is under way
	Records      map[string]json.RawMessage `json:"records"` // goals, check-ins, consent, what is shared
	Journal      []json.RawMessage          `json:"journal"` // everything that was said, in order
}

// Run implements the command.
func (c *exportCmd) Run(p *program) error {
	store, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	snap, err := store.Load(p.ctx, c.Conversation)
	if err != nil {
		return fmt.Errorf("read the conversation: %w", err)
	}
	out := export{Conversation: c.Conversation, State: snap.State}
	if out.Answers, err = store.AllAnswers(p.ctx, c.Conversation); err != nil {
		return fmt.Errorf("read the answers: %w", err)
	}
	if out.Records, err = store.Records(p.ctx, c.Conversation, ""); err != nil {
		return fmt.Errorf("read the records: %w", err)
	}
	if out.Journal, err = store.Journal(p.ctx, c.Conversation); err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// eraseCmd removes everything that is kept of a person, and the key that it was encrypted with.
type eraseCmd struct {
	dataCmd
	Yes bool `help:"Erase without asking again. It cannot be undone."`
}

// Run implements the command.
func (c *eraseCmd) Run(p *program) error {
	if !c.Yes {
		return badSetting("erasing cannot be undone; say --yes if you mean it, and run tandem export first if they want a copy")
	}
	store, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	if err := store.Erase(p.ctx, c.Conversation); err != nil {
		return fmt.Errorf("erase the conversation: %w", err)
	}
	fmt.Fprintf(p.stdout, "%s is erased, with its key. Copies of the data folder or of Redis made before hold the key until they are replaced.\n", c.Conversation)
	return nil
}
