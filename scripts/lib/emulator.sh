# shellcheck shell=bash
# Starts and stops sent-emulator for one script. Needs common.sh.

emulator_pid=
emulator_folder=

# The recipient and the template of the guide's message, which the emulator starts with.
# shellcheck disable=SC2034  # for the scripts that include this one
guide_contact=6ba7b810-9dad-11d1-80b4-00c04fd430c8 guide_template=7ba7b820-9dad-11d1-80b4-00c04fd430c8

# The text of a string member of a JSON object, which precedes all its arrays.
json_text() {
    sed -n "s/^[^[]*\"$2\":\"\([^\"]*\)\".*/\1/p" <<<"$1"
}

# Starts the given executable on a free port and sets what its start-up line says: emulator_line, emulator_url,
# emulator_api_key, emulator_sender_id, emulator_forbidden_api_key.
start_emulator() {
    local output
    emulator_folder=$(mktemp -d)
    output=$emulator_folder/output
    mkfifo "$output"
    # Standard error goes to a file, so that a pipe of our caller does not stay open through it.
    "$1" --port 0 >"$output" 2>"$emulator_folder/errors" </dev/null &
    emulator_pid=$!
    # The line is written when the port is open: reading it is the wait. The descriptor stays open, lest the emulator
    # be killed for writing another line.
    exec 9<>"$output"
    if ! IFS= read -r -t 30 emulator_line <&9; then
        cat "$emulator_folder/errors" >&2
        die "the emulator did not start within 30 seconds"
    fi
    emulator_url=$(json_text "$emulator_line" base_url)
    emulator_api_key=$(json_text "$emulator_line" api_key)
    emulator_sender_id=$(json_text "$emulator_line" sender_id)
    # shellcheck disable=SC2034
    emulator_forbidden_api_key=$(json_text "$emulator_line" forbidden_api_key)
    if [ -z "$emulator_url" ] || [ -z "$emulator_api_key" ] || [ -z "$emulator_sender_id" ]; then
        die "the emulator's start-up line was not understood: $emulator_line"
    fi
}

stop_emulator() {
    if [ -n "$emulator_pid" ]; then
        kill "$emulator_pid" 2>/dev/null || true
        wait "$emulator_pid" 2>/dev/null || true
        emulator_pid=
    fi
    if [ -n "$emulator_folder" ]; then
        rm -rf "$emulator_folder"
        emulator_folder=
    fi
}
