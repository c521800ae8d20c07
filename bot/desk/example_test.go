package desk_test

import (
	"fmt"
	"strings"

	"tandem/bot/desk"
)

func ExampleWords_Digest() {
	w, err := desk.LoadWords()
	if err != nil {
		fmt.Println(err)
		return
	}
	digest := w.Digest("en", []desk.Case{kim(), ana(), sam()}, ago(7), now())
	fmt.Println(strings.Join(digest.Messages, "\n\n"))
	// Output:
	// Your clients since 16 November, as far as they share it
	//
	// Waiting for you
	// • Kim: a message for you, yesterday
	//
	// Going well, and what they did
	// • Sam: “sleep before midnight”. In their words: “the phone sleeps in the kitchen”
	//
	// What did not work out, and what they found out
	// • Kim: “stop snapping at my kids in the mornings”. They found out: “the kitchen alarm works but i just turned it off”
	//
	// Worth a thought: not on track
	// • Kim: falling ratings (“stop snapping at my kids in the mornings”: 7, 5, 3). Does the goal still fit, just as it is?
	//
	// 1 other: nothing new shared.
}
