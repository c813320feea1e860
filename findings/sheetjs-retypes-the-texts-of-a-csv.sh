#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5): reading a CSV changes texts into numbers and dates, quoted or not.
#
# A number of 18 digits loses its last digits, an account written 1-2 becomes a day of the year 2001, 007 becomes 7.
# `raw: true` when reading keeps the texts.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const XLSX = createRequire(import.meta.url)("xlsx");
const rows = (options) => {
	const book = XLSX.read('"110105194912310021","1-2","007"\n', { type: "string", ...options });
	return JSON.stringify(XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, raw: true }));
};
console.log(rows({}));
console.log(rows({ raw: true }));
END
export TZ=Asia/Shanghai
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
[[110105194912310020,36893.000497685185,7]]
[["110105194912310021","1-2","007"]]
END

diff expected seen && echo "as described"
