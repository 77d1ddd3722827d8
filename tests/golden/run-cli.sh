#!/bin/sh
# Every script in cli/ is a session as people would type it: sessions.inc.
. "$(dirname "$0")/sessions.inc"
sessions cli tell.inc 60 "$@"
