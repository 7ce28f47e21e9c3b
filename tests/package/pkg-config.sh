#!/usr/bin/env bash
# Builds the consumer's program with what pkg-config says, as C++17 and C++20, and runs it.
#   pkg-config.sh COMPILER PREFIX LIBDIR WORK_FOLDER
set -euo pipefail

compiler=$1 prefix=$2 libdir=$3 work=$4
source=$(dirname "${BASH_SOURCE[0]}")
export PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
mkdir -p "$work"

pkg-config --exists --print-errors sent sent-testing
# Whoever links statically asks with --static; who does not know which kind is installed does not.
for mode in "" --static; do
    for standard in 17 20; do
        program=$work/consumer$standard$mode
        # shellcheck disable=SC2086,SC2046  # the flags are words of their own
        "$compiler" -std=c++$standard "$source/consumer/main.cpp" -o "$program" $(pkg-config $mode --cflags --libs sent)
        LD_LIBRARY_PATH=$prefix/$libdir "$program"
    done
    # shellcheck disable=SC2086,SC2046
    "$compiler" -std=c++17 "$source/testing_consumer/main.cpp" -o "$work/testing$mode" \
        $(pkg-config $mode --cflags --libs sent-testing)
    LD_LIBRARY_PATH=$prefix/$libdir "$work/testing$mode"
done
