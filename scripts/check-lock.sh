#!/usr/bin/env bash
# Fails when Cargo.lock mixes two release lines of the SDK, or that of scripts/bencher has another line.
# Registry order is not release order there, so one careless "latest" doubles the build and splits the types.
set -euo pipefail

ROOT="$(dirname "${BASH_SOURCE[0]}")/.."
LOCK="${1:-$ROOT/Cargo.lock}"
BENCHER_LOCK="$ROOT/scripts/bencher/Cargo.lock"
# Each of these exists once in a clean tree; the first to be doubled when lines mix.
SENTINELS="frame-support frame-system sc-client-api sc-network sc-service sp-api sp-core sp-io sp-runtime"
# What else the time of a call hangs on.
MEASURED="curve25519-dalek merlin schnorrkel rayon"

# versions_in LOCK CRATE: every version of the crate.
versions_in() {
	awk -v crate="$2" '
		$1 == "name" { name = $3 }
		$1 == "version" && name == "\"" crate "\"" { gsub(/"/, "", $3); print $3 }
	' "$1" | xargs
}

failed=0
for crate in $SENTINELS; do
	versions="$(versions_in "$LOCK" "$crate")"
	case "$versions" in
	"")
		echo "lock: $crate is not in $LOCK" >&2
		failed=1
		;;
	*" "*)
		echo "lock: $crate has several versions: $versions. Pin one release line in Cargo.toml." >&2
		failed=1
		;;
	esac
done
for crate in $SENTINELS $MEASURED; do
	node="$(versions_in "$LOCK" "$crate")"
	bencher="$(versions_in "$BENCHER_LOCK" "$crate")"
	# The bencher is no node: it has no sc-network.
	if [ -n "$bencher" ] && [ "$bencher" != "$node" ]; then
		echo "lock: weights would be measured with $crate $bencher, the node has $node." \
			"Run 'cargo update -p $crate' in scripts/bencher." >&2
		failed=1
	fi
done
[ "$failed" = 0 ] || exit 1
echo "lock: one SDK line (checked: $SENTINELS)"
