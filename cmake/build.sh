#!/bin/sh
# build.sh PRESET: configures and builds that preset of CMakePresets.json in its folder; prints little unless it fails.
set -eu
cd "$(dirname "$0")/.."
preset=$1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
	tail -n 60 "$log" >&2
	echo "build.sh: building the preset '$preset' failed" >&2
	exit 1
fi
