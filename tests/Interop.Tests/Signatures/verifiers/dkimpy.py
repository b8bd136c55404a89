# dkimpy with keys from a file. Prints "NAME pass" or "NAME fail" for each message.
#   python3 dkimpy.py KEYS FILE...      KEYS: lines of a record's name, a blank and its text
import sys
import dkim

keys = dict(line.rstrip("\n").split(" ", 1) for line in open(sys.argv[1]))
for path in sys.argv[2:]:
    raw = open(path, "rb").read()
    lookup = lambda name, timeout=5: keys.get(name.decode().rstrip("."), "").encode() or None
    try:
        good = dkim.DKIM(raw).verify(dnsfunc=lookup)
    except dkim.DKIMException:
        good = False
    print(path, "pass" if good else "fail")
