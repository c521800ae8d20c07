package bot_test

import (
	"testing"
	"os"

	"tandem/bot/bottest"
	"tandem/dialog"
	"tandem/dialog/transcript"
)

func TestSmoke(t *testing.T) {
	lib, err := dialog.Load(os.DirFS("flows"))
	if err != nil {
		t.Fatal(err)
	}
	tr, err := transcript.Parse("flow: \"\"\nlang: en\nconsent: false\nname: Ana\n---\nClient: hi\nClient: [Yes]\nClient: yes\nClient: stop\nClient: hola\n")
	if err != nil {
		t.Fatal(err)
	}
	out, err := tr.Play(&bottest.Stage{Library: lib})
	if out != nil {
		t.Log("\n" + out.Write())
	}
	if err != nil {
		t.Fatal(err)
	}
}
