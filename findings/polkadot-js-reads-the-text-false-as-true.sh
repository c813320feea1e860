#!/usr/bin/env bash
# @polkadot/types 16.5.6: the text "false" (from a form, a CSV, a query string) becomes the bool true; numbers given as text are read.
#
# PAPI 2.2.2 (substrate-bindings 0.20.3) does the same, dedot 1.3.0 writes false for every text. A vote's approve flag taken from a form says yes.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund @polkadot/types@16.5.6 @dedot/shape@1.3.0 @polkadot-api/substrate-bindings@0.20.3 >/dev/null

cat >run.mjs <<'END'
import * as papi from "@polkadot-api/substrate-bindings";
import * as dedot from "@dedot/shape";
import { TypeRegistry } from "@polkadot/types";
const registry = new TypeRegistry();
console.log("@polkadot/types", registry.createType("bool", "false").toHex());
console.log("@polkadot/types, a number as text", registry.createType("u8", "7").toHex());
console.log("PAPI", Buffer.from(papi.bool.enc("false")).toString("hex"));
console.log("dedot", Buffer.from(dedot.bool.tryEncode("false")).toString("hex"), Buffer.from(dedot.bool.tryEncode("true")).toString("hex"));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
@polkadot/types 0x01
@polkadot/types, a number as text 0x07
PAPI 01
dedot 00 00
END

diff expected seen && echo "as described"
