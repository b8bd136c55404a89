// Command logverify checks a transparency log with golang.org/x/mod only: no code of the log's authors takes part
// in hashing, signatures or Merkle proofs.
//
//	logverify DIR
//
// DIR holds
//
//	log.vkey                         the verifier key, one line (several keys: one line each)
//	NAME.tlog-proof and NAME.leaf    a proof and the raw bytes of its leaf, any number of pairs
//	checkpoint, tile/...             optional: a whole exported log in the layout of C2SP tlog-tiles
//
// One line is printed for each thing checked. Exit status: 0 all good, 1 anything failed or nothing to check, 2 usage.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

type proof struct {
	index int64
	path  tlog.RecordProof
	note  []byte
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: logverify DIR")
		os.Exit(2)
	}
	failed, checked, err := run(os.Args[1])
	if err == nil && checked == 0 {
		err = errors.New("nothing to check: no .tlog-proof and no checkpoint")
	}
	if err != nil {
		fmt.Println("FAIL", err)
	}
	if err != nil || failed {
		os.Exit(1)
	}
}

func run(dir string) (failed bool, checked int, err error) {
	keys, err := readKeys(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return false, 0, err
	}
	report := func(name, good string, err error) {
		checked++
		if err != nil {
			failed = true
			fmt.Printf("FAIL %s: %v\n", name, err)
			return
		}
		fmt.Printf("ok   %s: %s\n", name, good)
	}

	var export *exported
	if _, err := os.Stat(filepath.Join(dir, "checkpoint")); err == nil {
		export, err = checkExport(dir, keys)
		good := ""
		if err == nil {
			good = fmt.Sprintf("%d entries of %s", export.head.size, export.head.origin)
		}
		report("checkpoint", good, err)
	}

	files, err := filepath.Glob(filepath.Join(dir, "*.tlog-proof"))
	if err != nil {
		return failed, checked, err
	}
	for _, file := range files {
		good, err := checkProof(file, keys, export)
		report(filepath.Base(file), good, err)
	}
	return failed, checked, nil
}

func readKeys(file string) (note.Verifiers, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var keys []note.Verifier
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		key, err := note.NewVerifier(line)
		if err != nil {
			return nil, fmt.Errorf("log.vkey: %w", err)
		}
		keys = append(keys, key)
	}
	return note.VerifierList(keys...), nil
}

func checkProof(file string, keys note.Verifiers, export *exported) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	leaf, err := os.ReadFile(strings.TrimSuffix(file, ".tlog-proof") + ".leaf")
	if err != nil {
		return "", err
	}
	p, err := parseProof(text)
	if err != nil {
		return "", err
	}
	h, err := openCheckpoint(p.note, keys)
	if err != nil {
		return "", err
	}
	if p.index >= h.size {
		return "", errors.New("index is not below the size of the tree")
	}
	if err := tlog.CheckRecord(p.path, h.size, h.root, p.index, tlog.RecordHash(leaf)); err != nil {
		return "", err
	}
	if export != nil {
		if err := export.checkExtends(h); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("leaf %d of %d in %s", p.index, h.size, h.origin), nil
}

func parseProof(text []byte) (*proof, error) {
	blank := bytes.Index(text, []byte("\n\n"))
	if blank < 0 {
		return nil, errors.New("no blank line")
	}
	lines := strings.Split(string(text[:blank]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("not a tlog-proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if extra, err := decode(lines[0][len("extra "):]); err != nil || len(extra) == 0 {
			return nil, errors.New("malformed extra line")
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return nil, errors.New("no index line")
	}
	index, err := number(lines[0][len("index "):])
	if err != nil {
		return nil, err
	}
	p := &proof{index: index, note: text[blank+2:]}
	for _, line := range lines[1:] {
		h, err := hash(line)
		if err != nil {
			return nil, err
		}
		p.path = append(p.path, h)
	}
	return p, nil
}

func openCheckpoint(text []byte, keys note.Verifiers) (head, error) {
	n, err := note.Open(text, keys)
	if err != nil {
		return head{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return head{}, errors.New("not a checkpoint of three lines")
	}
	byOrigin := false
	for _, sig := range n.Sigs {
		// x/mod leaves the unused bits of base64 unchecked.
		if _, err := decode(sig.Base64); err != nil {
			return head{}, err
		}
		byOrigin = byOrigin || sig.Name == lines[0]
	}
	if !byOrigin {
		return head{}, errors.New("not signed by the key of its origin")
	}
	size, err := number(lines[1])
	if err != nil {
		return head{}, err
	}
	root, err := hash(lines[2])
	return head{lines[0], size, root}, err
}

func number(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("malformed number %q", s)
	}
	return n, nil
}

func decode(s string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || base64.StdEncoding.EncodeToString(b) != s {
		return nil, fmt.Errorf("not canonical base64: %q", s)
	}
	return b, nil
}

func hash(s string) (tlog.Hash, error) {
	if _, err := decode(s); err != nil {
		return tlog.Hash{}, err
	}
	return tlog.ParseHash(s)
}

// exported is a log whose tiles were found to have the root of its checkpoint.
type exported struct {
	head   head
	hashes tlog.HashReader
}

func checkExport(dir string, keys note.Verifiers) (*exported, error) {
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	h, err := openCheckpoint(text, keys)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, "tile")); err != nil && h.size > 0 {
		return nil, errors.New("checkpoint without tile folder")
	}
	e := &exported{h, tlog.TileHashReader(tlog.Tree{N: h.size, Hash: h.root}, tileFiles(dir))}
	return e, e.checkEntries(dir)
}

// checkEntries compares the hash of every entry with the tiles, which TileHashReader compares with the root.
func (e *exported) checkEntries(dir string) error {
	for first := int64(0); first < e.head.size; first += 256 {
		width := e.head.size - first
		if width > 256 {
			width = 256
		}
		bundle, err := readFile(dir, tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)})
		if err != nil {
			return err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		want, err := e.hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i := range want {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("entry %d is cut short", first+int64(i))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:end]) != want[i] {
				return fmt.Errorf("entry %d differs from its tile", first+int64(i))
			}
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return fmt.Errorf("bytes after entry %d", first+width-1)
		}
	}
	return nil
}

// checkExtends checks that the exported log begins with the log under an older checkpoint.
func (e *exported) checkExtends(old head) error {
	if old.origin != e.head.origin || old.size > e.head.size {
		return errors.New("the exported log is another or an older one")
	}
	p, err := tlog.ProveTree(e.head.size, old.size, e.hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(p, e.head.size, e.head.root, old.size, old.root)
}

type tileFiles string

func (tileFiles) Height() int { return 8 }

func (tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		data, err := readFile(string(dir), t)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// readFile translates the path of x/mod (tile/8/0/000) into that of tlog-tiles (tile/0/000, tile/entries/000).
func readFile(dir string, t tlog.Tile) ([]byte, error) {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	if t.L == -1 {
		path = "entries" + strings.TrimPrefix(path, "data")
	}
	return os.ReadFile(filepath.Join(dir, "tile", filepath.FromSlash(path)))
}
