#!/usr/bin/env bash
# The shared libraries export names of namespace sent and no others, each from one library, and of sent::detail only what
# a list allows.
#   exported-symbols.sh NM LIBRARY_FOLDER LIST
# A line of the list is an extended regular expression that matches a demangled name from its beginning.
set -euo pipefail

nm=$1 folder=$2 list=$3
status=0
everything=
for library in "$folder"/libsent{,-webhooks,-testing}.so; do
    names=$("$nm" --dynamic --defined-only --demangle --format=posix "$library" | sed 's/ [A-Za-z] [0-9a-f ]*$//' | sort -u)
    if [ -z "$names" ]; then
        echo "$library exports nothing"
        status=1
    fi
    everything+=$names$'\n'
    foreign=$(grep -vE '^((vtable|typeinfo|typeinfo name|VTT|guard variable|non-virtual thunk) (for|to) )?sent::' <<<"$names" || true)
    if [ -n "$foreign" ]; then
        printf '%s exports names that are not ours:\n%s\n' "$library" "$foreign"
        status=1
    fi
    allowed=$(grep -vE '^(#|$)' "$list" | sed 's/^/^((vtable|typeinfo|typeinfo name) for )?/' || true)
    # Of a function only its own name counts, not the types of its parameters.
    internal=$(grep -E '^[A-Za-z -]*sent::([^(<]*::)?detail::' <<<"$names" || true)
    if [ -n "$internal" ] && [ -n "$allowed" ]; then
        internal=$(grep -vE -f <(printf '%s\n' "$allowed") <<<"$internal" || true)
    fi
    if [ -n "$internal" ]; then
        printf '%s exports internals:\n%s\n' "$library" "$internal"
        status=1
    fi
done
# Types, exceptions and functions that two of the libraries had would not be the same ones.
repeated=$(sed '/^$/d' <<<"$everything" | sort | uniq -d)
if [ -n "$repeated" ]; then
    printf 'More than one library exports:\n%s\n' "$repeated"
    status=1
fi
exit "$status"
