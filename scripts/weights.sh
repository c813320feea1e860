#!/usr/bin/env bash
# Measures the calls of our pallets on the runtime as it stands in this checkout, and writes the results
# to pallets/*/src/weights.rs. `make weights` measures all of them, weights.sh NAME... some, by the names
# of their folders. STEPS and REPEAT set how thoroughly. Use an idle machine: its other work makes every
# call look dearer. The first run compiles scripts/bencher, which takes about half an hour.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/winddown"
STEPS="${STEPS:-20}"
REPEAT="${REPEAT:-10}"
# The benchmarks' feature changes most dependencies: an own folder keeps those of `make build`.
export CARGO_TARGET_DIR="$CACHE/target-weights"
BLOB="$CARGO_TARGET_DIR/release/wbuild/winddown-runtime/winddown_runtime.compact.compressed.wasm"

cd "$ROOT"
pallets=("$@")
[ "$#" -gt 0 ] || mapfile -t pallets < <(basename -a pallets/*/)
for pallet in "${pallets[@]}"; do
	if [ ! -f "pallets/$pallet/Cargo.toml" ]; then
		echo "weights: there is no pallet in pallets/$pallet; name folders of pallets/" >&2
		exit 1
	fi
done

# A crate that it depends on would build a blob of its own, for which it finds no workspace.
SKIP_WASM_BUILD=1 cargo build --release --locked --manifest-path scripts/bencher/Cargo.toml
# The build script makes the WASM blob. `check` spares the native code, which nobody would run.
cargo check --release --package winddown-runtime --features runtime-benchmarks

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for pallet in "${pallets[@]}"; do
	echo "weights: $pallet"
	# Medians forgive a machine that was busy for a moment; means would not. One thread verifies signatures,
	# so that the weights hold on machines with fewer cores than this one.
	RAYON_NUM_THREADS=1 "$CARGO_TARGET_DIR/release/winddown-bencher" --runtime "$BLOB" \
		--pallet "pallet_${pallet//-/_}" --extrinsic '*' \
		--steps "$STEPS" --repeat "$REPEAT" --min-duration 2 --output-analysis median-slopes \
		--template scripts/weights.hbs --output "$work/weights.rs" >"$work/log" 2>&1 || {
		tail -n 40 "$work/log" >&2
		exit 1
	}
	# Proof sizes are left out of the weights, so what made them up says nothing.
	sed -i '/^\t\/\/\/ Proof: /d' "$work/weights.rs"
	cp "$work/weights.rs" "pallets/$pallet/src/weights.rs"
done
echo "weights: written; run 'make metadata' and 'make test' next"
