#!/usr/bin/env bash
# py scalecodec (with substrate-interface 1.8.1): a field of bytes is shown as text where the bytes happen to be UTF-8, as hex elsewhere.
#
# Two different values print alike: the single byte ff, and the four letters of the text "0xff". A digest kept in Vec<u8> is sometimes text.
# A field of a fixed length ([u8; 4]) is always hex.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check substrate-interface==1.8.1

env/bin/python - >seen <<'END'
from scalecodec.base import RuntimeConfiguration, ScaleBytes
from scalecodec.type_registry import load_type_registry_preset
config = RuntimeConfiguration()
config.update_type_registry(load_type_registry_preset("legacy"))
def show(kind, data):
    return config.create_scale_object(kind, ScaleBytes(data)).decode()
print("hello:", show("Bytes", "0x14" + b"hello".hex()))
print("the byte ff:", show("Bytes", "0x04ff"))
print("the text 0xff:", show("Bytes", "0x10" + b"0xff".hex()))
print("hell, fixed length:", show("[u8; 4]", "0x" + b"hell".hex()))
END
cat >expected <<'END'
hello: hello
the byte ff: 0xff
the text 0xff: 0xff
hell, fixed length: 0x68656c6c
END

diff expected seen && echo "as described"
