#!/usr/bin/env bash
# PyPI segno 1.6.6: for some words of simplified Chinese the QR code holds other characters (kanji mode with bytes of another encoding);
# for others it is right. zxing-cpp 3.1.1 reads the codes. With mode="byte" all are right.
#
# A code with 赞成 on a ballot paper reads 襍樊…; 同意 and 反对 are right.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==12.0.0

env/bin/python - >seen <<'END'
import io
import segno
import zxingcpp
from PIL import Image
def through_a_code(text, mode):
    code = segno.make(text, micro=False, mode=mode)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=6, border=4)
    picture.seek(0)
    return code.mode, [found.text for found in zxingcpp.read_barcodes(Image.open(picture))] == [text]
for text in ["同意", "反对", "赞成", "弃权", "回执", "证明"]:
    print(text, *through_a_code(text, None), *through_a_code(text, "byte"))
END
cat >expected <<'END'
同意 kanji True byte True
反对 byte True byte True
赞成 kanji False byte True
弃权 kanji False byte True
回执 kanji False byte True
证明 kanji False byte True
END

diff expected seen && echo "as described"
