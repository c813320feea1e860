#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5): with `cellDates` a date cell read in Chinese time is 43 seconds before midnight, on the day before.
#
# A cut-off date of 2025-12-09 in a workbook becomes 2025-12-08 23:59:17. The format function gives the right day for the same cell.
# The same 43 seconds stand in dates that SheetJS finds in CSV and HTML: the serial number has a fraction.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const XLSX = createRequire(import.meta.url)("xlsx");
const sheet = XLSX.utils.aoa_to_sheet([[{ t: "n", v: 46000, z: "yyyy-mm-dd" }]]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, "s");
const bytes = XLSX.write(book, { type: "buffer", bookType: "xlsx" });
const cell = XLSX.read(bytes, { cellDates: true }).Sheets.s.A1;
console.log("the cell's format:", XLSX.SSF.format("yyyy-mm-dd", 46000));
console.log("cellDates:", cell.v.toISOString());
console.log("day of the month here:", cell.v.getDate());
const csv = XLSX.read("2026/11/30\n", { type: "string" });
console.log("serial number out of CSV:", csv.Sheets[csv.SheetNames[0]].A1.v);
END
export TZ=Asia/Shanghai
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
the cell's format: 2025-12-09
cellDates: 2025-12-08T15:59:17.000Z
day of the month here: 8
serial number out of CSV: 46356.000497685185
END

diff expected seen && echo "as described"
