#!/usr/bin/env bash
# Runs standard clients against a development node and compares what they can do with docs/clients.md.
# Needs the node: run.sh PATH/TO/winddown-node, or `make clients`. With WRITE=1 it writes the table anew.
set -euo pipefail

NODE="${1:?usage: run.sh PATH/TO/winddown-node}"
NODE="$(realpath "$NODE")"
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
PYTHON_CLIENT="substrate-interface==1.8.1"
WORK="$(mktemp -d)"
NODE_PID=
finish() {
	[ -z "$NODE_PID" ] || kill "$NODE_PID" 2>/dev/null || true
	rm -rf "$WORK"
}
trap finish EXIT

for tool in node npm python3; do
	command -v "$tool" >/dev/null || { echo "clients: $tool is not installed" >&2; exit 1; }
done

# The clients work in a copy: their generators write beside them.
mkdir -p "$WORK/scripts" "$WORK/clients/sdk" "$WORK/runtime"
cp -r "$ROOT/scripts/clients" "$WORK/scripts/"
cp "$ROOT/clients/sdk/metadata.scale" "$WORK/clients/sdk/"
cp "$ROOT/runtime/metadata-hash.txt" "$WORK/runtime/"
cd "$WORK/scripts/clients"
npm ci --no-audit --no-fund --loglevel=error
python3 -m venv "$WORK/venv"
"$WORK/venv/bin/pip" --quiet --disable-pip-version-check install "$PYTHON_CLIENT"

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
PORT="$(free_port)"
"$NODE" --dev --tmp --rpc-port "$PORT" --port "$(free_port)" --no-prometheus >"$WORK/node.log" 2>&1 &
NODE_PID=$!
until grep -q "Imported #2 " "$WORK/node.log"; do
	kill -0 "$NODE_PID" 2>/dev/null || { cat "$WORK/node.log" >&2; exit 1; }
	sleep 1
done

export URL="ws://127.0.0.1:$PORT" SCENE="$WORK/scene.json" RESULTS="$WORK/results.jsonl"
touch "$RESULTS"
node setup.mjs
for client in polkadot-js papi dedot; do
	node "$client.mjs" || echo "$client.mjs ended with $?"
done
"$WORK/venv/bin/python" substrate.py || echo "substrate.py ended with $?"
node table.mjs "$ROOT/docs/clients.md"
