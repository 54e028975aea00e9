package simulate

import (
	"time"

	"afterglow/reminders"
)

// gate is the model of reminders.Gate in virtual time, for one platform.
type gate struct {
	limits  reminders.Limits
	all     time.Duration   // when the platform's bucket is full again
	chats   []time.Duration // the same for each chat
	waiting [reminders.Nudge + 1][]*message
}

// message is what stands at the gate.
type message struct {
	chat int32
	due  time.Duration // of the first that it says
	rows []int32       // places in the person's rows; none: a reply
}

func (g *gate) arrive(m *message, p reminders.Priority) { g.waiting[p] = append(g.waiting[p], m) }

// serve lets through whoever may go now and tells when the next one may; never when nobody waits.
func (g *gate) serve(now time.Duration, pass func(*message)) (next time.Duration) {
	next = never
	for p := range g.waiting {
		stay := g.waiting[p][:0]
		for i, m := range g.waiting[p] {
			if at := free(g.all, g.limits.Platform, now); at > now { // so it is for everybody behind
				g.waiting[p] = append(stay, g.waiting[p][i:]...)
				return min(next, at)
			}
			if at := free(g.chats[m.chat], g.limits.Chat, now); at > now {
				next = min(next, at)
				stay = append(stay, m)
				continue
			}
			g.all = take(g.all, g.limits.Platform, now)
			g.chats[m.chat] = take(g.chats[m.chat], g.limits.Chat, now)
			pass(m)
		}
		g.waiting[p] = stay
	}
	return next
}

// never is later than anything that is simulated.
const never = time.Duration(1<<63 - 1)

// free is the earliest instant at which a bucket that is full again at an instant has a token.
func free(full time.Duration, r reminders.Rate, now time.Duration) time.Duration {
	return max(full-time.Duration(max(r.Burst, 1)-1)*per(r), now)
}

func take(full time.Duration, r reminders.Rate, now time.Duration) time.Duration {
	return max(full, now) + per(r)
}

// per is the time that one token takes; 0 without a limit.
func per(r reminders.Rate) time.Duration {
	if r.PerSecond <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / r.PerSecond)
}
