#!/usr/bin/env bash
# merkletreejs 0.6.0: a leaf given as text is taken for hex where all its letters are hex digits, for UTF-8 elsewhere.
#
# The texts "ab" and "cd" make another root than the bytes of the same texts; "abc" is padded to 0abc. Two programs that hash the same names
# agree until somebody is called "abba".
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund merkletreejs@0.6.0 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
import { createHash } from "crypto";
const { MerkleTree } = createRequire(import.meta.url)("merkletreejs");
const sha256 = (data) => createHash("sha256").update(data).digest();
const leaves = (texts) => new MerkleTree(texts, sha256).getHexLeaves().join(" ");
console.log("texts:", leaves(["ab", "abc", "xy"]));
console.log("bytes:", leaves(["ab", "abc", "xy"].map((text) => Buffer.from(text))));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
texts: 0xab 0x0abc 0x7879
bytes: 0x6162 0x616263 0x7879
END

diff expected seen && echo "as described"
