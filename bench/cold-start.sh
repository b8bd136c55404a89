#!/usr/bin/env bash
# Cold start of `multimail stdio` against server-everything. Prints medians; asserts nothing.
#   bench/cold-start.sh FOLDER [--ready-to-run]
# FOLDER: where server-everything is or will be installed with npm. Run on a quiet machine.
set -euo pipefail
folder=$(realpath -m "${1:?folder for server-everything}")
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

if [ ! -d "$folder/node_modules/@modelcontextprotocol/server-everything" ]; then
  npm install --prefix "$folder" @modelcontextprotocol/server-everything >&2
fi
dotnet build -c Release bench/MultiMail.Benchmarks >&2

also=()
if [ "${2:-}" = --ready-to-run ]; then
  # In a copy: a publish for one platform would rewrite the lock files.
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  cp -r src Directory.*.props BannedSymbols.txt .editorconfig "$copy"
  [ ! -f global.json ] || cp global.json "$copy"
  rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
  dotnet publish "$copy/src/MultiMail.Mcp" -c Release -r "$rid" --no-self-contained -p:PublishReadyToRun=true -o "$copy/out" >&2
  also=("$copy/out/multimail")
fi
artifacts/bin/MultiMail.Benchmarks/release/MultiMail.Benchmarks cold-start "$folder" "${also[@]}"
