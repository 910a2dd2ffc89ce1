#!/usr/bin/env bash
# Copies database and issued documents into a new folder under FOLDER and keeps the last 30.
#
#   deploy/backup.sh FOLDER      with DATABASE_URL as the web server has it
set -euo pipefail

folder="${1:-}"
[ -n "$folder" ] && [ $# = 1 ] || { echo "Usage: deploy/backup.sh FOLDER" >&2; exit 2; }
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
url="${DATABASE_URL:-sqlite:///$root/var/db.sqlite3}"
umask 077

name="$(date -u +%Y%m%dT%H%M%SZ)"
part="$folder/.part-$name" # renamed when whole, so that a copy that failed is never taken for one
mkdir -p "$part"
trap 'rm -rf "$part"' EXIT

# The database first: a document's file is written before the row that names it.
case "$url" in
    sqlite:///*)
        file="${url#sqlite:///}"
        [ -f "$file" ] || { echo "There is no database $file." >&2; exit 1; }
        sqlite3 -bail "$file" ".timeout 20000" "VACUUM INTO '$part/db.sqlite3'"
        ;;
    postgres://* | postgresql://*) pg_dump --format=custom --file="$part/db.dump" --dbname="$url" ;;
    *)
        echo "DATABASE_URL is neither SQLite nor PostgreSQL." >&2
        exit 1
        ;;
esac
if [ -d "$root/var/media" ]; then
    cp -a "$root/var/media" "$part/media"
fi

mv "$part" "$folder/$name"
trap - EXIT
find "$folder" -mindepth 1 -maxdepth 1 -type d -name '2*Z' | sort -r | tail -n +31 | while IFS= read -r old; do
    rm -rf "$old"
done
echo "$folder/$name"
