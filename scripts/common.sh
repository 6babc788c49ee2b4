# shellcheck shell=bash
# Sourced by the scripts beside it: the project's folder, a few words, a few questions about the machine.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

: "${CARGO_TARGET_DIR:=$PWD/target}"
export CARGO_TARGET_DIR

# rustup adds itself to the PATH of new shells only.
if ! command -v cargo >/dev/null && [ -x "${HOME:-}/.cargo/bin/cargo" ]; then
    PATH="$HOME/.cargo/bin:$PATH"
fi

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Whether version $1 is $2 or newer.
is_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Whether a person is there to answer.
is_attended() { [ "${CI:-}" != true ] && [ -t 0 ]; }
