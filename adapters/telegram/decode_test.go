package telegram_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/telegram"
	"tandem/bot"
	"tandem/dialog"
)

// decoded is what a golden file holds.
type decoded struct {
	Ours   bool       `json:"ours"`
	Update bot.Update `json:"update,omitzero"`
}

// TestDecode reads every testdata/updates/<name>.json and compares it with <name>.golden.json. One that is missing is
// a failure, on either side.
func TestDecode(t *testing.T) {
	files, err := filepath.Glob("testdata/updates/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no updates: %v", err)
	}
	for _, file := range files {
		if name, isGolden := strings.CutSuffix(file, ".golden.json"); isGolden {
			if _, err := os.Stat(name + ".json"); err != nil {
				t.Errorf("%s belongs to nothing", file)
			}
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var want decoded
			golden := readFile(t, strings.TrimSuffix(file, ".json")+".golden.json")
			if err := json.Unmarshal(golden, &want); err != nil {
				t.Fatal(err)
			}
			u, ours, err := telegram.Decode(readFile(t, file), telegram.Self{ID: 81, Username: "tandem_bot"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, decoded{ours, u}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestDecodeRefusesGarbage(t *testing.T) {
	for name, body := range map[string]string{
		"nothing":        "",
		"not JSON":       "secretword",
		"cut off":        `{"update_id":1,"message":{"text":"secretword`,
		"an array":       `[{"update_id":1}]`,
		"no id":          `{"message":{"text":"secretword"}}`,
		"id is a word":   `{"update_id":"secretword"}`,
		"text is a list": `{"update_id":1,"message":{"message_id":1,"text":["secretword"]}}`,
		"chat is a word": `{"update_id":1,"message":{"message_id":1,"chat":"secretword"}}`,
		"too deep":       `{"update_id":1,"message":` + strings.Repeat(`{"reply_to_message":`, 20_000) + strings.Repeat("}", 20_001),
	} {
		t.Run(name, func(t *testing.T) {
			u, ours, err := telegram.Decode([]byte(body), telegram.Self{ID: 81})
			if err == nil || ours || u.Conversation != "" {
				t.Fatalf("got %v, %v, %+v", err, ours, u)
			}
			if strings.Contains(err.Error(), "secretword") {
				t.Errorf("the error tells the content: %v", err)
			}
		})
	}
}

// TestDecodeUnknownName: before getMe answered, a command in a group is taken whatever bot it names, as Telegram
// delivers only those that may be meant.
func TestDecodeUnknownName(t *testing.T) {
	u, ours, err := telegram.Decode(readFile(t, "testdata/updates/group-command-other.json"), telegram.Self{ID: 81})
	if err != nil || !ours || u.Input.Text != "/help" {
		t.Errorf("got %v, %v, %+v", err, ours, u)
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/updates/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		u, ours, err := telegram.Decode(body, telegram.Self{ID: 81, Username: "tandem_bot"})
		if !ours {
			if !cmp.Equal(u, bot.Update{}) {
				t.Errorf("not ours, and not empty: %+v", u)
			}
			return
		}
		if err != nil || !strings.HasPrefix(u.Conversation, "telegram:") || !strings.HasPrefix(u.Delivery, "telegram:81:update:") {
			t.Errorf("%v %+v", err, u)
		}
		if u.Input.Kind == "" && u.Event == "" {
			t.Errorf("ours, and says nothing: %+v", u)
		}
		if p := u.Input; p.Kind == dialog.Press && (p.Prompt == "" || len(p.Prompt)+len(p.Choice) > 62) {
			t.Errorf("a press of %q %q", p.Prompt, p.Choice)
		}
		if len(u.Code) > 64 {
			t.Errorf("code %q", u.Code)
		}
	})
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
