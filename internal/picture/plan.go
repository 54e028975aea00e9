// Package picture draws what is easier seen than read.
package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"sync"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"afterglow/content"
	"afterglow/reminders"
)

// The colours keep their meaning for people who see no red and green: the three differ in
// lightness too, and the bars carry words.
var (
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink   = color.RGBA{0x22, 0x22, 0x2b, 0xff}
	faint = color.RGBA{0xd9, 0xd9, 0xe0, 0xff}
	red   = color.RGBA{0xb8, 0x32, 0x3c, 0xff}
	amber = color.RGBA{0xf2, 0xc1, 0x4e, 0xff}
	green = color.RGBA{0x9b, 0xd3, 0xa8, 0xff}
)

const (
	width      = 1080
	rowHeight  = 44
	labelWidth = 260
	top        = 130
	margin     = 30
	days       = 14 // the longest aftercare that a guide names, in days (PMU, BHSkin)
)

type faces struct{ title, text, small font.Face }

var loadFaces = sync.OnceValues(func() (faces, error) {
	face := func(ttf []byte, size float64) (font.Face, error) {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return nil, err
		}
		return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	}
	var out faces
	var err error
	if out.title, err = face(gobold.TTF, 30); err != nil {
		return out, err
	}
	if out.text, err = face(goregular.TTF, 21); err != nil {
		return out, err
	}
	out.small, err = face(goregular.TTF, 16)
	return out, err
})

// drawing guards the font faces, which are not safe for concurrent use.
var drawing sync.Mutex

// Plan draws the windows of a plan as bars over two weeks: red, amber, green.
func Plan(w io.Writer, p reminders.Plan, l *content.Library, treated time.Time) error {
	drawing.Lock()
	defer drawing.Unlock()
	f, err := loadFaces()
	if err != nil {
		return fmt.Errorf("load fonts: %w", err)
	}
	height := top + rowHeight*len(p.Windows) + 90
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	write(img, f.title, ink, margin, 52, "Aftercare plan")
	write(img, f.text, ink, margin, 84, "Treated "+treated.Format("Mon 2 Jan 2006, 15:04"))
	x := func(after time.Duration) int {
		after = min(max(after, 0), days*24*time.Hour)
		return margin + labelWidth + int(float64(width-2*margin-labelWidth)*float64(after)/float64(days*24*time.Hour))
	}
	bottom := top + rowHeight*len(p.Windows)
	for day := 0; day <= days; day++ {
		at := x(time.Duration(day) * 24 * time.Hour)
		fill(img, image.Rect(at, top-6, at+1, bottom), faint)
		if day < days {
			write(img, f.small, ink, at+4, top-12, fmt.Sprint(day))
		}
	}
	write(img, f.small, ink, margin, top-12, "full days since treatment")
	for i, window := range p.Windows {
		y := top + rowHeight*i
		title := window.Topic
		if t := l.Topic(window.Topic); t != nil {
			title = t.Title
		}
		write(img, f.text, ink, margin, y+28, shorten(title, 24))
		redEnd := x(0)
		if !window.RedUntil.IsZero() {
			redEnd = x(window.RedUntil.Sub(treated))
		}
		greenFrom := x(window.Until.Sub(treated))
		fill(img, image.Rect(x(0), y+8, redEnd, y+rowHeight-8), red)
		fill(img, image.Rect(redEnd, y+8, greenFrom, y+rowHeight-8), amber)
		fill(img, image.Rect(greenFrom, y+8, x(days*24*time.Hour), y+rowHeight-8), green)
		if redEnd-x(0) > 40 {
			write(img, f.small, paper, x(0)+8, y+28, "no")
		}
		if greenFrom-redEnd > 70 {
			write(img, f.small, ink, redEnd+8, y+28, "guides differ")
		}
		if x(days*24*time.Hour)-greenFrom > 40 {
			write(img, f.small, ink, greenFrom+8, y+28, "yes")
		}
	}
	write(img, f.small, ink, margin, bottom+34, "red: every guide says no    amber: the guides differ    green: no guide objects")
	write(img, f.small, ink, margin, bottom+60, "Your clinic's own instructions come first. Afterglow is not a doctor.")
	return png.Encode(w, img)
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

func fill(img *image.RGBA, r image.Rectangle, c color.Color) {
	if !r.Empty() {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
}

func write(img *image.RGBA, face font.Face, c color.Color, x, y int, s string) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(s)
}
