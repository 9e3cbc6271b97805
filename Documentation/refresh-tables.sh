#!/bin/sh
# Puts the demo's table of results into the pages that show it. Usage: Documentation/refresh-tables.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
table=$(mktemp)
trap 'rm -f "$table"' EXIT
"${1:-.build/release/assay}" run --tasks demo 2>/dev/null | awk '/^\|/ { print; seen = 1 } seen && !NF { exit }' >"$table"
[ -s "$table" ] || { echo "the demo gave no table" >&2; exit 1; }
for page in README.md Documentation/Results.md; do
  awk -v table="$table" '
    /^<!-- end -->$/ { skipping = 0 }
    !skipping { print }
    /^<!-- demo table:/ { skipping = 1; print ""; while ((getline line < table) > 0) print line; print ""; close(table) }
  ' "$page" >"$page.new" && mv "$page.new" "$page"
done
