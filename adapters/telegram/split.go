package telegram

import (
	"tandem/adapters/cut"
	"tandem/bot"
	"tandem/dialog"
)

// maxUnits is how long a message may be: 4,096 characters after the markup is taken out
// (https://core.telegram.org/bots/api#sendmessage). Whether a character beyond U+FFFF counts once or, as in the
// offsets of entities, as its two UTF-16 units is not documented, and people have met both; two is safe either way.
const maxUnits = 4096

// Split implements bot.Platform: it cuts a long message at a paragraph, a line, a sentence or a word, whichever comes
// first in this order and leaves no stump, and never inside a character as a reader sees it. The buttons, and the
// prompt that they answer, are on the last piece.
func (t *Telegram) Split(o bot.Outgoing) []bot.Outgoing {
	if o.Kind != bot.Say {
		return []bot.Outgoing{o}
	}
	texts := cut.Split(o.Message.Text, maxUnits)
	pieces := make([]bot.Outgoing, len(texts))
	for i, text := range texts {
		pieces[i] = o
		if i < len(texts)-1 {
			pieces[i].Message = dialog.Message{}
		}
		pieces[i].Message.Text = text
	}
	return pieces
}
