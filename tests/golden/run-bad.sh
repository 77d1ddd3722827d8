#!/bin/sh
# Every script in bad/ feeds the program what nobody should: sessions.inc. Each run of
# the program may take 30 seconds, on a busy machine; it may print no control character
# and only whole UTF-8.
. "$(dirname "$0")/sessions.inc"
sessions bad words.inc 100 "$@"
