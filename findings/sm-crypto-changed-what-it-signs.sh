#!/usr/bin/env bash
# npm sm-crypto: up to 0.3.13 a signature with default options covers the message itself, since 0.4.0 its SM3 hash with the usual identity.
#
# Neither version verifies the other's signatures by default, and 0.3.13 agrees with no other software unless {hash: true} is given.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund sm-crypto@0.4.0 old@npm:sm-crypto@0.3.13 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const require = createRequire(import.meta.url);
const [now, before] = [require("sm-crypto").sm2, require("old").sm2];
const key = now.generateKeyPairHex();
const signed = (sm2, options) => sm2.doSignature("claim", key.privateKey, options);
const verified = (sm2, signature, options) => sm2.doVerifySignature("claim", signature, key.publicKey, options);
console.log("0.3.13 signs, 0.4.0 verifies:", verified(now, signed(before)));
console.log("0.4.0 signs, 0.3.13 verifies:", verified(before, signed(now)));
console.log("0.3.13 signs with hash, 0.4.0 verifies:", verified(now, signed(before, { hash: true })));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
0.3.13 signs, 0.4.0 verifies: false
0.4.0 signs, 0.3.13 verifies: false
0.3.13 signs with hash, 0.4.0 verifies: true
END

diff expected seen && echo "as described"
