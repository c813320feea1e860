# Winddown's recipes. CI runs `make test`, and so does everybody else.
#
# One profile (release) and one selection of packages (--workspace) serve node, tests and demo. Cargo chooses
# the features of a dependency by the selected packages, so `-p` would compile dependencies once more.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/winddown
# Outside the checkout, so that a fresh clone reuses the dependencies that an earlier one compiled.
export CARGO_TARGET_DIR ?= $(CACHE)/target

# What set-up found out about this machine's toolchains.
ENV := source "$(CACHE)/env.sh";
# CI must not change the lock file.
SELECTION := --release --workspace $(if $(CI),--locked)
BIN := $(CARGO_TARGET_DIR)/release
# A workspace of its own, that only `make weights` compiles.
BENCHER := --manifest-path scripts/bencher/Cargo.toml

# Of `make demo`: how many lenders, and whether the network stays up afterwards.
LENDERS ?= 2000
KEEP ?= 0
# Of `make power`: how often all validators are killed, and the seed of the moments.
ROUNDS ?= 50
SEED ?= 1

.PHONY: help setup build test tests benches lint lock fmt fmt-check features clippy deny demo bench-ballots audit-figures power clients metadata weights chain-specs clean

help: ## Show this list.
	@echo "make demo    runs a whole wind-down on a network of its own (LENDERS=$(LENDERS), KEEP=1 leaves it up)"
	@echo "make test    builds everything, runs every test and every check"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## Install what is missing: packages, Rust target, cargo's helpers. Every recipe that compiles does it first.
	@scripts/setup.sh

build: setup ## Build the node and the clients.
	@$(ENV) cargo build $(SELECTION)

# Clippy takes the compiler's place for the crates of this workspace, so that they are linted while they are
# built; `cargo clippy` would check every dependency once more, which takes longer than the lints.
test: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test: export CLIPPY_ARGS := -D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
test: lock fmt-check features build ## Build and lint, run every test and every check; a failure of one does not hide the others.
	@$(MAKE) --no-print-directory --keep-going tests benches deny

tests: setup ## Run every test, to the last one also when some fail.
	@$(ENV) if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --no-fail-fast $(SELECTION); \
	else \
		echo "cargo-nextest is not installed; using cargo test"; \
		cargo test --no-fail-fast $(SELECTION) --lib --bins --tests; \
	fi

benches: setup
	@$(ENV) cargo build $(SELECTION) --bench ballots --bench audit --bench power

lint: lock fmt-check features clippy deny ## Every check that runs no test.

lock: ## Fail when Cargo.lock mixes release lines of the SDK.
	@scripts/check-lock.sh

fmt: setup ## Format Rust and TOML.
	@$(ENV) cargo fmt --all; cargo fmt $(BENCHER); if command -v taplo >/dev/null; then taplo fmt 2>/dev/null; fi

fmt-check: setup
	@$(ENV) cargo fmt --all --check; cargo fmt $(BENCHER) --check; \
	if command -v taplo >/dev/null; then taplo fmt --check 2>/dev/null; else echo "taplo is not installed: TOML files not checked"; fi

features: setup
	@$(ENV) if command -v python3 >/dev/null; then scripts/check-features.py; \
	else echo "features: SKIPPED, python3 is not installed"; fi

clippy: setup ## Lint without building; the first run checks every dependency.
	@$(ENV) cargo clippy $(SELECTION) --all-targets -- -D warnings

deny: setup ## Check licences, sources and bans of the dependencies.
	@$(ENV) ADVISORIES=$(ADVISORIES) scripts/deny.sh

demo: build ## A wind-down from notice to verified result on four nodes: make demo LENDERS=2000 KEEP=0.
	@$(BIN)/winddown-demo --lenders $(LENDERS) --node $(BIN)/winddown-node $(if $(filter 1,$(KEEP)),--keep)

bench-ballots: setup ## Cost of a ballot against one sr25519 verification, at 10,000 and 390,000 rows (ROWS=...).
	@$(ENV) cargo bench --workspace --bench ballots

audit-figures: build ## Time and memory of a full audit at 10,000, 100,000 and 390,000 ballots (SIZES=...).
	@$(ENV) cargo bench --workspace --bench audit

power: build ## All validators killed while blocks are full of ballots: what was told to be final stays (ROUNDS=50, SEED=1).
	@$(ENV) cargo bench --workspace --bench power -- --rounds $(ROUNDS) --seed $(SEED) $(if $(DAMAGE),--damage $(DAMAGE))

clients: build ## Standard clients against a development node, compared with docs/clients.md; needs npm and pip (WRITE=1).
	@WRITE=$(WRITE) scripts/clients/run.sh $(BIN)/winddown-node

metadata: setup ## Write the runtime's metadata and their digest, into clients/sdk/ and runtime/.
	@$(ENV) UPDATE_METADATA=1 cargo test $(SELECTION) --test metadata

weights: setup ## Measure the calls of our pallets and write pallets/*/src/weights.rs; on an idle machine.
	@$(ENV) scripts/weights.sh

chain-specs: build ## Write the local network's specs again into chain-specs/.
	@scripts/chain-specs.sh $(BIN)/winddown-node

clean: ## Delete everything that was compiled, for all checkouts of this user.
	@rm -rf "$(CARGO_TARGET_DIR)" "$(CACHE)/target-weights"
