#!/usr/bin/env bash
# @polkadot/types 16.5.6: a share is shown cut to two digits, not rounded, so that 999,999,999 billionths and 999,900,000 read alike.
#
# Two thirds of a vote read 66.66%, which is below two thirds. toJSON() gives the exact number.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund @polkadot/types@16.5.6 >/dev/null

cat >run.mjs <<'END'
import { TypeRegistry } from "@polkadot/types";
const registry = new TypeRegistry();
for (const parts of [666666667, 999900000, 999999999]) {
	const share = registry.createType("Perbill", parts);
	console.log(parts, share.toHuman(), share.toJSON());
}
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
666666667 66.66% 666666667
999900000 99.99% 999900000
999999999 99.99% 999999999
END

diff expected seen && echo "as described"
