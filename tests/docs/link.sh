#!/usr/bin/env bash
# Does what README.md says about linking: a project of its own gets the library in the given way.
#   link.sh WAY WORK_FOLDER EMULATOR [CMAKE_OPTION...]
set -euo pipefail

way=$1 work=$2 emulator=$3
shift 3
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

rm -rf "$work"
mkdir -p "$work/third_party"
cp "$root/docs/snippets/link/$way/CMakeLists.txt" "$work"
cp "$root/docs/snippets/first_message.cpp" "$work/main.cpp"
ln -s "$root" "$work/third_party/sent"

cmake -S "$work" -B "$work/build" "$@"
if [ "$way" = find_package ]; then
    cmake --build "$work/build"
    "$root/scripts/with-emulator" "$emulator" "$work/build/my_program"
fi
