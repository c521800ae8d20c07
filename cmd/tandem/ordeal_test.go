package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/adaptertest"
	"tandem/adapters/redisstore/redistest"
)

// ordeal is three real "tandem serve" processes on a real Redis, a Telegram that fails now and then, and clients who
// answer a flow of plain questions while things are killed.
type ordeal struct {
	t         *testing.T
	questions int
	think     time.Duration // at most, before each answer
	binary    string
	dir       string
	keys      string
	redis     *redistest.Server
	fake      *adaptertest.Telegram
	front     *httptest.Server // Telegram delivers here; each delivery goes to one of the processes
	procs     []*process
	chats     []*adaptertest.Chat
	clients   sync.WaitGroup

	kills   int
	outages []outage // of Redis

	mu    sync.Mutex
	sends []sent
}

// outage is a time in which Redis could not be reached.
type outage struct{ from, to time.Time }

// sent is a message that the fake took, and who had sent it.
type sent struct {
	chat    string
	text    string
	process int
	life    int
	at      time.Time
}

// process is one of the three, in one of its lives.
type process struct {
	o    *ordeal
	n    int
	addr string
	api  *httptest.Server // on the way to the fake: notes who sent what

	mu    sync.Mutex
	life  int
	ended map[int]time.Time // life -> when it was killed
	cmd   *exec.Cmd
	log   *os.File
}

const ordealSecret = "ordeal-secret-ordeal-secret"

// newOrdeal starts everything.
func newOrdeal(t *testing.T, clients, questions int, think time.Duration, redisArgs ...string) *ordeal {
	t.Helper()
	o := &ordeal{
		t: t, questions: questions, think: think, binary: buildTandem(t), dir: t.TempDir(), keys: keysetFile(t),
		redis: redistest.Start(t, redisArgs...),
		fake:  adaptertest.NewTelegram(t, adaptertest.TelegramOptions{Seed: 7}),
	}
	o.writeFlow()
	fault := func(f adaptertest.Fault, chance float64) {
		f.Method, f.Chance = "sendMessage", chance
		o.fake.Inject(f)
	}
	fault(adaptertest.TooMany(1), 0.01)
	fault(adaptertest.BadGateway(), 0.02)
	fault(adaptertest.Drop(), 0.01)
	fault(adaptertest.Slow(100*time.Millisecond), 0.5) // as long as Telegram takes: so that kills fall into sends
	o.front = httptest.NewServer(http.HandlerFunc(o.forward))
	t.Cleanup(o.front.Close)
	for n := range 3 {
		p := &process{o: o, n: n, addr: freeAddr(t), ended: make(map[int]time.Time)}
		p.api = httptest.NewServer(http.HandlerFunc(p.call))
		log, err := os.Create(filepath.Join(o.dir, fmt.Sprintf("process-%d.log", n)))
		if err != nil {
			t.Fatal(err)
		}
		p.log = log
		o.procs = append(o.procs, p)
		p.start()
		t.Cleanup(func() { p.kill(); p.api.Close(); _ = p.log.Close() })
	}
	for _, p := range o.procs {
		p.waitReady(patience)
	}
	for i := range clients {
		o.chats = append(o.chats, o.fake.Chat(int64(1000+i)))
	}
	return o
}

// buildTandem builds the program as people run it.
func buildTandem(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tandem")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("build tandem: %v\n%s", err, out)
	}
	return file
}

// writeFlow writes the flow that everybody goes through. Its last question stays open, so that the answers can be read.
func (o *ordeal) writeFlow() {
	var flow, words bytes.Buffer
	flow.WriteString("flow: ordeal\ntarget_change: nothing, this is a test\nstance: neutral\nstart: q1\ncommand: ordeal\nbefore_consent: true\nsteps:\n")
	words.WriteString("command: An ordeal\n")
	for q := 1; q <= o.questions; q++ {
		next := fmt.Sprintf("q%d", q+1)
		if q == o.questions {
			next = "last"
		}
		fmt.Fprintf(&flow, "  q%d: {kind: text, next: %s}\n", q, next)
		fmt.Fprintf(&words, "q%d: %s\n", q, question(q))
	}
	flow.WriteString("  last: {kind: text, next: end}\n  end: {kind: end}\n")
	fmt.Fprintf(&words, "last: %s\n", lastQuestion)
	dir := filepath.Join(o.dir, "flows", "ordeal")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		o.t.Fatal(err)
	}
	for name, data := range map[string][]byte{"flow.yaml": flow.Bytes(), "en.yaml": words.Bytes(), "es.yaml": words.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
}

const lastQuestion = "That was the last one."

func question(q int) string { return fmt.Sprintf("Please answer question %d of this.", q) }

func answerTo(chat int64, q int) string { return fmt.Sprintf("%s %d for %d", marker, q, chat) }

// start begins a new life.
func (p *process) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life++
	p.cmd = exec.Command(p.o.binary, "serve")
	p.cmd.Env = append(os.Environ(),
		"REDIS_URL="+p.o.redis.URL(), "TANDEM_KEYSET="+p.o.keys, "TANDEM_FLOWS="+filepath.Join(p.o.dir, "flows"),
		"TELEGRAM_BOT_TOKEN="+p.o.fake.Token, "TELEGRAM_API_URL="+p.api.URL,
		"TELEGRAM_WEBHOOK_URL="+p.o.front.URL+"/telegram", "TELEGRAM_WEBHOOK_SECRET="+ordealSecret,
		"TANDEM_LISTEN="+p.addr, "TANDEM_CHAT_RATE=0", "TANDEM_TOTAL_RATE=0", "TANDEM_LEASE=4s", "TANDEM_LOG_LEVEL=info",
	)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		p.o.t.Errorf("start a process: %v", err)
	}
}

// kill ends it as a power cut would.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd.Process == nil || p.cmd.ProcessState != nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.ended[p.life] = time.Now()
}

func (p *process) ready() bool {
	client := http.Client{Timeout: time.Second}
	resp, err := client.Get("http://" + p.addr + "/readyz")
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func (p *process) waitReady(d time.Duration) {
	for end := time.Now().Add(d); !p.ready(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			log, _ := os.ReadFile(p.log.Name())
			p.o.t.Errorf("process %d is not ready within %s:\n%s", p.n, d, log[max(0, len(log)-4000):])
			return
		}
	}
}

// forward hands a delivery to one of the processes, whichever; 502 where it is down.
func (o *ordeal) forward(w http.ResponseWriter, r *http.Request) {
	p := o.procs[rand.N(len(o.procs))]
	status, _, err := relay(r, "http://"+p.addr+r.URL.Path, nil)
	if err != nil {
		status = http.StatusBadGateway
	}
	w.WriteHeader(status)
}

// call hands a call of the Bot API to the fake, and notes what was sent, and by whom.
func (p *process) call(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	life := p.life
	p.mu.Unlock()
	var asked struct {
		Chat json.Number `json:"chat_id"`
		Text string      `json:"text"`
	}
	status, answer, err := relay(r, p.o.fake.URL()+r.URL.Path, &asked)
	if err != nil {
		panic(http.ErrAbortHandler) // hangs up, as the fake did
	}
	if strings.HasSuffix(r.URL.Path, "/sendMessage") && status == http.StatusOK {
		p.o.mu.Lock()
		p.o.sends = append(p.o.sends, sent{asked.Chat.String(), asked.Text, p.n, life, time.Now()})
		p.o.mu.Unlock()
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// relay makes the same request of somebody else.
func relay(r *http.Request, to string, asked any) (status int, answer []byte, err error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, nil, err
	}
	if asked != nil {
		_ = json.Unmarshal(body, asked)
	}
	// A process that is killed hangs up; what it asked for is under way all the same.
	req, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), r.Method, to, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header = r.Header.Clone()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	return resp.StatusCode, answer, err
}

// talk has every client go through the flow.
func (o *ordeal) talk(ctx context.Context) {
	for _, c := range o.chats {
		o.clients.Add(1)
		go func() {
			defer o.clients.Done()
			o.client(ctx, c)
		}()
	}
}

func (o *ordeal) client(ctx context.Context, c *adaptertest.Chat) {
	time.Sleep(rand.N(time.Second))
	c.Say("/ordeal")
	for q := 1; q <= o.questions+1; q++ {
		want := lastQuestion
		if q <= o.questions {
			want = question(q)
		}
		if _, err := c.Wait(ctx, func(seen []adaptertest.Message) bool { return was(seen, want) }); err != nil {
			o.t.Errorf("chat %d: never asked %q", c.ID, want)
			return
		}
		if q <= o.questions {
			time.Sleep(rand.N(o.think))
			c.Say(answerTo(c.ID, q))
		}
	}
}

func was(seen []adaptertest.Message, text string) bool {
	for i := len(seen) - 1; i >= 0; i-- {
		if seen[i].FromBot && seen[i].Text == text {
			return true
		}
	}
	return false
}

// killRedis ends Redis as a power cut would, and starts it again.
func (o *ordeal) killRedis() {
	from := time.Now()
	o.redis.Kill()
	o.kills++
	time.Sleep(rand.N(time.Second))
	o.redis.Restart()
	for _, p := range o.procs {
		p.waitReady(patience)
	}
	o.outages = append(o.outages, outage{from, time.Now()})
}
