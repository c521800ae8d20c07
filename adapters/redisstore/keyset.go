package redisstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyset wraps the data keys of conversations. Its first key wraps new ones; every key in it still opens what it
// wrapped, so it can be rotated with tink's own tool (tinkey).
type Keyset struct {
	handle *keyset.Handle
	wrap   tink.AEAD
}

// NewKeyset makes a keyset of one new AES-256-GCM key.
func NewKeyset() (*Keyset, error) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make keyset: %w", err)
	}
	return FromHandle(h)
}

// FromHandle uses a keyset that was read otherwise, for example through a key management service.
func FromHandle(h *keyset.Handle) (*Keyset, error) {
	a, err := aead.New(h)
	if err != nil {
		return nil, fmt.Errorf("use keyset for encryption: %w", err)
	}
	return &Keyset{handle: h, wrap: a}, nil
}

// ReadKeyset reads a keyset from a file in tink's JSON form. A file that others than its owner may read is refused.
func ReadKeyset(file string) (*Keyset, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open keyset: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at keyset: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("keyset %s has mode %04o: others may read it; run: chmod 600 %s", file, mode, file)
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(f))
	if err != nil {
		return nil, fmt.Errorf("read keyset %s: %w", file, err)
	}
	return FromHandle(h)
}

// WriteKeyset writes a keyset to a new file with mode 0600, and has it on the disk when it returns. A file that is
// there already is an error (fs.ErrExist): whoever overwrites a keyset loses everything that was sealed under it.
func WriteKeyset(file string, k *Keyset) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make keyset file: %w", err)
	}
	err = insecurecleartextkeyset.Write(k.handle, keyset.NewJSONWriter(f))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(file)
		return fmt.Errorf("write keyset: %w", err)
	}
	return syncDir(filepath.Dir(file))
}

// keysetName is the keyset's file in a data folder.
const keysetName = "keyset.json"

// keysetIn reads the keyset in a folder, or makes one where there is none yet.
func keysetIn(dir string) (*Keyset, error) {
	file := filepath.Join(dir, keysetName)
	k, err := ReadKeyset(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if k, err = NewKeyset(); err != nil {
		return nil, err
	}
	return k, WriteKeyset(file, k)
}

// syncDir has the names in a folder on the disk.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
