package clock

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	world := start
	real := func() time.Time { return world }

	t.Run("speed one is the real time", func(t *testing.T) {
		c := New(1, time.Time{}, real)
		world = start.Add(time.Minute)
		if !c.Now().Equal(world) || !c.Real() {
			t.Errorf("Now() = %v, want %v", c.Now(), world)
		}
		world = start
	})
	t.Run("a second counts as many", func(t *testing.T) {
		c := New(3600, time.Time{}, real)
		world = start.Add(2 * time.Second)
		if want := start.Add(2 * time.Hour); !c.Now().Equal(want) {
			t.Errorf("Now() = %v, want %v", c.Now(), want)
		}
		if got := c.RealDuration(time.Hour); got != time.Second {
			t.Errorf("an hour takes %v of the world, want 1s", got)
		}
		world = start
	})
	t.Run("starts where it stood, if that is later", func(t *testing.T) {
		ahead := start.Add(48 * time.Hour)
		if c := New(10, ahead, real); !c.Now().Equal(ahead) {
			t.Errorf("Now() = %v, want %v", c.Now(), ahead)
		}
		if c := New(10, start.Add(-48*time.Hour), real); !c.Now().Equal(start) {
			t.Errorf("a position in the past must not turn the clock back: %v", c.Now())
		}
	})
	t.Run("the real time follows the world", func(t *testing.T) {
		c := New(1, time.Time{}, real)
		for _, world = range []time.Time{start.Add(time.Hour), start.Add(-time.Hour), start} {
			if !c.Now().Equal(world) {
				t.Errorf("Now() = %v, want %v", c.Now(), world)
			}
		}
	})
	t.Run("a demonstration never runs backwards", func(t *testing.T) {
		for _, c := range []*Clock{New(10, time.Time{}, real), New(1, start.Add(time.Minute), real)} {
			c.Now()
			world = start.Add(time.Hour)
			ahead := c.Now()
			world = start.Add(-time.Hour)
			if now := c.Now(); now.Before(ahead) {
				t.Errorf("the world's clock was turned back and this one followed: %v", now)
			}
			c.Forward(-time.Hour)
			if c.Now().Before(ahead) {
				t.Errorf("a negative jump moved the clock")
			}
			world = start
		}
	})
	t.Run("a jump wakes sleepers", func(t *testing.T) {
		c := New(1, time.Time{}, real)
		jumped := c.Jumped()
		c.Forward(24 * time.Hour)
		<-jumped
		if want := start.Add(24 * time.Hour); !c.Now().Equal(want) || c.Real() {
			t.Errorf("Now() = %v, want %v", c.Now(), want)
		}
	})
}
