#!/usr/bin/env bash
# Fails when Cargo.lock mixes two release lines of the SDK. Registry order is not release order there,
# so one careless "latest" doubles the build and splits the types.
set -euo pipefail

LOCK="${1:-$(dirname "${BASH_SOURCE[0]}")/../Cargo.lock}"
# Each of these exists once in a clean tree; the first to be doubled when lines mix.
SENTINELS="frame-support frame-system sc-client-api sc-network sc-service sp-api sp-core sp-io sp-runtime"

failed=0
for crate in $SENTINELS; do
	versions="$(awk -v crate="$crate" '
		$1 == "name" { name = $3 }
		$1 == "version" && name == "\"" crate "\"" { gsub(/"/, "", $3); print $3 }
	' "$LOCK" | xargs)"
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
[ "$failed" = 0 ] || exit 1
echo "lock: one SDK line (checked: $SENTINELS)"
