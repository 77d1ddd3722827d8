#!/bin/sh
# Past cases judged by the two policies and by a small flow: sessions.inc. What each
# session should say was first worked out by hand; its comments say how.
. "$(dirname "$0")/sessions.inc"
sessions replay words.inc 60 "$@"
