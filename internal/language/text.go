package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxBytes is how much of one message is read. The longest message of the chat platforms has
// 4,096 characters; the rest is room for terminals and scripts. A longer text is read from both
// of its ends, because what frightens people tends to stand at the end.
const MaxBytes = 32 << 10

// Clean brings a message into the form that everything else here reads: compatibility
// characters folded, invisible and direction-changing characters removed, typographic quotes
// and dashes made plain, case folded, white space collapsed, at most MaxBytes long. Line ends
// survive as "\n", because they end a thought as a full stop does.
func Clean(text string) string {
	if len(text) > MaxBytes {
		head := strings.ToValidUTF8(text[:MaxBytes/2], "")
		tail := strings.ToValidUTF8(text[len(text)-MaxBytes/2:], "")
		text = head + "\n" + tail
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, " ")
	}
	if !isPlainASCII(text) {
		text = norm.NFKC.String(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	space := true
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			space = true
			continue
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
				space = true
			}
			continue
		case invisible(r):
			continue
		}
		space = false
		b.WriteRune(plain(unicode.ToLower(r)))
	}
	return strings.TrimRight(b.String(), " \n")
}

// Visible removes the characters of a text that nobody can see, and leaves everything else as it is.
func Visible(text string) string {
	if isPlainASCII(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && invisible(r) {
			return -1
		}
		return r
	}, text)
}

func isPlainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// invisible tells characters that change nothing a person can read: zero-width, soft hyphen,
// bidirectional controls, tags, variation selectors and other control characters.
func invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Co, r):
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r == 0xfffd, r >= 0x1f3fb && r <= 0x1f3ff:
		return true
	case unicode.Is(unicode.Mn, r):
		return true
	}
	return false
}

func plain(r rune) rune {
	switch r {
	case '’', '‘', '`', '´', 'ʼ', '′':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	case '–', '—', '−', '‐', '‑':
		return '-'
	}
	return r
}

// TokenKind says what a token is made of.
type TokenKind uint8

// The kinds of tokens.
const (
	Word TokenKind = iota
	Number
	Stop  // ends a sentence: . ! ? ; line end, an ellipsis
	Comma // a lighter pause: , : ( ) and a dash between words
	Sign  // a symbol that carries meaning here: + / % & = @ #
	Emoji
)

// Token is one word, number or mark of a cleaned message.
type Token struct {
	Text string    // as in the cleaned message, or as corrected
	Was  string    // what stood there before spelling was corrected; empty if nothing was
	Kind TokenKind // what it is made of
	Num  float64   // the value of a Number, or of a number word
	Pos  int       // byte offset in the cleaned message
}

// Tokens splits a cleaned message. Numbers are split from the letters glued to them
// ("5d", "48hrs"), words keep their inner apostrophes, hyphens separate words.
func Tokens(clean string) []Token {
	out := make([]Token, 0, 8+len(clean)/5)
	for i := 0; i < len(clean); {
		r, size := utf8.DecodeRuneInString(clean[i:])
		switch {
		case r == ' ':
			i += size
		case isDigit(r):
			j := i + 1
			for j < len(clean) && (isDigit(rune(clean[j])) ||
				((clean[j] == '.' || clean[j] == ',') && j+1 < len(clean) && isDigit(rune(clean[j+1])))) {
				j++
			}
			out = append(out, Token{Text: clean[i:j], Kind: Number, Num: number(clean[i:j]), Pos: i})
			i = j
		case unicode.IsLetter(r):
			j := i + size
			for j < len(clean) {
				n, s := utf8.DecodeRuneInString(clean[j:])
				if unicode.IsLetter(n) {
					j += s
					continue
				}
				if n == '\'' && j+1 < len(clean) {
					if m, _ := utf8.DecodeRuneInString(clean[j+1:]); unicode.IsLetter(m) {
						j++
						continue
					}
				}
				break
			}
			word := strings.ReplaceAll(clean[i:j], "'", "")
			if standard, ok := dialect[word]; ok {
				word = standard
			}
			if n := len(out); word == "not" && n > 0 && out[n-1].Text == "can" {
				out[n-1].Text = "cant" // 'can not' is 'cannot' is 'can't'
				i = j
				continue
			}
			t := Token{Text: squeeze(word), Kind: Word, Pos: i}
			if v, ok := numberWords[word]; ok {
				t.Num = v
			}
			out = append(out, t)
			i = j
		case r == '-':
			// A hyphen inside a word only separates; a free one is a pause.
			if i > 0 && clean[i-1] == ' ' {
				out = append(out, Token{Text: "-", Kind: Comma, Pos: i})
			}
			i += size
		case r == '.' || r == '!' || r == '?' || r == ';' || r == '\n' || r == '…':
			text := string(r)
			if r == '\n' || r == '…' {
				text = "."
			}
			if n := len(out); n > 0 && out[n-1].Kind == Stop {
				if text == "?" {
					out[n-1].Text = text
				}
			} else {
				out = append(out, Token{Text: text, Kind: Stop, Pos: i})
			}
			i += size
		case r == ',' || r == ':' || r == '(' || r == ')' || r == '"' || r == '|':
			out = append(out, Token{Text: ",", Kind: Comma, Pos: i})
			i += size
		case strings.ContainsRune("+/%&=@#<>", r):
			out = append(out, Token{Text: string(r), Kind: Sign, Pos: i})
			i += size
		case r >= 0x2190 && (unicode.IsSymbol(r) || r >= 0x1f000):
			out = append(out, Token{Text: string(r), Kind: Emoji, Pos: i})
			i += size
		default:
			i += size
		}
	}
	return spoken(out)
}

// spoken turns marks that were dictated as words into marks: 'question mark', 'full stop', 'comma'.
func spoken(tokens []Token) []Token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		next := ""
		if i+1 < len(tokens) {
			next = tokens[i+1].Text
		}
		switch {
		case t.Text == "question" && next == "mark":
			out = append(out, Token{Text: "?", Kind: Stop, Pos: t.Pos})
			i++
		case t.Text == "full" && next == "stop":
			out = append(out, Token{Text: ".", Kind: Stop, Pos: t.Pos})
			i++
		case t.Text == "comma":
			out = append(out, Token{Text: ",", Kind: Comma, Pos: t.Pos})
		default:
			out = append(out, t)
		}
	}
	return out
}

// dialect brings spoken forms of denial to the form that the lexicon knows.
var dialect = map[string]string{
	"cannot": "cant", "cannae": "cant", "canna": "cant", "dinnae": "dont", "dinna": "dont", "didnae": "didnt", "isnae": "isnt",
	"wasnae": "wasnt", "havenae": "havent", "hasnae": "hasnt", "wouldnae": "wouldnt", "willnae": "wont", "nae": "no", "nowt": "nothing",
	"nuffin": "nothing", "nothin": "nothing", "aint": "isnt",
}

// squeeze shortens letters that are held for effect: "sooooo" becomes "so", "burrrns" becomes
// "burns". Doubled letters stay, as English has many.
func squeeze(word string) string {
	run, last, long := 0, rune(0), false
	for _, r := range word {
		if r == last {
			run++
			long = long || run >= 3
		} else {
			run, last = 1, r
		}
	}
	if !long {
		return word
	}
	var b strings.Builder
	runes := []rune(word)
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			n = 1
		}
		for range n {
			b.WriteRune(runes[i])
		}
		i = j
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func number(s string) float64 {
	v, frac, scale := 0.0, false, 1.0
	for _, r := range s {
		switch {
		case isDigit(r) && !frac:
			v = v*10 + float64(r-'0')
		case isDigit(r):
			scale /= 10
			v += scale * float64(r-'0')
		case r == '.' || r == ',':
			frac = true
		}
		if v > 1e9 {
			return 1e9
		}
	}
	return v
}

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
	"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90, "hundred": 100,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
	"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
	"fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}
