#!/usr/bin/env bash
# Amounts in whole units: PAPI 2.2.2 (@polkadot-api/substrate-bindings 0.20.3) and dedot 1.3.0 write 1 for 1.9 in a u32 without a word.
# @polkadot/types 16.5.6 refuses it.
#
# An amount of yuan given where fen are expected loses its fen.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund @polkadot-api/substrate-bindings@0.20.3 @dedot/shape@1.3.0 @polkadot/types@16.5.6 >/dev/null

cat >run.mjs <<'END'
import * as papi from "@polkadot-api/substrate-bindings";
import * as dedot from "@dedot/shape";
import { TypeRegistry } from "@polkadot/types";
const registry = new TypeRegistry();
const hex = (write) => {
	try {
		return Buffer.from(write()).toString("hex");
	} catch (error) {
		return "refused";
	}
};
console.log("PAPI", hex(() => papi.u32.enc(1.9)));
console.log("dedot", hex(() => dedot.u32.tryEncode(1.9)));
console.log("@polkadot/types", hex(() => registry.createType("u32", 1.9).toU8a()));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
PAPI 01000000
dedot 01000000
@polkadot/types refused
END

diff expected seen && echo "as described"
