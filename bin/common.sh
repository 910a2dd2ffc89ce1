# Shared by setup, demo and test; read with "." and never run alone.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
VENV="$ROOT/.venv"
PY="$VENV/bin/python"
STAMPS="$VENV/.stamps"
# Whoever calls may have forbidden it; without compiled modules each of our processes would compile all of them again.
unset PYTHONDONTWRITEBYTECODE

say() { printf '\n> %s\n' "$*"; }

die() {
    printf '\nStopped: %s\n' "$*" >&2
    exit 1
}

# fingerprint FILE...: one hash over the names and contents of files and folders that exist.
fingerprint() {
    (cd "$ROOT" && find "$@" -type f ! -name '*.pyc' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0r sha256sum) |
        sha256sum | cut -d' ' -f1
}

# is_done STAMP HASH: whether the step called STAMP was finished with this very input.
is_done() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }

mark_done() { mkdir -p "$STAMPS" && printf '%s\n' "$2" >"$STAMPS/$1"; }
