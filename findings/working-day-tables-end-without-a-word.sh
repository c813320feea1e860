#!/usr/bin/env bash
# Three npm packages of Chinese working days answer for years that they have no table of: New Year's Day and the Monday of the Spring
# Festival of 2027 are working days, with no error. chinese-days 1.5.7, chinese-workday 1.16.1; lunar-javascript 1.7.7 knows no holiday there.
#
# A deadline counted in working days is then too early. PyPI's chinesecalendar 1.11.0 refuses a year that it does not know.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund chinese-days@1.5.7 chinese-workday@1.16.1 lunar-javascript@1.7.7 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
import { isWorkday } from "chinese-workday";
const require = createRequire(import.meta.url);
const days = require("chinese-days");
const { HolidayUtil } = require("lunar-javascript");
for (const day of ["2026-01-01", "2027-01-01", "2027-02-08"]) {
	const holiday = HolidayUtil.getHoliday(day);
	console.log(day, "works:", days.isWorkday(day), isWorkday(day), "holiday:", holiday ? holiday.getName() : "none");
}
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
2026-01-01 works: false false holiday: 元旦节
2027-01-01 works: true true holiday: none
2027-02-08 works: true true holiday: none
END

diff expected seen && echo "as described"
