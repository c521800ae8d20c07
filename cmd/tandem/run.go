package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"tandem/dialog/understand"
)

// What the program ends with.
const (
	exitOK       = 0
	exitProblem  = 1 // something outside is not as it must be: Redis is away, a port is taken
	exitSettings = 2 // what the program was told makes no sense, or points at what it must not use
)

// exitError is an error with the code that the program ends with.
type exitError struct {
	code int
	err  error // nil: everything was said already
}

// Error implements error.
func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

// Unwrap implements errors.Unwrap.
func (e *exitError) Unwrap() error { return e.err }

// badSetting says that the program was told something that it cannot do.
func badSetting(format string, args ...any) error {
	return &exitError{code: exitSettings, err: fmt.Errorf(format, args...)}
}

// program is what the commands have of the world.
type program struct {
	ctx    context.Context // ends when the program is to stop
	env    func(name string) (string, bool)
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	clock  func() time.Time
}

type commands struct {
	Version    kong.VersionFlag `help:"Print the version and leave."`
	Chat       chatCmd          `cmd:"" help:"Talk with Tandem in this terminal. Nothing else is needed."`
	Understand understandCmd    `cmd:"" help:"Show what typed answers are taken for: reads lines, prints a JSON line each."`
	Reminders  remindersCmd     `cmd:"" help:"Show what is due next and why, or when a schedule is due."`
	Serve      serveCmd         `cmd:"" help:"Run the service."`
	Doctor     doctorCmd        `cmd:"" help:"Check what the service would start with, and say what to mend."`
	Export     exportCmd        `cmd:"" help:"Give out everything that is kept of one person, as JSON."`
	Erase      eraseCmd         `cmd:"" help:"Erase everything that is kept of one person."`
	Keys       keysCmd          `cmd:"" help:"Make the keys that people's words are encrypted with."`
}

// run is the whole program, as tests start it too. It returns the exit code.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	p := &program{ctx: ctx, env: env, stdin: stdin, stdout: stdout, stderr: stderr, clock: time.Now}
	var cli commands
	left, code := false, exitOK
	parser, err := kong.New(&cli,
		kong.Name("tandem"),
		kong.Description("A guided assistant that people already have in their chat app."),
		kong.Vars{"version": version(), "kinds": strings.Join(understand.Kinds(), ", ")},
		kong.Writers(stdout, stderr),
		kong.Exit(func(c int) { left, code = true, c }),
		kong.Resolvers(settingsFrom(env)),
		kong.ValueFormatter(withSetting),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}),
	)
	if err != nil {
		return p.fail(err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case left: // the help or the version was printed
		return code
	case err != nil:
		return p.fail(badSetting("%w (see: tandem --help)", err))
	}
	return p.fail(parsed.Run(p))
}

// fail says what went wrong, and returns the exit code.
func (p *program) fail(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitProblem
	var e *exitError
	if errors.As(err, &e) {
		code = e.code
		if e.err == nil {
			return code
		}
	}
	fmt.Fprintf(p.stderr, "tandem: %v\n", err)
	return code
}

// version is the module's version, and where it is built from a checkout the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "tandem (unknown version)"
	}
	out := "tandem " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			out += " " + s.Value
		}
	}
	return out + " " + info.GoVersion
}
