#!/usr/bin/env bash
# npm g711 1.0.1: the sample -1 of 16-bit sound comes back from A-law as -248, so that near-silence of a recorded call turns into noise.
#
# Samples from 0 to 8 come back as 8, -8 as -8, as a decoder of the standard gives them.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund g711@1.0.1 >/dev/null
cat >run.mjs <<'END'
import { createRequire } from "module";
const { alawFromPCM, alawToPCM } = createRequire(import.meta.url)("g711");
const there = [0, 1, 8, -1, -8, 1000];
const back = alawToPCM(alawFromPCM(new Int16Array(there)));
there.forEach((sample, place) => console.log(sample, "comes back as", back[place]));
END
node run.mjs >seen
cat >expected <<'END'
0 comes back as 8
1 comes back as 8
8 comes back as 8
-1 comes back as -248
-8 comes back as -8
1000 comes back as 1008
END

diff expected seen && echo "as described"
