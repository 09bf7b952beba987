#!/bin/sh
# From a fresh clone to a first picture: installs what is missing, builds into build/, checks a program that deadlocks,
# and draws the schedule that leads there.
set -eu
cd "$(dirname "$0")/.."

sh cmake/install-packages.sh
sh cmake/build.sh release

status=0
build/bin/simcheck --svg=deadlock_abba.svg --png=deadlock_abba.png scenarios/deadlock_abba.c || status=$?
# The scenario has a deadlock: finding it is what should happen.
if [ "$status" -ne 1 ]; then
	echo "try.sh: simcheck ended with status $status, where 1, for a bug found, was to be expected" >&2
	exit 1
fi
echo "The picture of it: deadlock_abba.svg, deadlock_abba.png"
