#!/bin/sh
# Installs what is missing, builds, and passes all tests. With --sanitize: the same in build-sanitize, with simcheck itself
# under the address and undefined behaviour sanitizers. The results are in Testing/junit.xml of the build folder too.
set -eu
cd "$(dirname "$0")/.."

case ${1-} in
'') preset=release ;;
--sanitize) preset=sanitize ;;
*)
	echo "usage: tests/run.sh [--sanitize]" >&2
	exit 2
	;;
esac

sh cmake/install-packages.sh
sh cmake/build.sh "$preset"
exec ctest --preset "$preset" --parallel "$(nproc)" --output-junit Testing/junit.xml
