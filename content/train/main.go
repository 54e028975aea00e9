// Command train trains the topic finder on the phrasings under content/library/phrasings and
// writes the models that the binary embeds, and the list of everyday words for the reader. Run it with `go generate ./content` after phrasings or
// the lexicon changed; the result is the same to the byte every time.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"afterglow/content"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: train LIBRARY-FOLDER VOCABULARY-FILE\n       train LIBRARY-FOLDER models")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run does one of two steps: the vocabulary is compiled into the reader, so the models have to be
// trained by a program that was built after it was written.
func run(dir, step string) error {
	phrasings, faults := content.ReadPhrasings(os.DirFS(dir))
	if len(faults) > 0 {
		return fmt.Errorf("%s", faults[0])
	}
	if step != "models" {
		words := strings.Join(content.Vocabulary(phrasings), "\n") + "\n"
		return os.WriteFile(step, []byte(words), 0o644)
	}
	begin := time.Now()
	library, err := content.Load(os.DirFS(dir))
	if err != nil {
		return err
	}
	finder := content.Train(phrasings, library)
	if err := os.MkdirAll(filepath.Join(dir, "models"), 0o755); err != nil {
		return err
	}
	err = finder.Save(func(name string) (io.WriteCloser, error) { return os.Create(filepath.Join(dir, name)) })
	if err != nil {
		return err
	}
	n := 0
	for _, p := range phrasings {
		n += len(p)
	}
	fmt.Printf("trained on %d phrasings of %d topics in %s\n", n, len(phrasings), time.Since(begin).Round(time.Millisecond))
	return nil
}
