# shellcheck shell=bash
# An nginx of our own for one script: free ports of the loopback interface, everything in a temporary folder, no root
# needed. Needs common.sh.

server_pid=
server_folder=
server_name=
# HTTP/1.1; over TLS; over TLS with HTTP/2, too; over TLS, closing the connection after each reply; plain again, with
# replies to a v3 send that take 50 ms (empty where nginx lacks the echo module).
server_url=
server_tls_url=
server_http2_url=
server_closing_url=
server_slow_url=
# The certificate, and it together with the system's bundle, in PEM.
server_certificate=
server_trust=

find_nginx() {
    command -v nginx 2>/dev/null || { [ -x /usr/sbin/nginx ] && echo /usr/sbin/nginx; }
}

# Debian: libnginx-mod-http-echo
find_echo_module() {
    local module
    for module in /usr/lib/nginx/modules /usr/lib64/nginx/modules /usr/lib/*/nginx/modules; do
        module+=/ngx_http_echo_module.so
        if [ -e "$module" ]; then
            echo "$module"
            return 0
        fi
    done
}

# The last processor that this script may use: the first one has the most interrupts.
last_cpu() {
    taskset -cp $$ | sed 's/.*[^0-9]//'
}

# A certificate for 127.0.0.1 that vouches for itself, and a bundle as large as the system's with it inside.
make_certificate() {
    local bundle
    server_certificate=$server_folder/certificate.pem
    server_trust=$server_folder/trust.pem
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$server_folder/key.pem" -out "$server_certificate" \
        >"$server_folder/output" 2>&1 || die "openssl made no certificate: $(cat "$server_folder/output")"
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
        if [ -r "$bundle" ]; then
            break
        fi
        bundle=/dev/null
    done
    cat "$bundle" "$server_certificate" >"$server_trust"
}

# What all ports answer.
write_locations() {
    cat >"$server_folder/locations.conf" <<CONF
location = /ready {
    return 200 "$1";
}
location = /v1/messages/contact {
    return 204;
}
location = /v3/messages {
    return 202 \$queued;
}
location = /v1/contacts {
    alias $server_folder/contacts.json;
}
CONF
}

# As above, but 50 ms late.
slow_server() {
    if [ -n "$echo_module" ]; then
        cat <<CONF
    server {
        listen 127.0.0.1:$1 backlog=511;
        location = /v3/messages {
            echo_sleep 0.05;
            echo_exec /queued;
        }
        location = /queued {
            internal;
            return 202 \$queued;
        }
    }
CONF
    fi
}

# One process that answers everything at once, so that it is the client's work which counts. Ports: the given one and
# those after it.
write_server_config() {
    local echo_module
    echo_module=$(find_echo_module)
    write_locations "$2"
    cat >"$server_folder/nginx.conf" <<CONF
${echo_module:+load_module $echo_module;}
daemon off;
master_process off;
pid $server_folder/nginx.pid;
error_log $server_folder/error.log warn;
events {
    worker_connections 2048;
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
    ssl_certificate $server_certificate;
    ssl_certificate_key $server_folder/key.pem;
    map "" \$queued {
        default '{"success":true,"data":{"status":"QUEUED","template_id":"a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac","template_name":"order_confirmation","recipients":[{"message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8","to":"+14155550100","channel":"sms","body":"Hi Mira, your order 12345 is on its way."}]},"error":null,"meta":{"request_id":"req_7X9zKp2jDw","timestamp":"2026-01-02T03:04:05.678Z","version":"v3"}}';
    }
    server {
        listen 127.0.0.1:$1 backlog=511;
        include locations.conf;
    }
    server {
        listen 127.0.0.1:$(($1 + 1)) ssl backlog=511;
        include locations.conf;
    }
    server {
        listen 127.0.0.1:$(($1 + 2)) ssl http2 backlog=511;
        include locations.conf;
    }
    server {
        listen 127.0.0.1:$(($1 + 3)) ssl backlog=511;
        keepalive_timeout 0;
        include locations.conf;
    }
$(slow_server $(($1 + 4)))
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

# start_server PAGE CPU: serves the file PAGE as the list of contacts, on that processor (empty: any). Sets the
# variables at the top.
start_server() {
    local nginx port token attempt pin=()
    nginx=$(find_nginx)
    server_folder=$(mktemp -d)
    cp "$1" "$server_folder/contacts.json"
    make_certificate
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
            name_server "$port"
            return 0
        fi
        end_server_process
    done
    cat "$server_folder/output" "$server_folder/error.log" >&2
    die "nginx did not start"
}

# name_server PORT
# shellcheck disable=SC2034  # for the scripts that include this one
name_server() {
    server_name=$("$(find_nginx)" -v 2>&1 | sed 's/.*: //')
    server_url=http://127.0.0.1:$1
    server_tls_url=https://127.0.0.1:$(($1 + 1))
    server_http2_url=https://127.0.0.1:$(($1 + 2))
    server_closing_url=https://127.0.0.1:$(($1 + 3))
    if [ -n "$(find_echo_module)" ]; then
        server_slow_url=http://127.0.0.1:$(($1 + 4))
    fi
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
