package adaptertest

import (
	"net/http"
	"strconv"
	"time"
)

// SlackFault is something that goes wrong with calls of the Web API. Make one with SlackTooMany, SlackPage, SlackDrop,
// SlackDropAfter, SlackSlow or SlackRefuse, narrow it by its fields, and Inject it.
type SlackFault struct {
	Method string // only this method; "": any but apps.connections.open
	Times  int    // how often; 0: for ever

	status    int // a proxy's page
	word      string
	after     int // Retry-After
	dropFirst bool
	dropAfter bool
	delay     time.Duration
}

// SlackTooMany answers 429 with Retry-After in seconds.
func SlackTooMany(after int) SlackFault { return SlackFault{word: "ratelimited", after: after} }

// SlackPage answers with a page of HTML and a status, as a proxy does.
func SlackPage(status int) SlackFault { return SlackFault{status: status} }

// SlackDrop closes the connection, and nothing happened.
func SlackDrop() SlackFault { return SlackFault{dropFirst: true} }

// SlackDropAfter lets the call take effect and then closes the connection: who sends again, sends twice.
func SlackDropAfter() SlackFault { return SlackFault{dropAfter: true} }

// SlackSlow lets the call take effect d later.
func SlackSlow(d time.Duration) SlackFault { return SlackFault{delay: d} }

// SlackRefuse answers with an error of Slack's, such as is_archived.
func SlackRefuse(word string) SlackFault { return SlackFault{word: word} }

// Inject adds a fault. Of several that fit a call, the first that was injected happens.
func (f *Slack) Inject(ft SlackFault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ft.Times == 0 {
		ft.Times = -1
	}
	f.faults = append(f.faults, &ft)
}

// Heal takes all faults away, and makes the tokens good again.
func (f *Slack) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults, f.revoked = nil, false
}

// fault finds what goes wrong with a call; the zero SlackFault is nothing.
func (f *Slack) fault(method string) SlackFault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ft := range f.faults {
		if ft.Times == 0 || (ft.Method != method && (ft.Method != "" || method == "apps.connections.open")) {
			continue
		}
		ft.Times--
		return *ft
	}
	return SlackFault{}
}

// ends tells whether a call does not take effect.
func (ft SlackFault) ends() bool { return ft.dropFirst || ft.status != 0 || ft.word != "" }

// before does what goes wrong before a call takes effect.
func (ft SlackFault) before(w http.ResponseWriter, r *http.Request, stop <-chan struct{}) {
	if ft.delay > 0 {
		timer := time.NewTimer(ft.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		case <-stop:
		}
	}
	switch {
	case ft.dropFirst:
		hangUp(w)
	case ft.status != 0:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(ft.status)
		_, _ = w.Write([]byte("<html><body><h1>" + strconv.Itoa(ft.status) + "</h1></body></html>"))
	case ft.after > 0:
		w.Header().Set("Retry-After", strconv.Itoa(ft.after))
		w.WriteHeader(http.StatusTooManyRequests)
		slackWrite(w, slackReply{word: ft.word})
	case ft.word != "":
		slackWrite(w, slackReply{word: ft.word})
	}
}
