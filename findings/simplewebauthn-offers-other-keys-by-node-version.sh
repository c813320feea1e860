#!/usr/bin/env bash
# @simplewebauthn/server 14.0.3 offers other kinds of keys on Node 22 than on Node 24 where the caller names none: Ed25519 first on 22,
# ML-DSA-44 (-48) first on 24. P-256 (-7) is never the first.
#
# An update of the runtime alone changes which passkeys a service gets, and a verifier that knows P-256 only then refuses them.
# supportedAlgorithmIDs: [-7] makes it the same everywhere.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund @simplewebauthn/server@14.0.3 node22@npm:node@22.23.3 node24@npm:node@24.21.0 >/dev/null
cat >run.mjs <<'END'
import { generateRegistrationOptions } from "@simplewebauthn/server";
const algorithms = async (wanted) => {
	const options = await generateRegistrationOptions({ rpName: "case", rpID: "localhost", userName: "lender", ...wanted });
	return options.pubKeyCredParams.map((offered) => offered.alg).join(" ");
};
console.log(process.version, "default:", await algorithms({}), "named:", await algorithms({ supportedAlgorithmIDs: [-7] }));
END
for release in 22 24; do "node_modules/node$release/bin/node" run.mjs 2>/dev/null; done >seen
cat >expected <<'END'
v22.23.3 default: -8 -7 -257 named: -7
v24.21.0 default: -48 -8 -7 -257 named: -7
END

diff expected seen && echo "as described"
