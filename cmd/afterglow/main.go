// Command afterglow is a chat bot for the days after microneedling.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit statuses of the outer interface.
const (
	exitDone   = 0
	exitFailed = 1 // a check failed, or an input line was bad
	exitUsage  = 2 // wrong usage or configuration
)

// cli is the one list of commands, flags and environment variables.
type cli struct {
	Globals

	Chat     chatCommand     `cmd:"" default:"withargs" help:"Talk to the bot in the terminal. No token needed."`
	Ask      askCommand      `cmd:"" help:"Answer one question, or JSON Lines with --json -."`
	Plan     planCommand     `cmd:"" help:"Print the aftercare plan of a treatment."`
	Content  contentCommand  `cmd:"" help:"Check, browse and measure the content store."`
	Simulate simulateCommand `cmd:"" help:"Let a crowd live through its reminders in virtual time. No database needed."`
	DB       dbCommand       `cmd:"" name:"db" help:"Back up or check the database."`
	Version  versionCommand  `cmd:"" help:"Print version, commit and content revision."`
}

// Globals are the flags of every command.
type Globals struct {
	Database  string `name:"db" env:"AFTERGLOW_DB" placeholder:"FILE" help:"SQLite file. Default: afterglow.db in your data folder."`
	Overlay   string `name:"content" env:"AFTERGLOW_CONTENT" placeholder:"DIR" help:"Folder laid over the built-in content."`
	LogLevel  string `name:"log-level" env:"AFTERGLOW_LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`
	LogFormat string `name:"log-format" env:"AFTERGLOW_LOG_FORMAT" default:"text" enum:"text,json" help:"text or json."`

	in       io.Reader
	out, err io.Writer
}

// usageError is a fault of usage or configuration: exit status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// checkFailed ends a command whose work was done but whose result is bad: exit status 1. What was
// wrong has been printed already.
var errCheckFailed = errors.New("check failed")

func main() {
	// The heap is small and mostly permanent (models, content): collecting it twice as often costs no
	// measurable time and saves a fifth of the resident memory. GOGC, when set, decides.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run parses and runs one command line and gives its exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c cli
	code, exited := exitDone, false
	parser, err := kong.New(&c,
		kong.Name("afterglow"),
		kong.Description("A chat bot for the days after microneedling."),
		kong.Writers(out, errOut),
		kong.Exit(func(n int) { code, exited = n, true }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(errOut, "afterglow:", err)
		return exitUsage
	}
	k, err := parser.Parse(args)
	if exited {
		return code
	}
	if err != nil {
		fmt.Fprintf(errOut, "afterglow: %s\nSee afterglow --help.\n", firstLine(err))
		return exitUsage
	}
	c.in, c.out, c.err = in, out, errOut
	k.BindTo(ctx, (*context.Context)(nil))
	err = k.Run(&c.Globals)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errCheckFailed):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintln(errOut, "afterglow:", firstLine(err))
		return exitUsage
	default:
		fmt.Fprintln(errOut, "afterglow:", firstLine(err))
		return exitFailed
	}
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
