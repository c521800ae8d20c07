package adaptertest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tgbot "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tandem/adapters/adaptertest"
)

// answer is what the Bot API wraps everything in.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call makes a call with a form.
func call(t testing.TB, f *adaptertest.Telegram, method string, form url.Values) (answer, error) {
	t.Helper()
	resp, err := http.PostForm(f.URL()+"/bot"+f.Token+"/"+method, form)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return a, err
	}
	if a.OK != (resp.StatusCode == 200) || (!a.OK && a.ErrorCode != resp.StatusCode) {
		t.Errorf("status %d and %+v", resp.StatusCode, a)
	}
	return a, nil
}

// TestLibraryClient drives the fake with a client that knows only the real Bot API and sends multipart bodies.
func TestLibraryClient(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	client, err := tgbot.New(f.Token, tgbot.WithServerURL(f.URL()))
	if err != nil {
		t.Fatal(err)
	}
	chat := f.Chat(5)
	sent, err := client.SendMessage(t.Context(), &tgbot.SendMessageParams{ChatID: 5, Text: "<b>Ready</b> &lt;3?", ParseMode: models.ParseModeHTML,
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Yes", CallbackData: "yes"}}}}})
	if err != nil || sent.Text != "Ready <3?" || sent.Chat.ID != 5 || sent.ReplyMarkup == nil {
		t.Fatalf("%v %+v", err, sent)
	}
	if _, err := client.EditMessageText(t.Context(), &tgbot.EditMessageTextParams{ChatID: 5, MessageID: sent.ID, Text: "Done"}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.SendPhoto(t.Context(), &tgbot.SendPhotoParams{ChatID: 5, Caption: "a chart",
		Photo: &models.InputFileUpload{Filename: "chart.png", Data: strings.NewReader("png")}}); err != nil {
		t.Fatal(err)
	}
	seen := chat.Messages()
	if len(seen) != 2 || seen[0].Text != "Done" || len(seen[0].Buttons) > 0 || seen[0].Was[0] != "Ready <3?" || seen[1].Media != "photo" {
		t.Errorf("seen %+v", seen)
	}
	chat.Block()
	if _, err := client.SendMessage(t.Context(), &tgbot.SendMessageParams{ChatID: 5, Text: "hello"}); !errors.Is(err, tgbot.ErrorForbidden) {
		t.Errorf("blocked: %v", err)
	}
}

// TestRefusals: the fake refuses what Telegram refuses, in its words.
func TestRefusals(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	chat := f.Chat(5)
	said := strconv.Itoa(chat.Say("mine"))
	a, err := call(t, f, "sendMessage", url.Values{"chat_id": {"5"}, "text": {"Ready?"}})
	if err != nil || !a.OK {
		t.Fatal(err, a)
	}
	var sent struct {
		ID int `json:"message_id"`
	}
	_ = json.Unmarshal(a.Result, &sent)
	button := func(text, data string) string {
		return `{"inline_keyboard":[[{"text":"` + text + `","callback_data":"` + data + `"}]]}`
	}
	for want, c := range map[string][]string{
		"message text is empty":                    {"sendMessage", "chat_id", "5", "text", " \n"},
		"message text is empty ":                   {"sendMessage", "chat_id", "5", "text", "<b></b>", "parse_mode", "HTML"},
		"chat_id is empty":                         {"sendMessage", "text", "x"},
		"chat not found":                           {"sendMessage", "chat_id", "6", "text", "x"},
		"message is too long":                      {"sendMessage", "chat_id", "5", "text", strings.Repeat("x", 4097)},
		"message is too long ":                     {"sendMessage", "chat_id", "5", "text", strings.Repeat("👍", 2049)},
		"Unsupported start tag \"sam\"":            {"sendMessage", "chat_id", "5", "text", "<sam>", "parse_mode", "HTML"},
		"Can't find end tag":                       {"sendMessage", "chat_id", "5", "text", "<b>x", "parse_mode", "HTML"},
		"Unexpected end tag":                       {"sendMessage", "chat_id", "5", "text", "x</b>", "parse_mode", "html"},
		"expected \"</i>\", found \"</b>\"":        {"sendMessage", "chat_id", "5", "text", "<b><i>x</b></i>", "parse_mode", "HTML"},
		"Unclosed start tag":                       {"sendMessage", "chat_id", "5", "text", "1 < 2", "parse_mode", "HTML"},
		"BUTTON_DATA_INVALID":                      {"sendMessage", "chat_id", "5", "text", "x", "reply_markup", button("Yes", strings.Repeat("é", 33))},
		"Text must be non-empty":                   {"sendMessage", "chat_id", "5", "text", "x", "reply_markup", button("", "a")},
		"Text buttons are unallowed":               {"sendMessage", "chat_id", "5", "text", "x", "reply_markup", button("Yes", "")},
		"message to edit not found":                {"editMessageText", "chat_id", "5", "message_id", "999", "text", "x"},
		"message can't be edited":                  {"editMessageText", "chat_id", "5", "message_id", said, "text", "x"},
		"message is not modified":                  {"editMessageText", "chat_id", "5", "message_id", strconv.Itoa(sent.ID), "text", "Ready?"},
		"message is not modified:":                 {"editMessageReplyMarkup", "chat_id", "5", "message_id", strconv.Itoa(sent.ID)},
		"query is too old":                         {"answerCallbackQuery", "callback_query_id", "1"},
		"wrong parameter action":                   {"sendChatAction", "chat_id", "5"},
		"can't parse BotCommand: must be an Array": {"setMyCommands", "commands", "x"},
		"there is no document in the request":      {"sendDocument", "chat_id", "5"},
		"message caption is too long":              {"sendPhoto", "chat_id", "5", "photo", "x", "caption", strings.Repeat("x", 1025)},
		"Not Found":                                {"sendTelepathy"},
	} {
		form := url.Values{}
		for i := 1; i+1 < len(c); i += 2 {
			form.Set(c[i], c[i+1])
		}
		a, err := call(t, f, c[0], form)
		if err != nil || a.OK || !strings.Contains(a.Description, strings.TrimSpace(want)) {
			t.Errorf("%s %v: %v %+v, want %q", c[0], form, err, a, want)
		}
	}
	if got := chat.FromBot(); len(got) != 1 {
		t.Errorf("something was sent after all: %+v", got)
	}
}

func TestTokens(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	for path, want := range map[string]int{"/bot81:wrong/getMe": 401, "/botwrong/getMe": 404, "/getMe": 404, "/bot" + f.Token + "/getMe": 200} {
		resp, err := http.Get(f.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != want || !json.Valid(body) {
			t.Errorf("%s: %d %s", path, resp.StatusCode, body)
		}
	}
}

// TestGetUpdates: what is not confirmed comes again, and an offset confirms all before it.
func TestGetUpdates(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{FirstUpdate: 7})
	chat := f.Chat(5)
	for i := range 3 {
		chat.Say(strconv.Itoa(i))
	}
	ids := func(form url.Values) (ids []int64) {
		a, err := call(t, f, "getUpdates", form)
		if err != nil || !a.OK {
			t.Fatal(err, a)
		}
		var updates []models.Update
		if err := json.Unmarshal(a.Result, &updates); err != nil {
			t.Fatal(err)
		}
		for _, u := range updates {
			ids = append(ids, u.ID)
		}
		return ids
	}
	for _, c := range []struct {
		form url.Values
		want int
	}{
		{nil, 3}, {nil, 3}, {url.Values{"limit": {"2"}}, 2}, {url.Values{"allowed_updates": {`["callback_query"]`}}, 0},
		{url.Values{"offset": {"8"}}, 2}, {nil, 2}, {url.Values{"offset": {"-1"}}, 1}, {url.Values{"offset": {"10"}}, 0}, {nil, 0},
	} {
		if got := ids(c.form); len(got) != c.want {
			t.Errorf("%v: %v, want %d", c.form, got, c.want)
		}
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		chat.Say("late")
	}()
	if got := ids(url.Values{"timeout": {"20"}}); len(got) != 1 || got[0] != 10 {
		t.Errorf("a long poll got %v", got)
	}
}

// TestFaults: before and after the message takes effect.
func TestFaults(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	chat := f.Chat(5)
	send := func() (answer, error) {
		return call(t, f, "sendMessage", url.Values{"chat_id": {"5"}, "text": {"x"}})
	}
	steps := []struct {
		fault adaptertest.Fault
		sent  int
		check func(answer, error) bool
	}{
		{adaptertest.TooMany(9), 0, func(a answer, _ error) bool { return a.ErrorCode == 429 && a.Parameters.RetryAfter == 9 }},
		{adaptertest.Migrated(-100), 0, func(a answer, _ error) bool { return a.ErrorCode == 400 && a.Parameters.MigrateTo == -100 }},
		{adaptertest.BadGateway(), 0, func(_ answer, err error) bool { return err != nil }},
		{adaptertest.Drop(), 0, func(_ answer, err error) bool { return err != nil }},
		{adaptertest.DropAfter(), 1, func(_ answer, err error) bool { return err != nil }},
		{adaptertest.Slow(time.Millisecond), 1, func(a answer, _ error) bool { return a.OK }},
	}
	for i, s := range steps {
		before := len(chat.FromBot())
		s.fault.Times, s.fault.Chat = 1, 5
		f.Inject(s.fault)
		a, err := send()
		if !s.check(a, err) || len(chat.FromBot()) != before+s.sent {
			t.Errorf("step %d: %v %+v, %d sent", i, err, a, len(chat.FromBot())-before)
		}
	}
	// A call whose connection is dropped is noted when its handler ends, which may be after the next call began.
	accepted := 0
	for _, c := range f.Calls() {
		if c.Accepted {
			accepted++
		}
	}
	if calls := f.Calls(); len(calls) != len(steps) || accepted != 2 {
		t.Errorf("calls %+v", calls)
	}
	failed := func(seed uint64) (n int) {
		f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{Seed: seed})
		f.Chat(5)
		some := adaptertest.TooMany(1)
		some.Chance = 0.5
		f.Inject(some)
		for range 100 {
			if a, _ := call(t, f, "sendMessage", url.Values{"chat_id": {"5"}, "text": {"x"}}); !a.OK {
				n++
			}
		}
		return n
	}
	if a, b := failed(1), failed(1); a != b || a < 30 || a > 70 {
		t.Errorf("half of 100 calls, with the same dice: %d and %d", a, b)
	}
}

// TestWebhook: presses overtake messages, messages of a chat never overtake each other, and what is refused comes again.
func TestWebhook(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{WebhookRetry: time.Millisecond})
	var mu sync.Mutex
	got, tries, wrong := map[int64][]string{}, map[int64]int{}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3cret" || r.Method != "POST" {
			wrong++
		}
		var u models.Update
		if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
			t.Error(err)
		}
		if tries[u.ID]++; tries[u.ID] < 3 {
			w.WriteHeader(503)
			return
		}
		got[u.Message.Chat.ID] = append(got[u.Message.Chat.ID], u.Message.Text)
	}))
	t.Cleanup(server.Close)
	if a, err := call(t, f, "setWebhook", url.Values{"url": {server.URL}, "secret_token": {"s3cret"}, "max_connections": {"8"}}); err != nil || !a.OK {
		t.Fatal(err, a)
	}
	if a, _ := call(t, f, "getUpdates", nil); a.ErrorCode != 409 {
		t.Errorf("polling beside a webhook: %+v", a)
	}
	var wg sync.WaitGroup
	for id := range int64(20) {
		wg.Go(func() {
			for i := range 5 {
				f.Chat(id + 1).Say(strconv.Itoa(i))
			}
		})
	}
	wg.Wait()
	for end := time.Now().Add(20 * time.Second); f.Pending() > 0 && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
	mu.Lock()
	defer mu.Unlock()
	for id := range int64(20) {
		if s := strings.Join(got[id+1], ""); s != "01234" {
			t.Errorf("chat %d got %q", id+1, s)
		}
	}
	if wrong > 0 || f.Pending() > 0 {
		t.Errorf("%d without the secret, %d pending", wrong, f.Pending())
	}
}

// TestPeople: what a person does becomes the updates that Telegram would send.
func TestPeople(t *testing.T) {
	f := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	chat := f.ChatAs(5, models.User{FirstName: "Ана", LanguageCode: "sr"})
	id := chat.Say("8")
	if err := chat.Edit(id, "9"); err != nil {
		t.Fatal(err)
	}
	chat.SendPhoto("alarm")
	_, _ = call(t, f, "sendMessage", url.Values{"chat_id": {"5"}, "text": {"Ready?"},
		"reply_markup": {`{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`}})
	if err := chat.Press("No"); err == nil {
		t.Error("pressed a button that is not there")
	}
	if err := chat.Press("Yes"); err != nil {
		t.Fatal(err)
	}
	chat.Block()
	chat.Unblock()
	a, err := call(t, f, "getUpdates", nil)
	if err != nil {
		t.Fatal(err)
	}
	var u []models.Update
	if err := json.Unmarshal(a.Result, &u); err != nil || len(u) != 6 {
		t.Fatalf("%v, %d updates", err, len(u))
	}
	if u[0].Message.Text != "8" || u[0].Message.From.FirstName != "Ана" || u[1].EditedMessage.Text != "9" || len(u[2].Message.Photo) == 0 {
		t.Errorf("said %+v", u[:3])
	}
	if q := u[3].CallbackQuery; q.Data != "y" || q.Message.Message.Text != "Ready?" || f.Spinning() != 1 {
		t.Errorf("pressed %+v", q)
	}
	if a, _ := call(t, f, "answerCallbackQuery", url.Values{"callback_query_id": {u[3].CallbackQuery.ID}}); !a.OK || f.Spinning() != 0 {
		t.Errorf("acknowledged: %+v, %d spin", a, f.Spinning())
	}
	if u[4].MyChatMember.NewChatMember.Type != models.ChatMemberTypeBanned || u[5].MyChatMember.NewChatMember.Type != models.ChatMemberTypeMember {
		t.Errorf("blocked %+v", u[4:])
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := chat.Wait(ctx, func([]adaptertest.Message) bool { return false }); err == nil {
		t.Error("waited for nothing, and it came")
	}
}
