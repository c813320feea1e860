#!/usr/bin/env bash
# PAPI 2.2.2 (@polkadot-api/substrate-bindings 0.20.3) and dedot 1.3.0 (@dedot/shape) write Some(0) or Some(false) for `null` in an optional
# u8, u32 or bool; `undefined` gives None. An optional u128 throws. @polkadot/types 16.5.6 writes None for null.
#
# JSON has no undefined, so a call read from JSON says "0" where the file says nothing.
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
		return error.name;
	}
};
for (const kind of ["u8", "u32", "bool", "u128"]) {
	console.log(
		kind,
		"PAPI", hex(() => papi.Option(papi[kind]).enc(null)),
		"dedot", hex(() => dedot.Option(dedot[kind]).tryEncode(null)),
		"@polkadot/types", hex(() => registry.createType(`Option<${kind}>`, null).toU8a()),
	);
}
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
u8 PAPI 0100 dedot 0100 @polkadot/types 00
u32 PAPI 0100000000 dedot 0100000000 @polkadot/types 00
bool PAPI 0100 dedot 0100 @polkadot/types 00
u128 PAPI TypeError dedot TypeError @polkadot/types 00
END

diff expected seen && echo "as described"
