#!/bin/sh
# Each header compiles on its own, with what it includes itself.
cd "$(dirname "$0")/.." || exit 1
passed=0
failed=0
for header in src/*/*.h; do
    case $header in *banned.h) continue ;; esac
    if printf '#include "%s"\n' "${header#src/}" |
        ${CC:-gcc} -std=c17 -Wall -Wextra -Isrc -I"$1/gen" -D_GNU_SOURCE -fsyntax-only -x c -; then
        passed=$((passed + 1))
    else
        echo "failed: $header"
        failed=$((failed + 1))
    fi
done
echo "headers: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
