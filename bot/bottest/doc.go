// Package bottest is what tests of the application stand on: a stage to play transcripts on, a platform that remembers
// what was said, and the conformance suite that every store passes.
package bottest
