#!/usr/bin/env bash
# Runs standard clients against a development node and compares what they can do with docs/clients.md.
# Needs the node: run.sh PATH/TO/winddown-node, or `make clients`. With WRITE=1 it writes the table anew.
set -euo pipefail

NODE="${1:?usage: run.sh PATH/TO/winddown-node}"
NODE="$(realpath "$NODE")"
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export PYTHON_CLIENT="substrate-interface==1.8.1"
WORK="$(mktemp -d)"
STARTED=()
finish() {
	for pid in "${STARTED[@]}"; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
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
npm ci --no-audit --no-fund --loglevel=error --prefix sidecar
python3 -m venv "$WORK/venv"
"$WORK/venv/bin/pip" --quiet --disable-pip-version-check install "$PYTHON_CLIENT"

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
PORT="$(free_port)"
touch "$WORK/node.log" "$WORK/sidecar.log"
"$NODE" --dev --tmp --rpc-port "$PORT" --port "$(free_port)" --no-prometheus >"$WORK/node.log" 2>&1 &
STARTED+=($!)
# Waits until the process started last has said this in its log.
until_said() {
	until grep -q "$1" "$2"; do
		kill -0 "${STARTED[-1]}" 2>/dev/null || { cat "$2" >&2; exit 1; }
		sleep 1
	done
}
until_said "Imported #2 " "$WORK/node.log"

export URL="ws://127.0.0.1:$PORT" SCENE="$WORK/scene.json" RESULTS="$WORK/results.jsonl"
touch "$RESULTS"
node setup.mjs
SIDECAR_PORT="$(free_port)"
export SIDECAR="http://127.0.0.1:$SIDECAR_PORT"
SAS_SUBSTRATE_URL="$URL" SAS_EXPRESS_BIND_HOST=127.0.0.1 SAS_EXPRESS_PORT="$SIDECAR_PORT" \
	node sidecar/node_modules/@substrate/api-sidecar/build/src/main.js >"$WORK/sidecar.log" 2>&1 &
STARTED+=($!)
until_said "Listening on" "$WORK/sidecar.log"
for client in sidecar polkadot-js papi dedot; do
	node "$client.mjs" || echo "$client.mjs ended with $?"
done
"$WORK/venv/bin/python" substrate.py || echo "substrate.py ended with $?"
node table.mjs "$ROOT/docs/clients.md"
