//go:build !unix

package redisstore

import (
	"fmt"
	"os"
	"path/filepath"
)

// lockFolder opens the lock file. These systems know no advisory lock that ends with its process: here nothing keeps
// two processes apart.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the data folder: %w", err)
	}
	return f, nil
}
