package redisstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// read replays the journal and cuts a torn end off: a frame that was being written when the process or the machine
// died. Since a frame is written only after the one before it was synced, there can be nothing whole behind it; if
// there is, the file was damaged, and is refused.
func (j *journal) read(replay func(args []string) error) error {
	data, err := os.ReadFile(j.path)
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	if len(data) < headerSize || string(data[:len(journalMagic)]) != journalMagic {
		return fmt.Errorf("%s is no journal of Tandem", j.path)
	}
	if f := data[len(journalMagic)]; f != journalFormat {
		return fmt.Errorf("journal %s has format %d and this program knows format %d: start a newer program", j.path, f, journalFormat)
	}
	at := headerSize
	for at < len(data) {
		payload, number, ok := readFrame(data[at:])
		if !ok || j.number != 0 && number != j.number+1 {
			if int64(at) < j.size {
				return fmt.Errorf("journal %s is damaged at byte %d: bring it back from a backup", j.path, at)
			}
			return j.cut(data, at)
		}
		if err := j.apply(payload, replay); err != nil {
			return fmt.Errorf("journal %s, at byte %d: %w", j.path, at, err)
		}
		j.number = number
		at += frameHead + len(payload)
	}
	j.size, j.base = int64(at), int64(at)
	return nil
}

// readFrame reads the frame that data begins with.
func readFrame(data []byte) (payload []byte, number uint64, ok bool) {
	if len(data) < frameHead || string(data[:4]) != frameMarker {
		return nil, 0, false
	}
	length := binary.LittleEndian.Uint32(data[4:8])
	if uint64(length) > uint64(len(data)-frameHead) {
		return nil, 0, false
	}
	payload = data[frameHead : frameHead+int(length)]
	if checksum(data[4:16], payload) != binary.LittleEndian.Uint32(data[16:20]) {
		return nil, 0, false
	}
	return payload, binary.LittleEndian.Uint64(data[8:16]), true
}

// cut cuts the file at a frame that cannot be read, unless a whole frame comes after it.
func (j *journal) cut(data []byte, at int) error {
	for next := at; ; next++ {
		i := bytes.Index(data[next:], []byte(frameMarker))
		if i < 0 {
			break
		}
		next += i
		if _, number, ok := readFrame(data[next:]); ok && number > j.number && next >= at {
			return fmt.Errorf("journal %s is damaged at byte %d (whole entries follow at byte %d): bring it back from a backup",
				j.path, at, next)
		}
	}
	f, err := os.OpenFile(j.path, os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open journal to cut its torn end: %w", err)
	}
	if err := errors.Join(f.Truncate(int64(at)), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("cut the journal's torn end: %w", err)
	}
	j.log.Warn("cut the torn end of the journal: an entry that was never acknowledged",
		"file", j.path, "at_byte", at, "bytes", len(data)-at)
	j.size, j.base = int64(at), int64(at)
	return nil
}

// errRecord: a frame is whole, but what it holds cannot be read.
var errRecord = errors.New("an entry cannot be read")

// apply executes the records of a frame.
func (j *journal) apply(payload []byte, replay func(args []string) error) error {
	for len(payload) > 0 {
		kind := payload[0]
		words, rest, ok := readWords(payload[1:])
		if !ok || kind != recordScript && kind != recordCommand || len(words) == 0 {
			return errRecord
		}
		payload = rest
		if kind == recordScript {
			j.scripts[newScript("", words[len(words)-1]).sha] = true
		}
		if err := replay(words); err != nil {
			return fmt.Errorf("execute an entry again: %w", err)
		}
	}
	return nil
}

// readWords reads a count and that many strings.
func readWords(b []byte) (words []string, rest []byte, ok bool) {
	count, n := binary.Uvarint(b)
	if n <= 0 || count > uint64(len(b)) {
		return nil, nil, false
	}
	b = b[n:]
	words = make([]string, 0, count)
	for range count {
		length, n := binary.Uvarint(b)
		if n <= 0 || length > uint64(len(b)-n) {
			return nil, nil, false
		}
		words = append(words, string(b[n:n+int(length)]))
		b = b[n+int(length):]
	}
	return words, b, true
}
