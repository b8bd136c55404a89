#!/bin/sh
# OpenDKIM's filter in test mode with keys from a file; arguments and output as dkimpy.py. It ends with 0 whatever it finds:
# only what it says of the verification counts.
set -eu
keys=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'Mode v\nTestPublicKeys %s\nSyslog no\nSocket inet:0@127.0.0.1\nInternalHosts /dev/null\nTemporaryDirectory %s\n' "$keys" "$work" >"$work/conf"
for path in "$@"; do
  said=$(PATH=$PATH:/usr/sbin opendkim -x "$work/conf" -t "$path" -v 2>&1 || true)
  case $said in
    *failed*) echo "$path fail" ;;
    *"verification"*"succeeded"*) echo "$path pass" ;;
    *) echo "$path fail" ;;
  esac
done
