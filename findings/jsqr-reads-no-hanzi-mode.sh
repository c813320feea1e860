#!/usr/bin/env bash
# jsqr 1.4.0 finds no code at all where a QR code holds Chinese in Hanzi mode, which segno 1.6.6 writes on request and zxing-cpp 3.1.1 reads.
#
# The same reader takes the same words in byte mode.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==12.0.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsqr@1.4.0 pngjs@7.0.0 >/dev/null
env/bin/python - >seen <<'END'
import segno
import zxingcpp
from PIL import Image
for mode in ("hanzi", "byte"):
    segno.make("还款计划", mode=mode, micro=False).save(mode + ".png", scale=8, border=4)
    print("zxing-cpp", mode, [found.text for found in zxingcpp.read_barcodes(Image.open(mode + ".png"))])
END
cat >run.mjs <<'END'
import { createRequire } from "module";
import { readFileSync } from "fs";
const require = createRequire(import.meta.url);
const { PNG } = require("pngjs");
const jsQR = require("jsqr");
for (const mode of ["hanzi", "byte"]) {
	const { data, width, height } = PNG.sync.read(readFileSync(`${mode}.png`));
	console.log("jsqr", mode, jsQR(new Uint8ClampedArray(data), width, height)?.data ?? "nothing");
}
END
node run.mjs >>seen
cat >expected <<'END'
zxing-cpp hanzi ['还款计划']
zxing-cpp byte ['还款计划']
jsqr hanzi nothing
jsqr byte 还款计划
END

diff expected seen && echo "as described"
