package bot

import "errors"

// storeError is an error of the store: it passes, and what met it is done again. Any other error of a step would come
// again for ever, so that the conversation is ended kindly instead.
type storeError struct{ err error }

// Error implements error.
func (f *storeError) Error() string { return f.err.Error() }

// Unwrap implements errors.Unwrap.
func (f *storeError) Unwrap() error { return f.err }

func isStoreError(err error) bool {
	var f *storeError
	return errors.As(err, &f)
}
