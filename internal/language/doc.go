// Package language reads one message as a careful nurse would listen to it: which signs it
// names, where they are, how strong, since when and whether they grow; whether they are there at
// all or only feared, asked about, remembered or denied; and how long ago the treatment was.
//
// Everything is deterministic and explainable: concepts come from the lexicon files beside
// this package, modifiers are assigned by the ConText algorithm (Harkema, Dowling, Thornblade,
// Chapman 2009, after NegEx), and every mention keeps the words that made it.
//
// The package knows nothing of levels, guides or platforms.
package language
