# The doors. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help soak pictures bench package package-test setup run dev test lint fmt bindings check-content clean

ifeq ($(CI),true)
# A fresh clone on a machine that built before need not begin from nothing.
CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/aloud/target
endif
export CARGO_TARGET_DIR ?= $(CURDIR)/target

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Name what is missing to build Aloud, and install it after a yes
	@scripts/setup

run: ## Build Aloud and open its window; installs what is missing after a yes
	@scripts/run

dev: setup ui/node_modules/.package-lock.json ## The window with hot reload of the UI
	@scripts/dev

test: ## Every check and test there is, with its own microphone, display and driver
	@scripts/test

lint: ## Formatting, clippy, the UI's linters and types, dependencies: what `make test` checks without running it
	@scripts/test lint

fmt: ui/node_modules/.package-lock.json ## Format Rust and the UI
	cargo fmt --all
	cd ui && npm run --silent format -- --log-level warn

bindings: ui/dist/index.html ## Write ui/src/ipc/generated.ts from the Rust types
	ALOUD_WRITE_BINDINGS=1 cargo test -p aloud --test bindings

check-content: ui/dist/index.html ## Check the pack: its format and length, and that its Go code builds and passes
	cargo run -p aloud -- check content/senior-go-backend
	tests/content/go-code

clean: ## Remove what was built
	cargo clean
	rm -rf gen ui/dist ui/dist-fake ui/node_modules

# What the scripts build, only when it changed.

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci
	@touch $@

# Folders count too: a deleted file changes its folder.
ui/dist/index.html: ui/node_modules/.package-lock.json $(shell find ui -maxdepth 1 -type f) $(shell find ui/src ui/public 2>/dev/null)
	cd ui && npm run --silent build
	@touch $@

soak: ui/dist/index.html ## Ten minutes against the clock, twenty crashes: what takes too long for every run
	cargo test -p aloud --test soak -- --ignored --nocapture --test-threads 1

pictures: ui/dist/index.html ## Take the pictures in docs/pictures from the real window
	cargo test -p aloud --test pictures -- --ignored

bench: ui/dist/index.html ## Measure: reading the pack; an hour of speech beside sox; every screen's data after a year of practice
	cargo bench -p aloud-packs --bench reading
	cargo bench -p aloud-audio --bench analysis
	cargo test --release -p aloud --test speed -- --ignored --nocapture --test-threads 1

package: ## Build the packages for this system: .deb and .rpm, .dmg, or .msi; scripts/package takes other kinds
	@scripts/package

package-test: ## Install, run and remove the .deb, unpack and run the .rpm that `make package` built
	@tests/package
