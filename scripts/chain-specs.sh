#!/usr/bin/env bash
# Writes the specs of the local network into chain-specs/, and proves that the plain and the raw one make
# the same chain. Needs the node: chain-specs.sh PATH/TO/winddown-node, or `make chain-specs`.
set -euo pipefail

NODE="${1:?usage: chain-specs.sh PATH/TO/winddown-node}"
DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")/../chain-specs" && pwd)"
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT

"$NODE" export-chain-spec --chain local --output "$WORK/local.plain.json" >/dev/null
# The raw spec is made from the plain file, as a consortium makes it, and not from the node's preset.
"$NODE" export-chain-spec --chain "$WORK/local.plain.json" --raw --output "$WORK/local.raw.json" >/dev/null

plain="$("$NODE" genesis-hash --chain "$WORK/local.plain.json")"
raw="$("$NODE" genesis-hash --chain "$WORK/local.raw.json")"
if [ -z "$plain" ] || [ "$plain" != "$raw" ]; then
	echo "chain-specs: plain and raw differ: genesis '$plain' and '$raw'" >&2
	exit 1
fi

mv "$WORK/local.plain.json" "$WORK/local.raw.json" "$DIR/"
(cd "$DIR" && sha256sum local.plain.json local.raw.json >SHA256SUMS)
echo "chain-specs: genesis $raw"
cat "$DIR/SHA256SUMS"
