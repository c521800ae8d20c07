package slack

import (
	"tandem/adapters/cut"
	"tandem/bot"
	"tandem/dialog"
)

// Split implements bot.Platform: it cuts a long message where a reader would pause, and never inside a character. The
// buttons, and the prompt that they answer, are on the last piece.
func (s *Slack) Split(o bot.Outgoing) []bot.Outgoing {
	if o.Kind != bot.Say {
		return []bot.Outgoing{o}
	}
	texts := cut.Split(o.Message.Text, maxWords)
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
