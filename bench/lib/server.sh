# shellcheck shell=bash
# An nginx of our own for one script: a free port of the loopback interface, everything in a temporary folder, no root
# needed. Needs common.sh.

server_pid=
server_folder=
server_url=
server_name=

find_nginx() {
    command -v nginx 2>/dev/null || { [ -x /usr/sbin/nginx ] && echo /usr/sbin/nginx; }
}

# The last processor that this script may use: the first one has the most interrupts.
last_cpu() {
    taskset -cp $$ | sed 's/.*[^0-9]//'
}

# One process that answers everything at once, so that it is the client's work which counts.
write_server_config() {
    cat >"$server_folder/nginx.conf" <<CONF
daemon off;
master_process off;
pid $server_folder/nginx.pid;
error_log $server_folder/error.log warn;
events {
    worker_connections 1024;
}
http {
    access_log off;
    client_body_temp_path $server_folder/body;
    proxy_temp_path $server_folder/proxy;
    fastcgi_temp_path $server_folder/fastcgi;
    uwsgi_temp_path $server_folder/uwsgi;
    scgi_temp_path $server_folder/scgi;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    keepalive_time 24h;
    open_file_cache max=8 inactive=1h;
    open_file_cache_valid 1h;
    default_type application/json;
    server {
        listen 127.0.0.1:$1 backlog=511;
        location = /ready {
            return 200 "$2";
        }
        location = /v1/messages/contact {
            return 204;
        }
        location = /v3/messages {
            return 202 '{"success":true,"data":{"status":"QUEUED","template_id":"a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac","template_name":"order_confirmation","recipients":[{"message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8","to":"+14155550100","channel":"sms","body":"Hi Mira, your order 12345 is on its way."}]},"error":null,"meta":{"request_id":"req_7X9zKp2jDw","timestamp":"2026-01-02T03:04:05.678Z","version":"v3"}}';
        }
        location = /v1/contacts {
            alias $server_folder/contacts.json;
        }
    }
}
CONF
}

# What the server at this port says at /ready; fails when there is none.
ask_server() {
    local line
    {
        exec 8<>"/dev/tcp/127.0.0.1/$1" &&
            printf 'GET /ready HTTP/1.0\r\n\r\n' >&8 &&
            while IFS= read -r -t 5 line || [ -n "$line" ]; do
                printf '%s\n' "$line"
            done <&8
        exec 8>&-
    } 2>/dev/null
}

# Waits until the port answers with our token. Fails when nginx ends before, or the port is somebody else's.
server_is_ready() {
    local deadline=$((SECONDS + 10)) answer
    while [ "$SECONDS" -lt "$deadline" ] && kill -0 "$server_pid" 2>/dev/null; do
        # In a shell of its own: a failing redirection of exec would end this one.
        answer=$(ask_server "$1") || true
        case $answer in
            *"$2"*) return 0 ;;
            ?*) return 1 ;;
        esac
        sleep 0.02
    done
    return 1
}

# start_server PAGE CPU: serves the file PAGE as the list of contacts, on that processor (empty: any). Sets server_url
# and server_name.
start_server() {
    local nginx port token attempt pin=()
    nginx=$(find_nginx)
    server_folder=$(mktemp -d)
    cp "$1" "$server_folder/contacts.json"
    if [ -n "$2" ]; then
        pin=(taskset -c "$2")
    fi
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        # Below the ports that the system gives to outgoing connections.
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        token="ready-$$-$attempt-$RANDOM"
        if [ -n "$(ask_server "$port")" ]; then
            continue
        fi
        write_server_config "$port" "$token"
        ${pin[@]+"${pin[@]}"} "$nginx" -p "$server_folder" -e "$server_folder/error.log" -c nginx.conf \
            >"$server_folder/output" 2>&1 </dev/null &
        server_pid=$!
        if server_is_ready "$port" "$token"; then
            # shellcheck disable=SC2034  # for the scripts that include this one
            server_url=http://127.0.0.1:$port
            # shellcheck disable=SC2034
            server_name=$("$nginx" -v 2>&1 | sed 's/.*: //')
            return 0
        fi
        end_server_process
    done
    cat "$server_folder/output" "$server_folder/error.log" >&2
    die "nginx did not start"
}

end_server_process() {
    if [ -n "$server_pid" ]; then
        kill "$server_pid" 2>/dev/null || true
        wait "$server_pid" 2>/dev/null || true
        server_pid=
    fi
}

stop_server() {
    end_server_process
    if [ -n "$server_folder" ]; then
        rm -rf "$server_folder"
        server_folder=
    fi
}
