package pages

import (
	slackapi "github.com/slack-go/slack"

	"tandem/adapters/cut"
)

// BeforeSending is the modal that shows what the client will see of a draft. From is the practitioner's name. Only when
// this one is sent off is anything done.
func (t *Texts) BeforeSending(d Draft, from string) slackapi.ModalViewRequest {
	p := &page{lang: t.lang}
	from = cut.Shorten(from, mostName)
	p.aside(fill(t.Preview.Reads, "name", d.Name))
	p.divider()
	lead, asks := t.lead(d)
	p.words(fill(lead, "from", from), "")
	text := "“" + d.Text + "”"
	if asks {
		text = fill(t.Preview.Idea, "from", from) + " " + text
	}
	p.words("", text)
	if d.Note != "" {
		p.words("", fill(t.Preview.Note, "from", from)+" “"+d.Note+"”")
	}
	p.divider()
	if d.Title != "" {
		p.aside(fill(t.Modal.About, "title", d.Title))
	}
	if asks {
		p.aside(fill(t.Preview.Decides, "name", d.Name))
	}
	send := fill(t.Modal.SendTo, "name", d.Name)
	if cut.Units(send) > 24 {
		send = t.Modal.Send
	}
	return t.window(previewModal, t.Preview.Title, send, p, d)
}

// lead is what the client reads before a draft's text, and whether it is something that they say yes or no to.
func (t *Texts) lead(d Draft) (lead string, asks bool) {
	if d.Do == Letter {
		return t.Preview.Letter, false
	}
	switch d.Kind {
	case "words":
		return t.Preview.Words, true
	case "measure":
		return t.Preview.Measure, true
	case "step":
		return t.Preview.Step, true
	case "comment", "affirmation":
		return t.Preview.About, false
	}
	return t.Preview.Goal, true
}
