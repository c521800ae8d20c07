package adaptertest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong with calls of the Bot API. Make one with TooMany, BadGateway, Page, Drop,
// DropAfter, Slow or Refuse, narrow it by its fields, and Inject it.
type Fault struct {
	Method string  // only this method; "": any but getUpdates
	Chat   int64   // only this chat; 0: any
	Times  int     // how often; 0: for ever
	Chance float64 // each time by this probability, with the fake's seeded dice; 0: always

	reply     reply
	html      bool          // answer with a proxy's page
	dropFirst bool          // close the connection before anything happens
	dropAfter bool          // let it take effect, then close the connection
	delay     time.Duration // answer only after this long
}

// TooMany answers 429 with retry_after in seconds.
func TooMany(retryAfter int) Fault {
	r := fail(http.StatusTooManyRequests, "Too Many Requests: retry after %d", retryAfter)
	r.retryAfter = retryAfter
	return Fault{reply: r}
}

// BadGateway answers 502 with a page of HTML, as a proxy does.
func BadGateway() Fault { return Page(http.StatusBadGateway) }

// Page answers with a page of HTML and this status, as a proxy does that stands before Telegram.
func Page(status int) Fault { return Fault{html: true, reply: reply{status: status}} }

// Drop closes the connection, and nothing happened.
func Drop() Fault { return Fault{dropFirst: true} }

// DropAfter lets the call take effect and then closes the connection: who sends again, sends twice.
func DropAfter() Fault { return Fault{dropAfter: true} }

// Slow lets the call take effect d later.
func Slow(d time.Duration) Fault { return Fault{delay: d} }

// Refuse answers with an error of Telegram's: a status and a description such as "Forbidden: user is deactivated".
func Refuse(status int, description string) Fault {
	return Fault{reply: fail(status, "%s", description)}
}

// Migrated answers that the group became the supergroup with this id.
func Migrated(to int64) Fault {
	r := fail(http.StatusBadRequest, "Bad Request: group chat was upgraded to a supergroup chat")
	r.migrateTo = to
	return Fault{reply: r}
}

// Inject adds a fault. Of several that fit a call, the first that was injected happens.
func (f *Telegram) Inject(ft Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ft.Times == 0 {
		ft.Times = -1
	}
	f.faults = append(f.faults, &ft)
}

// Heal takes all faults away.
func (f *Telegram) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = nil
}

// fault finds what goes wrong with a call; the zero Fault is nothing.
func (f *Telegram) fault(method string, chat int64) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ft := range f.faults {
		fits := strings.EqualFold(ft.Method, method) || (ft.Method == "" && !strings.EqualFold(method, "getUpdates"))
		if ft.Times == 0 || !fits || (ft.Chat != 0 && ft.Chat != chat) {
			continue
		}
		if ft.Chance > 0 && f.dice.Float64() >= ft.Chance {
			continue
		}
		if ft.Times > 0 {
			ft.Times--
		}
		return *ft
	}
	return Fault{}
}

// before does what goes wrong before a call takes effect, and tells whether that was all.
func (ft Fault) before(w http.ResponseWriter, r *http.Request, stop <-chan struct{}) bool {
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
	case ft.html:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(ft.reply.status)
		_, _ = w.Write([]byte("<html><body><h1>" + strconv.Itoa(ft.reply.status) + "</h1></body></html>"))
	case ft.reply.status != 0:
		write(w, ft.reply)
	default:
		return false
	}
	return true
}

// after does what goes wrong once a call took effect, and tells whether an answer is still to be written.
func (ft Fault) after(w http.ResponseWriter) bool {
	if ft.dropAfter {
		hangUp(w)
	}
	return ft.dropAfter
}

// hangUp closes the connection without a word.
func hangUp(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
