#!/usr/bin/env bash
# Keeps the documents true: each clause of both policies is cited by its flow and
# has its row in docs/policies.md, each name in that row stands in the flow, and
# the examples of docs/language.md are together a flow without errors; what
# README.md shows is what is printed, and the paths it names exist; docs/limits.md
# has the limits of the source, and tests/catalogue.md names tests that are there;
# the demo runs.
# Prints "docs: N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
program=${1:-build/casewright}
export CASEWRIGHT_LIB="$PWD/stdlib"
passed=0 failed=0

check() { # what it says, then a command that must succeed
    local says=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$says"
    fi
}

# A citation counts outside comments only.
cites() { # flow, clause
    sed 's/#.*//' "$1" | grep -Eq "because.*\b$2\b|^ +$2\b"
}

row_of() { # clause
    grep -E "^\| $1 \|" docs/policies.md
}

# Names in the second column of a row; conditions and lists in words are not names.
names_of() {
    cut -d'|' -f3 | grep -Eo '`[a-z][a-z0-9-]*`' | tr -d '`' | sort -u
}

names_stand_in() { # flow, clause
    local name
    for name in $(row_of "$2" | names_of); do
        sed 's/#.*//' "$1" | grep -Eq "(^|[^a-z0-9-])$name([^a-z0-9-]|\$)" ||
            { printf '  %s: nothing called %s\n' "$2" "$name"; return 1; }
    done
}

for policy in cre:CRE:32 cse:CSE:22; do
    IFS=: read -r flow code last <<< "$policy"
    file=workflows/$flow.flow
    for ((clause = 1; clause <= last; clause++)); do
        check "$file does nothing because $code-$clause" cites "$file" "$code-$clause"
        check "docs/policies.md has no row for $code-$clause" row_of "$code-$clause" > /dev/null
        check "names in the row of $code-$clause" names_stand_in "$file" "$code-$clause"
    done
done

# docs/limits.md has every limit of the source, with its value, and no other.
limit_has_row() { # name, value
    grep -Eq "^\| .* \| $2 \| \`$1\` \|" docs/limits.md
}
while read -r _ name value; do
    value=${value%%/\**}
    check "docs/limits.md does not say $name" limit_has_row "$name" "$((${value//u/}))"
done < <(grep '^#define LIMIT_' src/base/limits.h)
no_limit_is_made_up() {
    local name
    for name in $(grep -o 'LIMIT_[A-Z_]*' docs/limits.md); do
        grep -q "^#define $name " src/base/limits.h || { printf '  %s\n' "$name"; return 1; }
    done
}
check "docs/limits.md names limits that are not" no_limit_is_made_up

# What tests/catalogue.md names is there: files, sessions, and tests by their names.
files_are_there() {
    local path
    for path in $(grep -oE '`(unit|fault|golden)/[^`]*`' tests/catalogue.md | tr -d '`' |
        grep -v '/…$' | sort -u); do
        compgen -G "tests/$path" > /dev/null || { printf '  %s\n' "$path"; return 1; }
    done
}
tests_are_there() {
    local name
    for name in $(grep -oE '\b[a-z0-9]+(_[a-z0-9]+){3,}\b' tests/catalogue.md | sort -u); do
        grep -rqw --include='*.c' "$name" tests || { printf '  %s\n' "$name"; return 1; }
    done
}
sessions_are_there() {
    local name
    for name in $(grep -oE 'sessions? (`[a-z/]+`(, | and )?)+' tests/catalogue.md |
        grep -oE '`[a-z/]+`' | tr -d '`' | sort -u); do
        [ -f "tests/golden/bad/$name.sh" ] || [ -f "tests/golden/cli/$name.sh" ] ||
            [ -f "tests/golden/$name.sh" ] ||
            { printf '  %s\n' "$name"; return 1; }
    done
}
check "tests/catalogue.md names files that are not there" files_are_there
check "tests/catalogue.md names tests that are not there" tests_are_there
check "tests/catalogue.md names sessions that are not there" sessions_are_there

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
examples() { # document
    awk '/^```flow$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1"
}
nothing_is_wrong() { # flow
    "$program" check "$1" > "$room/findings" && [ ! -s "$room/findings" ] ||
        { cat "$room/findings"; return 1; }
}
stories_hold() { # flow
    "$program" test "$1" > "$room/findings" || { cat "$room/findings"; return 1; }
}
is_laid_out() { # flow
    "$program" fmt --diff "$1"
}
examples docs/language.md > "$room/visit.flow"
check "a story of docs/language.md does not hold" stories_hold "$room/visit.flow"
check "the examples of docs/language.md are not laid out" is_laid_out "$room/visit.flow"
for document in docs/language.md README.md; do
    examples "$document" > "$room/visit.flow"
    check "something is wrong with the examples of $document" nothing_is_wrong "$room/visit.flow"
done

# The sessions of README.md, run anew: each line after "$ " is typed, the line
# about pretended times is left out. ACCEPT=1 puts what is printed into README.md.
retype() {
    local line typed=0
    while IFS= read -r line; do
        case $line in
        '```console') typed=1 ;;
        '```') typed=0 ;;
        esac
        if [ $typed -eq 0 ] || [ "$line" = '```console' ]; then
            printf '%s\n' "$line"
        elif [ "${line:0:2}" = '$ ' ]; then
            printf '%s\n' "$line"
            (cd "$room" && eval "${line:2}" 2>&1) | sed '/^rehearsal: /d; s/^\(  content  *\)[0-9a-f]*$/\1…/'
        fi
    done < README.md
}
export PATH="$(cd "$(dirname "$program")" && pwd):$PATH" NO_COLOR=1
unset CASEWRIGHT_DB
retype > "$room/README.md"
if [ -n "${ACCEPT:-}" ]; then
    cp "$room/README.md" README.md
fi
check "README.md shows what is not printed" diff README.md "$room/README.md"

# Each line after "$ " in the pages about commands is typed and must succeed.
commands_of() { # page
    awk '/^```console$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$1" | sed -n 's/^\$ //p'
}
ln -s "$PWD/workflows" "$room/workflows"
succeeds() {
    (cd "$room" && eval "$1" > typed 2>&1) || { printf '  %s\n' "$1"; cat "$room/typed"; return 1; }
}
for page in docs/logs.md docs/replay.md docs/compare.md docs/pictures.md docs/generate.md docs/pseudonymise.md; do
    while IFS= read -r line; do
        check "a command of $page fails" succeeds "$line"
    done < <(commands_of "$page")
done

# Both stories of the demo end as they should.
tells_both_stories() {
    workflows/demo/run.sh "$(dirname "$program")" > "$room/demo" 2>&1 ||
        { tail -4 "$room/demo"; return 1; }
}
check "the demo does not run through" tells_both_stories

names_a_path() {
    [ -e "$1" ] || { printf '  there is no %s\n' "$1"; return 1; }
}
for path in $(grep -Eo '`[a-z]+/[a-z0-9_./-]*`' README.md docs/*.md | cut -d: -f2 |
    tr -d '`' | sort -u); do
    check "a path in the documents" names_a_path "$path"
done

# Every command that a document names is there, and every option it gives with it.
names_a_command() { # "casewright COMMAND [--option …]"
    local words option
    read -ra words <<< "$1"
    [ "${words[1]}" != help ] || return 0
    grep -q "^COMMAND(\"${words[1]}\"," src/cli/commands.def ||
        { printf '  there is no command %s\n' "${words[1]}"; return 1; }
    for option in $(grep -Eo -- '--[a-z][a-z-]*' <<< "$1"); do
        "$program" help "${words[1]}" | grep -qE -- "^ +(-[a-z], )?$option( |\$)" ||
            { printf '  %s has no %s\n' "${words[1]}" "$option"; return 1; }
    done
}
while IFS= read -r command; do
    check "a command in the documents" names_a_command "$command"
done < <(grep -hoE '`casewright [a-z][^`]*`' README.md docs/*.md docs/*/*.md | tr -d '`' | sort -u)

printf 'docs: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
