package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// LongestLine is how much of one line is read, in bytes; the rest of a longer one is passed over.
const LongestLine = 1 << 20

// ReadLine reads the next line the person typed, without its end; io.EOF where there is none. What is no UTF-8 is
// replaced: nobody's answer is refused for a stray byte.
func (t *Terminal) ReadLine() (string, error) { return ReadLine(t.in) }

// ReadLine reads a line of text, however it ends and whatever it holds; io.EOF where there is none left.
func ReadLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), LongestLine-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil:
		case errors.Is(err, io.EOF) && len(line) > 0:
		case errors.Is(err, io.EOF):
			return "", io.EOF
		default:
			return "", fmt.Errorf("read a line: %w", err)
		}
		text := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
		return strings.ToValidUTF8(text, "\uFFFD"), nil
	}
}
