package redisstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
)

// A journal file is a header and then frames. A frame is what one sync made durable: marker, length of the payload,
// the frame's number, a checksum of those two and the payload, and the payload. The payload is records: a kind, a count,
// and that many strings, each after its length. Numbers outside the payload are little-endian, inside they are varints.
const (
	journalName   = "journal"
	journalMagic  = "tandem-journal\x00"
	journalFormat = 1
	headerSize    = len(journalMagic) + 1
	frameMarker   = "tdf1"
	frameHead     = 4 + 4 + 8 + 4

	recordScript  = 'S' // a script's source: later records run it by digest
	recordCommand = 'C' // a command, as a client would send it
)

// What makes a journal compact itself: it outgrew both.
const (
	compactBytes  = 16 << 20 // bytes in all
	compactFactor = 3        // times its size after the last compaction
	compactFrame  = 1 << 20  // bytes of a compacted frame, about
)

// disk is the file that a journal is written to: an *os.File, or in a test one that has no room.
type disk interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

// journal is a file of commands that are executed again at the next start. After an error of flush or compact it must
// not be used before mend has succeeded.
type journal struct {
	path    string
	file    disk
	size    int64 // where the last frame ends that is whole
	base    int64 // size after the last compaction
	floor   int64 // compactBytes
	number  uint64
	payload []byte          // records of the next frame
	frame   []byte          // room to build it in
	scripts map[string]bool // digests whose source is in the file
	log     *slog.Logger
}

// openJournal replays a journal, or makes an empty one, and is ready to add to it.
func openJournal(path string, log *slog.Logger, replay func(args []string) error) (*journal, error) {
	j := &journal{path: path, floor: compactBytes, scripts: make(map[string]bool), log: log}
	_ = os.Remove(path + ".new") // a compaction that did not come to its end
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if _, err := j.create(nil); err != nil {
			return nil, fmt.Errorf("make journal: %w", err)
		}
		return j, nil
	}
	if err := j.read(replay); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j.file = f
	return j, nil
}

// add puts a command into the next frame, and the source of its script before its first use.
func (j *journal) add(s *script, args []string) {
	if s != nil && !j.scripts[s.sha] {
		j.scripts[s.sha] = true
		j.record(recordScript, []string{"script", "load", s.source})
	}
	j.record(recordCommand, args)
}

// record encodes a record.
func (j *journal) record(kind byte, words []string) {
	j.payload = append(j.payload, kind)
	j.payload = binary.AppendUvarint(j.payload, uint64(len(words)))
	for _, w := range words {
		j.payload = binary.AppendUvarint(j.payload, uint64(len(w)))
		j.payload = append(j.payload, w...)
	}
}

// flush writes the next frame, where there is anything in it, and has it on the disk when it returns. Where it fails,
// size is left where the frame before ends.
func (j *journal) flush() error {
	if len(j.payload) == 0 {
		return nil
	}
	good := j.size
	err := j.write()
	if err == nil {
		if err = j.file.Sync(); err != nil {
			err = fmt.Errorf("sync journal: %w", err)
		}
	}
	if err != nil {
		j.size = good
		_ = j.file.Truncate(good) // mend does it again; here it spares the next start a torn end
	}
	return err
}

// write writes the next frame.
func (j *journal) write() error {
	if len(j.payload) > math.MaxUint32 {
		j.payload = nil
		return errors.New("write journal: an entry of more than 4 GiB")
	}
	j.number++
	j.frame = append(j.frame[:0], frameMarker...)
	j.frame = binary.LittleEndian.AppendUint32(j.frame, uint32(len(j.payload)))
	j.frame = binary.LittleEndian.AppendUint64(j.frame, j.number)
	j.frame = binary.LittleEndian.AppendUint32(j.frame, checksum(j.frame[4:16], j.payload))
	j.frame = append(j.frame, j.payload...)
	j.payload = j.payload[:0]
	n, err := j.file.Write(j.frame)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	j.size += int64(n)
	return nil
}

// checksum is CRC-32C of a frame's length and number, and of its payload.
func checksum(head, payload []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli) // made once, by the library
	return crc32.Update(crc32.Checksum(head, table), table, payload)
}

// grown tells whether it is time to compact.
func (j *journal) grown() bool { return j.size > j.floor && j.size > compactFactor*j.base }

// compact writes what dump gives into a new journal that takes the place of this one. Where that fails, for example
// because the disk is full, the old one goes on, and the next attempt waits until it has doubled.
func (j *journal) compact(dump func(record func(args []string) error) error) error {
	old := *j
	placed, err := j.create(dump)
	switch {
	case err == nil:
		j.log.Info("journal compacted", "bytes_before", old.size, "bytes", j.size)
		return old.file.Close()
	case !placed:
		*j = old
		j.floor = 2 * j.size
		j.payload = j.payload[:0]
		j.log.Warn("the journal could not be compacted, it goes on growing", "err", err)
		return nil
	default:
		return fmt.Errorf("compact journal: %w", errors.Join(err, old.file.Close()))
	}
}

// create writes a new journal beside the old one, has it on the disk, and then gives it the old one's name: at each
// moment the name leads to a complete journal. It tells whether it has the name now.
func (j *journal) create(dump func(record func(args []string) error) error) (placed bool, err error) {
	f, err := os.OpenFile(j.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return false, fmt.Errorf("make file: %w", err)
	}
	j.file, j.scripts = f, make(map[string]bool)
	if err := errors.Join(j.fill(dump), f.Sync()); err != nil {
		return false, errors.Join(err, f.Close(), os.Remove(j.path+".new"))
	}
	if err := os.Rename(j.path+".new", j.path); err != nil {
		return false, errors.Join(err, f.Close())
	}
	j.base = j.size
	return true, syncDir(filepath.Dir(j.path))
}

// fill writes the header and what dump gives.
func (j *journal) fill(dump func(record func(args []string) error) error) error {
	n, err := io.WriteString(j.file, journalMagic+string(rune(journalFormat)))
	j.size = int64(n)
	if err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	if dump == nil {
		return nil
	}
	err = dump(func(args []string) error {
		j.record(recordCommand, args)
		if len(j.payload) < compactFrame {
			return nil
		}
		return j.write()
	})
	if err == nil && len(j.payload) > 0 {
		err = j.write()
	}
	return err
}

// close has everything on the disk and closes the file.
func (j *journal) close() error {
	if err := errors.Join(j.flush(), j.file.Close()); err != nil {
		return fmt.Errorf("close journal: %w", err)
	}
	return nil
}
