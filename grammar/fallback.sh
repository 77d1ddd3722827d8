#!/bin/sh
# Prints the grammar with its %fallback line filled in from the keyword table,
# so that no word is listed twice. Usage: fallback.sh flow.y keywords.def
soft=$(sed -n -e 's/^SOFT("[^"]*", \([A-Z_]*\))$/\1/p' \
    -e 's/^LEAD("[^"]*", [A-Z_]*, \([A-Z_]*\), .*)$/\1/p' "$2" |
    grep -v '^NAME$' | sort -u | tr '\n' ' ')
sed "s/^%fallback NAME\.\$/%fallback NAME $soft./" "$1"
