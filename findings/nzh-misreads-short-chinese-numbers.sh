#!/usr/bin/env bash
# nzh 1.0.14: common short forms of Chinese numbers are read wrongly, without an error.
#
# 一万五 (15,000) is read as 10,005, and 两千 (2,000) as 0. Amounts in capitals lose 整 when the text ends in ".00".
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund nzh@1.0.14 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const { cn } = createRequire(import.meta.url)("nzh");
console.log("一万五:", cn.decodeS("一万五"));
console.log("两千:", cn.decodeS("两千"));
console.log("8000:", cn.toMoney("8000"));
console.log("8000.00:", cn.toMoney("8000.00"));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
一万五: 10005
两千: 0
8000: 人民币捌仟元整
8000.00: 人民币捌仟元
END

diff expected seen && echo "as described"
