# shellcheck shell=bash disable=SC2034  # sourced: the variables are for the scripts
# Sourced by the scripts: where things are, and how to say what is done.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD="$ROOT/build"
VENV="$BUILD/venv/newest"
# The floor of the collection's requires_ansible.
VENV_FLOOR="$BUILD/venv/floor"
# Debian's own Python, whatever pyenv or a virtual environment has put before it on PATH.
SYSTEM_PYTHON=/usr/bin/python3
export LC_ALL=C.UTF-8 LANG=C.UTF-8
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PYENV_VERSION

say() { printf '== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "installing packages needs root: run scripts/setup as root, or install sudo"
    fi
}
