// Package bot is the application: it takes what platforms deliver, steps the dialogue, applies what comes of it, and
// sends the answers. It owns the interfaces it needs (Store, Platform, Screen) and knows no platform by name.
//
// There is one way through. An update is ingested; a step turns it into effects; effects, answers, records and outgoing
// messages are written in one commit; only then is anything sent. A due timer and a message for another conversation
// enter by the same door.
package bot
