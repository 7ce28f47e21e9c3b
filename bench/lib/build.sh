# shellcheck shell=bash
# The programs of this folder, built in release mode unless a build folder is given. Needs common.sh and packages.sh.

# Ends the script with CTest's "skipped" when something that is not ours to build is missing.
require_tools() {
    local tool
    for tool in "$@"; do
        case $tool in
            nginx) [ -n "$(find_nginx)" ] || skip "nginx is not installed (Debian: nginx-light)" ;;
            *) have "$tool" || skip "$tool is not installed" ;;
        esac
    done
}

skip() {
    say "skipped: $*"
    exit 77
}

# build_programs FOLDER TARGET...: sets build_folder. An empty FOLDER means the build folder of the preset "release", which is built
# first; a given one is taken as it is.
build_programs() {
    build_folder=$1
    shift
    if [ -n "$build_folder" ]; then
        return
    fi
    build_folder=${root:?}/build/release
    require_packages build test
    use_ccache
    cd "$root" || die "cannot enter $root"
    say "Building preset release ..."
    quietly cmake --preset release || die "the configuration failed"
    quietly cmake --build --preset release --target "$@" || die "the build failed"
}
