#!/bin/sh
# Every script in report/ has past cases of a small flow put on a page: sessions.inc.
# What is expected is what a reader sees of it. visits.csv was judged by hand: see
# report/by-hand.md.
. "$(dirname "$0")/sessions.inc"
sessions report words.inc 100 "$@"
