// Package content is the content store: what each guide says (claims), what the bot answers
// (topics), when what may be done again (windows), what no guide speaks of (subjects), and how
// people ask (phrasings). It is authored in the files under library, which a clinician can read
// and change without touching code; this package loads, checks and searches them.
//
// Every sentence of advice that the bot speaks stands here with the claims that it rests on.
package content

//go:generate go run ./train library ../internal/language/lexicon/vocabulary.txt
//go:generate go run ./train library models
