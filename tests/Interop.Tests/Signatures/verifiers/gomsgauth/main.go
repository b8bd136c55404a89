// go-msgauth with keys from a file; arguments and output as dkimpy.py. All signatures must be good.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	keys := map[string]string{}
	for _, line := range strings.Split(string(text), "\n") {
		if name, record, found := strings.Cut(line, " "); found {
			keys[name] = record
		}
	}
	options := &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if record, found := keys[name]; found {
			return []string{record}, nil
		}
		return nil, fmt.Errorf("no such name")
	}}
	for _, path := range os.Args[2:] {
		raw, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), options)
		good := err == nil && len(found) > 0
		for _, one := range found {
			good = good && one.Err == nil
		}
		fmt.Println(path, map[bool]string{true: "pass", false: "fail"}[good])
	}
}
