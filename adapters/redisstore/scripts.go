package redisstore

import (
	"crypto/sha1" //nolint:gosec // Redis names scripts by their SHA-1
	"embed"
	"encoding/hex"
	"fmt"
)

//go:embed lua/*.lua
var luaFiles embed.FS

// script is one file of lua/, as it is sent to the server.
type script struct {
	name     string
	source   string
	sha      string
	volatile bool // what it writes may be lost: the embedded journal leaves it out
}

// scripts is every script by its use.
type scripts struct {
	ingest, load, commit, claim, own, pending, sent, release *script
	pace, arrived, drop, erase, meta, putFlow, reap, rewrap  *script
	schedule, sweep                                          *script
}

// loadScripts reads the embedded scripts.
func loadScripts() (*scripts, error) {
	var failed error
	read := func(name string, before ...string) *script {
		var source []byte
		for _, n := range append(before, name) {
			b, err := luaFiles.ReadFile("lua/" + n + ".lua")
			if err != nil {
				failed = fmt.Errorf("read script: %w", err)
			}
			source = append(source, b...)
		}
		return newScript(name, string(source))
	}
	s := &scripts{
		ingest:  read("ingest", "snapshot"),
		load:    read("load", "snapshot"),
		commit:  read("commit"),
		claim:   read("claim"),
		own:     read("own"),
		pending: read("pending"),
		sent:    read("sent"),
		release: read("release"),
		pace:    read("pace"),
		arrived: read("arrived"),
		drop:    read("drop"),
		erase:   read("erase"),
		meta:    read("meta"),
		putFlow: read("putflow"),
		reap:    read("reap"),
		rewrap:  read("rewrap"),

		schedule: read("schedule", "attention"),
		sweep:    read("sweep", "attention"),
	}
	s.load.volatile = true
	s.pace.volatile = true
	s.arrived.volatile = true
	return s, failed
}

// newScript names a source by its digest.
func newScript(name, source string) *script {
	sum := sha1.Sum([]byte(source)) //nolint:gosec // as Redis does
	return &script{name: name, source: source, sha: hex.EncodeToString(sum[:])}
}
