#!/usr/bin/env bash
# Runs programs, of which none may load libcurl, directly or by way of another library.
#   without-libcurl.sh PROGRAM...
set -euo pipefail

for program in "$@"; do
    "$program"
    libraries=$(ldd "$program")
    if grep -q libcurl <<<"$libraries"; then
        printf '%s needs libcurl:\n%s\n' "$program" "$libraries"
        exit 1
    fi
    if ! grep -q libcrypto <<<"$libraries"; then
        printf '%s does not even need libcrypto, so this proves nothing:\n%s\n' "$program" "$libraries"
        exit 1
    fi
done
