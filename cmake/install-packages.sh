#!/bin/sh
# Installs what building simcheck and running its tests needs and this Debian or Ubuntu system lacks. Needs root only when
# something is missing; does nothing, quickly, when nothing is.
set -eu

packages="gcc libc6-dev make cmake ninja-build pkg-config libjansson-dev uthash-dev libxxhash-dev libdw-dev libelf-dev zlib1g-dev
	libgraphviz-dev check"

# The packages that are not installed. pkg-config comes from a package of another name where pkgconf provides it.
missing() {
	# shellcheck disable=SC2086,SC2016
	installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $packages 2>/dev/null || true)
	for package in $packages; do
		case $installed in
		*"$package installed"*) continue ;;
		esac
		[ "$package" = pkg-config ] && command -v pkg-config >/dev/null && continue
		printf '%s ' "$package"
	done
}

if ! command -v dpkg-query >/dev/null; then
	echo "install-packages.sh: no dpkg here; what these Debian packages hold is needed: $packages" >&2
	exit 0
fi
wanted=$(missing)
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
	as_root=
elif command -v sudo >/dev/null; then
	as_root=sudo
else
	echo "install-packages.sh: not root, and there is no sudo; install as root: apt-get install $wanted" >&2
	exit 1
fi
echo "Installing: $wanted" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# Word splitting is wanted: a list of packages, and no command at all for root.
# shellcheck disable=SC2086
if ! { $as_root apt-get update -q && $as_root apt-get install -y -q --no-install-recommends $wanted; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	rm -f "$log"
	echo "install-packages.sh: apt-get could not install: $wanted" >&2
	exit 1
fi
rm -f "$log"
