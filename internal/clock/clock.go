// Package clock is a clock that can run faster than the world, for demonstrations.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time. One real second counts as its speed in seconds. At speed 1, and not moved, it
// is the world's clock and follows it wherever it is set; a demonstration clock never runs backwards.
// Both notice that the machine slept: they go by the wall clock and not by the process's own, which
// may stand still meanwhile. The zero value is not usable: call New.
type Clock struct {
	mu    sync.Mutex
	real  func() time.Time
	begin time.Time // real time at which the clock stood at base
	base  time.Time
	last  time.Time // the latest that was shown, which a demonstration clock does not go behind
	speed float64
	// jumped closes and is replaced when the clock is moved, so that sleepers can look again.
	jumped chan struct{}
}

// New starts a clock at the real time or at a position where it stood before, whichever is later.
// A speed of 1 and a zero position give the real time. real is time.Now but in tests.
func New(speed float64, stood time.Time, real func() time.Time) *Clock {
	now := real().Round(0) // without the monotonic reading, here and below
	base := now
	if stood.After(base) {
		base = stood
	}
	return &Clock{real: real, begin: now, base: base, speed: speed, jumped: make(chan struct{})}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	world := c.real().Round(0)
	if c.isReal() {
		return world
	}
	passed := max(world.Sub(c.begin), 0)
	if c.speed != 1 {
		passed = time.Duration(float64(passed) * c.speed)
	}
	if now := c.base.Add(passed); now.After(c.last) {
		c.last = now
	}
	return c.last
}

// Forward moves the clock ahead; a negative span does nothing.
func (c *Clock) Forward(by time.Duration) {
	if by <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base = c.base.Add(by)
	close(c.jumped)
	c.jumped = make(chan struct{})
}

// Real tells whether the clock shows the real time.
func (c *Clock) Real() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.isReal()
}

func (c *Clock) isReal() bool { return c.speed == 1 && c.base.Equal(c.begin) }

// RealDuration is how long a span of this clock takes in the world.
func (c *Clock) RealDuration(d time.Duration) time.Duration {
	return time.Duration(float64(d) / c.speed)
}

// Jumped gives a channel that closes when the clock is moved ahead.
func (c *Clock) Jumped() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.jumped
}
