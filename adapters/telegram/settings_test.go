package telegram_test

import (
	"errors"
	"strings"
	"testing"

	"tandem/adapters/adaptertest"
	"tandem/adapters/telegram"
)

func TestNewChecksSettings(t *testing.T) {
	commands := func(lang, name, description string) map[string][]telegram.Command {
		return map[string][]telegram.Command{lang: {{Name: name, Description: description}}}
	}
	for want, o := range map[string]telegram.Options{
		"TELEGRAM_BOT_TOKEN is empty":    {},
		"does not look like a token":     {Token: "secret"},
		"does not look like a token ":    {Token: "81:sec/ret"},
		"a number that is too large":     {Token: strings.Repeat("9", 19) + ":secret"},
		"TELEGRAM_API_URL is not":        {Token: secret, APIURL: "ftp://secret"},
		"TELEGRAM_API_URL is not an":     {Token: secret, APIURL: "://secret"},
		"is not two letters":             {Token: secret, Commands: commands("eng", "a", "b")},
		"is not 1 to 32":                 {Token: secret, Commands: commands("", "A!", "b")},
		"is not 1 to 256":                {Token: secret, Commands: commands("", "a", "")},
		"over 512 characters, or its la": {Token: secret, Description: map[string]string{"": strings.Repeat("x", 513)}},
	} {
		_, err := telegram.New(o)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) || strings.Contains(err.Error(), "secret") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestCheck(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	name, err := newTelegram(t, fake, nil).Check(t.Context())
	if err != nil || name != fake.Username() {
		t.Errorf("%q, %v", name, err)
	}
	for _, token := range []string{"81:unknown", "82:unknown"} {
		tg := newTelegram(t, fake, func(o *telegram.Options) { o.Token = token })
		if _, err := tg.Check(t.Context()); !errors.Is(err, telegram.ErrToken) {
			t.Errorf("%s: %v", token, err)
		}
	}
}

func TestIntroduce(t *testing.T) {
	fake := adaptertest.NewTelegram(t, adaptertest.TelegramOptions{})
	tg := newTelegram(t, fake, func(o *telegram.Options) {
		o.Commands = map[string][]telegram.Command{"": {{"help", "What you can do"}}, "es": {{"help", "Qué puedes hacer"}}}
		o.Description = map[string]string{"es": "Un programa, no una persona."}
	})
	if err := tg.Introduce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if en, es := fake.Menu(""), fake.Menu("es"); len(en) != 1 || len(es) != 1 || es[0].Description != "Qué puedes hacer" {
		t.Errorf("menus %v, %v", en, es)
	}
	if err := tg.Typing(t.Context(), "telegram:1"); err == nil {
		t.Error("typing where there is no chat")
	}
	fake.Chat(1)
	if err := tg.Typing(t.Context(), "telegram:1"); err != nil {
		t.Error(err)
	}
}

func TestSetWebhookChecksSettings(t *testing.T) {
	tg, _ := telegram.New(telegram.Options{Token: secret})
	for address, s := range map[string]string{
		"http://example.org/hook": hookSecret, "": hookSecret, "https://": hookSecret,
		"https://example.org/hook": "short", "https://example.org/h": strings.Repeat("x", 257), "https://example.org": "with space in it!",
	} {
		if err := tg.SetWebhook(t.Context(), address, s); err == nil || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
