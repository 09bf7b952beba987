#!/bin/sh
# Measures how fast simcheck explores. Prints a table; passes no judgement.
#
#   bench/run.sh [-b BUILD] [-s STRATEGY] [-t SECONDS] [-l LIST] [FOLDER]
#
#   -b BUILD     folder of the build; default: build, in the checkout
#   -s STRATEGY  default: simcheck's own
#   -t SECONDS   limit of one exploration; default: 10
#   -l LIST      programs and defines, separated by a tab; default: bench/programs.tsv
#   FOLDER       where the programs are; default: tests/model/conformance
set -eu

bench=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
checkout=$(dirname -- "$bench")
build=$checkout/build
strategy=
seconds=10
list=$bench/programs.tsv

usage() {
	sed -n '4,10s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

while getopts b:s:t:l: option; do
	case $option in
	b) build=$OPTARG ;;
	s) strategy=--strategy=$OPTARG ;;
	t) seconds=$OPTARG ;;
	l) list=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || usage
folder=${1:-$checkout/tests/model/conformance}

simcheck=$build/bin/simcheck
measure=$build/bench/bench-measure
for file in "$simcheck" "$measure"; do
	if [ ! -x "$file" ]; then
		echo "bench/run.sh: $file is not there; build first, or say where with -b" >&2
		exit 2
	fi
done
if [ ! -d "$folder" ]; then
	echo "bench/run.sh: no folder $folder; give the programs' folder as argument" >&2
	exit 2
fi

cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
export XDG_CACHE_HOME="$cache"

tab=$(printf '\t')
"$measure" head
while IFS=$tab read -r program defines; do
	case $program in
	'' | '#'*) continue ;;
	esac
	# The defines are several words. Bugs (exit status 1) and cut explorations (3) are results like others.
	# shellcheck disable=SC2086
	"$measure" report "$program" "$defines" \
		"$simcheck" $strategy --timeout="$seconds" --json=- $defines "$folder/$program" </dev/null || true
done <"$list"

echo
scenario=$checkout/scenarios/deadlock_abba.c
if [ -f "$scenario" ]; then
	for attempt in 1 2 3; do
		rm -rf "$cache"/*
		"$measure" wall "deadlock_abba.c, nothing cached ($attempt)" 1 "$simcheck" "$scenario" || true
	done
	"$measure" wall "deadlock_abba.c, compiled before" 9 "$simcheck" "$scenario" || true
fi
for variant in bench-switch bench-switch-ucontext; do
	printf '%-22s ' "$variant"
	"$build/bench/$variant"
done
