#!/usr/bin/env bash
# @polkadot/types 16.5.6: toJSON() of a u64 or u128 is a number below 2^52 and a text of big-endian hex from there on.
#
# The safe bound of JavaScript is 2^53. A program that adds up amounts of fen works until one is larger than 45 billion yuan.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund @polkadot/types@16.5.6 >/dev/null

cat >run.mjs <<'END'
import { TypeRegistry } from "@polkadot/types";
const registry = new TypeRegistry();
for (const kind of ["u64", "u128"]) {
	for (const value of ["4503599627370495", "4503599627370496"]) {
		console.log(kind, value, JSON.stringify(registry.createType(kind, value).toJSON()));
	}
}
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
u64 4503599627370495 4503599627370495
u64 4503599627370496 "0x0010000000000000"
u128 4503599627370495 4503599627370495
u128 4503599627370496 "0x00000000000000000010000000000000"
END

diff expected seen && echo "as described"
