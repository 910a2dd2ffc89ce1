# A PostgreSQL server of one's own for one run of the tests; read with "." after common.sh.
# shellcheck shell=bash

postgres_url=""
postgres_home=""
postgres_run=() # how to become an account that the server accepts: it refuses to run as root

# start_postgres FOLDER: a new server in FOLDER, reached by its socket there; sets postgres_url.
start_postgres() {
    local bin account
    bin="$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)" ||
        bin="$(dirname "$(command -v initdb)")" || return 1
    postgres_home="$1/pg"
    mkdir -p "$postgres_home"
    if [ "$(id -u)" = 0 ]; then
        account=postgres
        id "$account" >/dev/null 2>&1 || account=nobody
        postgres_run=(runuser -u "$account" --)
        chmod 711 "$1"
        chown "$account" "$postgres_home"
    fi
    postgres_bin="$bin"
    # Durability is off on purpose: the data is thrown away with the folder. So is autovacuum: it sees none of the rows of
    # tests, which are never committed, and would tell the planner that the tables are empty. So is compiling a query that
    # is run a few times.
    (cd "$postgres_home" &&
        ${postgres_run[@]+"${postgres_run[@]}"} "$bin/initdb" -D data -U paritrana -A trust \
            -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 &&
        ${postgres_run[@]+"${postgres_run[@]}"} "$bin/pg_ctl" -D data -w -t 60 -l "$postgres_home/server.log" \
            -o "-k '$postgres_home' -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off" \
            start >/dev/null) || {
        cat "$postgres_home"/*.log >&2
        printf 'The temporary PostgreSQL server did not start.\n' >&2
        return 1
    }
    # django-environ reads a socket folder only from a URL without a user; libpq takes that from PGUSER.
    export PGUSER=paritrana
    postgres_url="postgres:///$postgres_home/paritrana"
}

stop_postgres() {
    [ -n "$postgres_url" ] || return 0
    postgres_url=""
    (cd "$postgres_home" && ${postgres_run[@]+"${postgres_run[@]}"} \
        "$postgres_bin/pg_ctl" -D data -w -m immediate stop >/dev/null 2>&1) || true
}
