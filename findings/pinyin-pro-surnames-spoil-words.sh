#!/usr/bin/env bash
# pinyin-pro 3.29.4: the readings of surnames are off by default, and the option that turns them on spoils ordinary words.
#
# By default 曾 is read céng, 解 jiě, 仇 chóu, 查 chá, 区 qū. With {surname: "head"} 单位 becomes shàn wèi, 解决 xiè jué.
# So a sentence read to a lender needs the name converted alone.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund pinyin-pro@3.29.4 >/dev/null

cat >run.mjs <<'END'
import { createRequire } from "module";
const { pinyin } = createRequire(import.meta.url)("pinyin-pro");
const read = (texts, options) => texts.map((text) => pinyin(text, { toneType: "num", ...options })).join(", ");
console.log("names:", read(["曾志伟", "解缙", "仇和", "查良镛", "区海伦"]));
console.log("names as names:", read(["曾志伟", "解缙", "仇和", "查良镛", "区海伦"], { surname: "head" }));
console.log("words as names:", read(["单位", "解决", "曾经"], { surname: "head" }));
END
node run.mjs >seen 2>/dev/null
cat >expected <<'END'
names: ceng2 zhi4 wei3, jie3 jin4, chou2 he2, cha2 liang2 yong1, qu1 hai3 lun2
names as names: zeng1 zhi4 wei3, xie4 jin4, qiu2 he2, zha1 liang2 yong1, ou1 hai3 lun2
words as names: shan4 wei4, xie4 jue2, zeng1 jing1
END

diff expected seen && echo "as described"
