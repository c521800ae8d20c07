package redisstore

import (
	"errors"
	"fmt"
	"path/filepath"
)

// mendRoom is how much room there must be on the disk, in bytes, before a journal that could not be written goes on:
// each failure costs a replay.
const mendRoom = 256 << 10

// mend makes a journal usable after an error: what was not wholly written is cut off, and there is room again for the
// frame that failed. It leaves the journal to be read anew.
func (j *journal) mend() error {
	if err := j.file.Truncate(j.size); err != nil {
		return fmt.Errorf("cut off what was not wholly written: %w", err)
	}
	// Zeros at the end are a torn end: a process that dies here leaves nothing that is taken for an entry.
	_, err := j.file.Write(make([]byte, max(mendRoom, len(j.frame))))
	if err == nil {
		err = j.file.Sync()
	}
	if err = errors.Join(err, j.file.Truncate(j.size)); err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("look for room: %w", err)
	}
	if err := syncDir(filepath.Dir(j.path)); err != nil { // a compaction may have failed there
		return err
	}
	j.payload, j.number, j.scripts = j.payload[:0], 0, make(map[string]bool)
	return nil
}
