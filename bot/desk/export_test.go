package desk

import "io/fs"

// LoadWordsFrom is LoadWords with other files.
func LoadWordsFrom(files fs.FS) (*Words, error) { return loadWords(files) }

// Shorten and Clean are how others' words are made fit to stand among ours.
func Shorten(text string, most int) string { return shorten(text, most) }

func Clean(text string) string { return clean(text) }
