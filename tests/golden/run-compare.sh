#!/bin/sh
# Two flows over the same past cases: sessions.inc. What the sessions expect of cre.csv
# was first worked out by hand: hand.sh says how.
. "$(dirname "$0")/sessions.inc"
sessions compare words.inc 100 "$@"
