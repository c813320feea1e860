#!/usr/bin/env bash
# espeak-ng 1.51 (Debian 12's 1.51+dfsg-10+deb12u2), voice cmn-latn-pinyin: digits are read with the English grid of thousands and millions.
#
# 2000000 sounds exactly as 二万, which is 20,000; 4403 loses its zero and sounds as 四千四百三, which is 4,430 to a listener; 0.5 loses its
# point. Amounts must be written in characters before the engine sees them.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

version=1.51+dfsg-10+deb12u2
apt-get -qq download "espeak-ng=$version" "libespeak-ng1=$version" "espeak-ng-data=$version" libpcaudio0 libsonic0 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
lib="$PWD/root/usr/lib/x86_64-linux-gnu"
# The sounds alone: pauses, stress and the marks of another language's voice are left out.
say() {
	LD_LIBRARY_PATH="$lib" ESPEAK_DATA_PATH="$lib" root/usr/bin/espeak-ng -v cmn-latn-pinyin -q -x "$1" |
		sed "s/_|//g; s/_!//g; s/[',]//g; s/!//g" | tr -d ' \n'
}
alike() { if [ "$(say "$1")" = "$(say "$2")" ]; then echo "$1 sounds as $2"; else echo "$1 does not sound as $2"; fi; }
{
	alike 2000000 二万
	alike 2000000 二百万
	alike 4403 四千四百三
	alike 4403 四千四百零三
	alike 0.5 零点五
} >seen
cat >expected <<'END'
2000000 sounds as 二万
2000000 does not sound as 二百万
4403 sounds as 四千四百三
4403 does not sound as 四千四百零三
0.5 does not sound as 零点五
END

diff expected seen && echo "as described"
