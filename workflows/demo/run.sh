#!/usr/bin/env bash
# Tells both stories, each in a rehearsal database of its own that is thrown away
# afterwards, and then looks back over made-up cases. Usage: workflows/demo/run.sh [FOLDER OF THE PROGRAM]
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(cd "${1:-$root/build}" && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

cd "$room"
ln -s "$root/workflows" workflows
export PATH="$program:$PATH" CASEWRIGHT_LIB="$root/stdlib"
for story in cre cse; do
    printf '======== %s ========\n' "$story"
    export CASEWRIGHT_DB="$room/$story.db"
    bash "$root/workflows/demo/$story.sh"
    printf '\n'
done
printf '======== looking back ========\n'
bash "$root/workflows/demo/history.sh"
