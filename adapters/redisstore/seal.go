package redisstore

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// errErased: the value was sealed under a data key that is gone.
var errErased = errors.New("sealed under a key that was erased")

// dataKeySize is that of AES-256, in bytes.
const dataKeySize = 32

// dataKey seals what one conversation holds.
type dataKey struct {
	id      string  // names it in Redis: 8 hex digits
	prefix  [5]byte // what tink puts before each value sealed with it: 1 and the id
	seals   tink.AEAD
	wrapped []byte // to be stored with the first write; nil once it is
}

// newDataKey makes a data key for the conversation whose hash is at place.
func (k *Keyset) newDataKey(place string) (*dataKey, error) {
	raw := make([]byte, dataKeySize+4)
	_, _ = rand.Read(raw) // never fails
	id := binary.BigEndian.Uint32(raw[dataKeySize:])
	d, err := useDataKey(raw[:dataKeySize], id)
	if err != nil {
		return nil, err
	}
	if d.wrapped, err = k.wrap.Encrypt(raw, keyPlace(place)); err != nil {
		return nil, fmt.Errorf("wrap data key: %w", err)
	}
	return d, nil
}

// unwrap opens a stored data key.
func (k *Keyset) unwrap(place string, wrapped []byte) (*dataKey, error) {
	raw, err := k.wrap.Decrypt(wrapped, keyPlace(place))
	if err != nil {
		return nil, fmt.Errorf("unwrap the data key of a conversation (is this the keyset it was made with?): %w", err)
	}
	if len(raw) != dataKeySize+4 {
		return nil, fmt.Errorf("unwrap data key: %d bytes", len(raw))
	}
	return useDataKey(raw[:dataKeySize], binary.BigEndian.Uint32(raw[dataKeySize:]))
}

// keyPlace is the associated data of a wrapped data key.
func keyPlace(place string) []byte { return []byte(place + "\x00dk") }

// useDataKey makes the primitive. Its values begin with 1 and the key's id.
func useDataKey(raw []byte, id uint32) (*dataKey, error) {
	params, err := aesgcm.NewParameters(aesgcm.ParametersOpts{
		KeySizeInBytes: dataKeySize, IVSizeInBytes: 12, TagSizeInBytes: 16, Variant: aesgcm.VariantTink,
	})
	if err != nil {
		return nil, fmt.Errorf("describe data key: %w", err)
	}
	key, err := aesgcm.NewKey(secretdata.NewBytesFromData(raw, insecuresecretdataaccess.Token{}), id, params)
	if err != nil {
		return nil, fmt.Errorf("make data key: %w", err)
	}
	seals, err := aesgcm.NewAEAD(key)
	if err != nil {
		return nil, fmt.Errorf("use data key: %w", err)
	}
	d := &dataKey{seals: seals, prefix: [5]byte{1}}
	binary.BigEndian.PutUint32(d.prefix[1:], id)
	d.id = hex.EncodeToString(d.prefix[1:])
	return d, nil
}

// seal encrypts a value for its place: a Redis key, and a field or "".
func (d *dataKey) seal(value []byte, place, field string) ([]byte, error) {
	var buf [128]byte
	sealed, err := d.seals.Encrypt(value, appendPlace(buf[:0], place, field))
	if err != nil {
		return nil, fmt.Errorf("seal value: %w", err)
	}
	return sealed, nil
}

// open decrypts a value of its place, or errErased.
func (d *dataKey) open(sealed []byte, place, field string) ([]byte, error) {
	if d == nil || !bytes.HasPrefix(sealed, d.prefix[:]) {
		return nil, errErased
	}
	var buf [128]byte
	value, err := d.seals.Decrypt(sealed, appendPlace(buf[:0], place, field))
	if err != nil {
		// The key's name holds the conversation's id, which is no secret, but no business of a log either.
		return nil, fmt.Errorf("open a sealed value (damaged, or moved from its place): %w", err)
	}
	return value, nil
}

// appendPlace writes the associated data of a value.
func appendPlace(b []byte, place, field string) []byte {
	b = append(b, place...)
	if field != "" {
		b = append(b, 0)
		b = append(b, field...)
	}
	return b
}
