# Sourced by ./test: a PostgreSQL of its own from Debian's packages, on a free port, in a temporary folder, durable as in earnest (fsync on).
# PostgreSQL refuses to run as root, so root hands it to the user that Debian's package made for it.

postgres_bin() {
    local bin
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$bin" ] && [ -x "$bin/initdb" ]; then echo "$bin"; return 0; fi
    bin=$(command -v initdb) && dirname "$bin"
}

postgres_as() {
    if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
    local user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    if command -v runuser >/dev/null; then (cd / && runuser -u "$user" -- "$@"); else (cd / && su -s /bin/sh "$user" -c "$(printf '%q ' "$@")"); fi
}

free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return 0; }
    done
    return 1
}

# Sets CANONBURY_TEST_POSTGRES, or returns 1 with the reason on stderr.
postgres_start() {
    local bin password port
    bin=$(postgres_bin) || { say "No PostgreSQL found."; return 1; }
    port=$(free_port) || { say "No free port for PostgreSQL."; return 1; }
    password=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
    POSTGRES_FOLDER=$(mktemp -d /tmp/canonbury-postgres.XXXXXX)
    printf '%s' "$password" > "$POSTGRES_FOLDER/password"
    chmod 700 "$POSTGRES_FOLDER"
    if [ "$(id -u)" -eq 0 ]; then chown -R "$(postgres_as id -u)" "$POSTGRES_FOLDER"; fi
    postgres_as "$bin/initdb" -D "$POSTGRES_FOLDER/data" -U canonbury -A scram-sha-256 --pwfile="$POSTGRES_FOLDER/password" -E UTF8 --locale=C \
        > "$POSTGRES_FOLDER.log" 2>&1 || { tail -n 5 "$POSTGRES_FOLDER.log" >&2; return 1; }
    postgres_as "$bin/pg_ctl" -D "$POSTGRES_FOLDER/data" -w -t 60 -l "$POSTGRES_FOLDER/log" \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c max_connections=200 -c fsync=on" start \
        >> "$POSTGRES_FOLDER.log" 2>&1 || { tail -n 5 "$POSTGRES_FOLDER.log" >&2; return 1; }
    export CANONBURY_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=canonbury;Password=$password;Database=postgres"
    say "PostgreSQL $(postgres_as "$bin/postgres" --version | grep -oE '[0-9.]+' | head -n 1) on port $port"
}

postgres_stop() {
    [ -n "${POSTGRES_FOLDER:-}" ] || return 0
    postgres_as "$(postgres_bin)/pg_ctl" -D "$POSTGRES_FOLDER/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$POSTGRES_FOLDER" "$POSTGRES_FOLDER.log"
    POSTGRES_FOLDER=
}
