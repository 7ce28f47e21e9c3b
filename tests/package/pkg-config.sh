#!/usr/bin/env bash
# Builds the consumers' programs with what pkg-config says, as C++17 and C++20, and runs them.
#   pkg-config.sh COMPILER PREFIX LIBDIR WORK_FOLDER
set -euo pipefail

compiler=$1 prefix=$2 libdir=$3 work=$4
source=$(dirname "${BASH_SOURCE[0]}")
export PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
mkdir -p "$work"

# Compiles SOURCE by STANDARD with the flags of MODULE, links it, and runs it. Whoever links statically asks pkg-config
# with --static; who does not know which kind is installed does not: both have to work.
build_and_run() {
    local program=$work/$1$2 mode
    # shellcheck disable=SC2046  # the flags are words of their own
    "$compiler" "-std=c++$2" -c "$source/$1/main.cpp" -o "$program.o" $(pkg-config --cflags "$3")
    for mode in "" --static; do
        # shellcheck disable=SC2046,SC2086
        "$compiler" "$program.o" -o "$program$mode" $(pkg-config $mode --libs "$3")
        LD_LIBRARY_PATH=$prefix/$libdir "$program$mode"
    done
}

pkg-config --exists --print-errors sent sent-webhooks sent-testing
# B30: a static library says what a static link needs.
if [[ $(pkg-config --cflags sent) == *-DSENT_STATIC* ]]; then
    for module in sent sent-webhooks; do
        [[ $(pkg-config --print-requires --print-requires-private "$module") == *libcrypto* ]]
    done
fi
build_and_run consumer 17 sent
build_and_run consumer 20 sent
build_and_run testing_consumer 17 sent-testing
build_and_run webhooks_consumer 17 sent-webhooks
LD_LIBRARY_PATH=$prefix/$libdir "$source/without-libcurl.sh" "$work/webhooks_consumer17"{,--static}
