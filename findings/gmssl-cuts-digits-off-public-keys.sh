#!/usr/bin/env bash
# PyPI gmssl 3.2.2: a public key given with its usual prefix 04 loses further digits where the key itself begins with 0 or 4 (one key in
# eight), and good signatures of it are refused. Without the prefix the same key verifies.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check gmssl==3.2.2

env/bin/python - >seen <<'END'
from gmssl import func, sm2
for private in ("%064x" % 36102, "%064x" % 20264):
    empty = sm2.CryptSM2(private_key=private, public_key="")
    public = empty._kg(int(private, 16), sm2.default_ecc_table["g"])
    verified = []
    for given in ("04" + public, public):
        key = sm2.CryptSM2(private_key=private, public_key=given)
        verified.append(key.verify(key.sign(b"claim", func.random_hex(64)), b"claim"))
    print("key begins with", public[:1] + ":", "with prefix", verified[0], "without", verified[1])
END
cat >expected <<'END'
key begins with 4: with prefix False without True
key begins with 2: with prefix True without True
END

diff expected seen && echo "as described"
