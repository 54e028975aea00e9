package reminders_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"afterglow/bot"
	"afterglow/internal/clock"
	"afterglow/internal/store"
	"afterglow/reminders"
)

// The crash test kills a real process on a real file, again and again, while it sends, and then
// counts what arrived. otherProcess, when set, makes this test binary that process: the folder and
// the number of the life, a line each.
const otherProcess = "AFTERGLOW_REMINDERS_TEST"

// kills is how often the process is killed; this variable asks for another number, such as 2000.
const killsVariable = "AFTERGLOW_KILLS"

func TestMain(m *testing.M) {
	folder, life, ok := strings.Cut(os.Getenv(otherProcess), "\n")
	if !ok {
		os.Exit(m.Run())
	}
	n, err := strconv.Atoi(life)
	if err == nil {
		err = liveOnce(folder, n)
	}
	fmt.Println(err)
	os.Exit(2)
}

// racing is set under the race detector, which makes starting a process four times as slow and has
// nothing to find in a process that is killed.
var racing bool

// crashSpeed makes backoffs pass in milliseconds.
const crashSpeed = 1000

// crashTime is where the clock stands when a life begins: each an hour after the one before.
func crashTime(life int) time.Time {
	return time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(life) * time.Hour)
}

// liveOnce makes promises and keeps them until it is killed.
func liveOnce(folder string, life int) error {
	db, err := store.Open(context.Background(), filepath.Join(folder, "people.db"))
	if err != nil {
		return err
	}
	now := crashTime(life)
	for n := range 8 {
		chat := bot.ChatID(fmt.Sprintf("a:%d-%d", life, n))
		_, err := db.Turn(context.Background(), chat, "", func(p *bot.Person) ([]bot.Message, error) {
			p.Consent = now
			s := reminders.Schedule{Made: now}
			for i, kind := range []reminders.Kind{"hydration", "check-in", "spf", "makeup-ok"} {
				due := now.Add(time.Duration(n*10+i*40) * time.Second)
				s.Rows = append(s.Rows, reminders.Row{Key: reminders.RowKey(kind), Kind: kind, Text: string(kind), Due: due,
					Expires: reminders.Expiry(kind, due, reminders.Surroundings{})})
			}
			p.Orders.Plan = &s
			return nil, nil
		})
		if err != nil {
			return err
		}
	}
	library() // takes long
	fmt.Println("up")
	return keepPromises(context.Background(), db, folder, life, nil)
}

func keepPromises(ctx context.Context, db *store.DB, folder string, life int, observe func(reminders.OutcomeKind, []reminders.Row, time.Duration)) error {
	arrived, err := os.OpenFile(filepath.Join(folder, "arrived"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer arrived.Close()
	return reminders.NewDispatcher(reminders.Options{Queue: db, Sender: &notebook{arrived}, Clock: clock.New(crashSpeed, crashTime(life), time.Now),
		Library: library(), Observe: observe}).Run(ctx)
}

// notebook writes down, for good, what arrived. It fails in every way that a platform does.
type notebook struct{ file *os.File }

func (b *notebook) Send(_ context.Context, m reminders.Message) error {
	chance := rand.IntN(100)
	switch {
	case chance < 8:
		return &reminders.SendError{Kind: reminders.Retry, Reason: "test"}
	case chance < 14:
		return &reminders.SendError{Kind: reminders.Wait, RetryAfter: time.Millisecond, Reason: "test"}
	case chance < 17:
		return errors.New("cut off before it arrived")
	}
	var line strings.Builder
	for _, r := range append(m.Rows, m.Missed...) {
		fmt.Fprintf(&line, "%d ", r.ID)
	}
	line.WriteString("\n")
	if _, err := b.file.WriteString(line.String()); err != nil {
		return err
	}
	if err := b.file.Sync(); err != nil {
		return err
	}
	if chance < 25 {
		return errors.New("cut off after it arrived")
	}
	return nil
}

func (b *notebook) Limits(reminders.Chat) (string, reminders.Limits) {
	return "a", reminders.Limits{Platform: reminders.Rate{PerSecond: 400}} // so that some wait at the gate
}

func TestKilledDispatcher(t *testing.T) {
	kills := 200
	if testing.Short() || racing {
		kills = 40
	}
	if v := os.Getenv(killsVariable); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			t.Fatalf("%s: %v", killsVariable, err)
		}
		kills = n
	}
	t.Parallel()
	folder := t.TempDir()
	for life := range kills {
		liveAndDie(t, folder, life)
	}

	db, err := store.Open(t.Context(), filepath.Join(folder, "people.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := counts(t, db)
	settle(t, db, folder, kills)
	tally(t, db, folder, kills, before)
}

// liveAndDie starts the process and kills it at a random moment after it has begun.
func liveAndDie(t *testing.T, folder string, life int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program)
	c.Env = append(os.Environ(), otherProcess+"="+folder+"\n"+strconv.Itoa(life))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "up\n" {
		t.Fatalf("life %d: %q, %v", life, line, err)
	}
	<-time.After(time.Duration(rand.Int64N(int64(120 * time.Millisecond)))) // the random moment
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed
}

// settle lets a dispatcher live until nothing is open.
func settle(t *testing.T, db *store.DB, folder string, life int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	happened := make(chan struct{}, 1)
	go func() {
		ended <- keepPromises(ctx, db, folder, life, func(reminders.OutcomeKind, []reminders.Row, time.Duration) {
			select {
			case happened <- struct{}{}:
			default:
			}
		})
	}()
	for {
		c, open := counts(t, db), 0
		for state, n := range c {
			if state.Open() {
				open += n
			}
		}
		if open == 0 {
			break
		}
		select {
		case <-happened:
		case <-time.After(20 * time.Second):
			t.Fatalf("nothing happens any more: %v", c)
		}
	}
	cancel()
	<-ended
}

func counts(t *testing.T, db *store.DB) map[reminders.State]int {
	t.Helper()
	c, err := db.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tally holds what arrived against what was promised.
func tally(t *testing.T, db *store.DB, folder string, lives int, before map[reminders.State]int) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "arrived"))
	if err != nil {
		t.Fatal(err)
	}
	arrived := map[int64]int{}
	for word := range strings.FieldsSeq(string(data)) {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		arrived[id]++
	}
	promises, twice, unknown := 0, 0, 0
	for life := range lives {
		for n := range 8 {
			rows, err := db.Rows(t.Context(), reminders.Chat(fmt.Sprintf("a:%d-%d", life, n)))
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != 4 {
				t.Errorf("life %d, chat %d: %d rows", life, n, len(rows))
			}
			for _, r := range rows {
				promises++
				what := fmt.Sprintf("life %d, chat %d: %s, %s after %d attempts, doubt %t, arrived %d times", life, n, r.Kind, r.State, r.Attempt, r.Doubt, arrived[r.ID])
				switch {
				case arrived[r.ID] > 1 && !(reminders.MayRepeat(r.Kind) && r.Doubt):
					t.Errorf("doubled: %s", what)
				case arrived[r.ID] > 1:
					twice++
				case arrived[r.ID] == 0 && r.State != reminders.Doubted,
					// A kind that may repeat is repeated until it is no longer true.
					arrived[r.ID] == 0 && reminders.MayRepeat(r.Kind) && !r.Expired(r.Closed.Add(reminders.Backoff(r.Attempt, 1))):
					t.Errorf("lost: %s", what)
				case r.State == reminders.Doubted && arrived[r.ID] == 0:
					unknown++
				}
			}
		}
	}
	t.Logf("%d kills, %d promises (%v were open or closed when the last life began): none lost; %d arrived more than once, of kinds that may; "+
		"%d did not arrive after an attempt that nobody knows the end of, of kinds that may not be repeated, or too late to be", lives, promises, before, twice, unknown)
}
