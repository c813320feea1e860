#!/usr/bin/env bash
# exceljs 4.4.0: every cell of a merged range reports the value of the first.
#
# One amount merged over three lines (three loans of one lender) adds up to three times the money. SheetJS 0.18.5 gives the value once.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const require = createRequire(import.meta.url);
const Excel = require("exceljs");
const XLSX = require("xlsx");
const book = new Excel.Workbook();
const sheet = book.addWorksheet("roll");
sheet.getCell("A1").value = 100;
sheet.mergeCells("A1:A3");
const bytes = await book.xlsx.writeBuffer();
const read = new Excel.Workbook();
await read.xlsx.load(bytes);
let sum = 0;
read.getWorksheet("roll").eachRow((row) => (sum += row.getCell(1).value));
console.log("exceljs:", sum);
const other = XLSX.utils.sheet_to_json(XLSX.read(bytes).Sheets.roll, { header: 1 });
console.log("SheetJS:", other.flat().reduce((a, b) => a + b, 0));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
exceljs: 300
SheetJS: 100
END

diff expected seen && echo "as described"
