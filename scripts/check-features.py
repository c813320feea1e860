#!/usr/bin/env python3
"""Fails when tests give a dependency more features than the programs do.

Cargo would then compile that dependency, and everything above it, once for `make build` and once more
for `make test`. The cause is always a dev-dependency, mostly one with `default-features = true`.
"""

import json
import os
import subprocess
import sys

# The unit graph is an unstable output of cargo. Nothing is compiled for it.
GRAPH = ["--release", "--workspace", "--unit-graph", "-Zunstable-options"]


def features(*command):
    """Feature sets of every external library that the command compiles, by crate, kind and host."""
    answer = subprocess.run(
        ["cargo", *command, *GRAPH],
        env={**os.environ, "RUSTC_BOOTSTRAP": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = {}
    for unit in json.loads(answer.stdout)["units"]:
        if unit["mode"] == "build" and not unit["pkg_id"].startswith("path+"):
            crate = unit["pkg_id"].rpartition("#")[2]
            host = unit["platform"] is None and unit["profile"]["opt_level"] == "0"
            key = (crate, unit["target"]["kind"][0], host)
            found.setdefault(key, set()).add(frozenset(unit["features"]))
    return found


def main():
    programs, tests = features("build"), features("test", "--no-run")
    twice = []
    for key, built in sorted(programs.items(), key=str):
        tested = tests.get(key, set())
        for extra in tested - built:
            added = sorted(extra - frozenset().union(*built))
            twice.append(f"features: {key[0]} gets {', '.join(added) or 'other features'} in tests only")
    if twice:
        print("\n".join(twice), file=sys.stderr)
        print(
            "features: it would be compiled twice. Find the dev-dependency with\n"
            "  cargo tree --workspace -e features,normal,dev -i CRATE\n"
            "and let it ask for no more than the programs do, for example features = [\"std\"]\n"
            "in place of default-features = true.",
            file=sys.stderr,
        )
        return 1
    print("features: the programs and the tests share every dependency that both use")
    return 0


if __name__ == "__main__":
    sys.exit(main())
