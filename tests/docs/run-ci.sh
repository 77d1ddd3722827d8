#!/usr/bin/env bash
# docs/ci: the script, the git hook in a real repository, and what the action and the
# template run, taken out of their files. Both policies pass; each kind of fault fails.
# Prints "ci: N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
program=$(realpath "${1:-build/casewright}")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export CASEWRIGHT_LIB=$PWD/stdlib NO_COLOR=1 HOME=$room
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
unset CASEWRIGHT_DB GITHUB_ACTIONS GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
PATH=$(dirname "$program"):$PATH
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

# The lines of the n-th block "KEY: |" of a YAML file, without their indentation.
block_of() { # file, key, number
    awk -v key="$2" -v number="$3" '
        inside && /[^ ]/ && match($0, /[^ ]/) <= indent { inside = 0 }
        inside { if (!depth) depth = match($0, /[^ ]/); print substr($0, depth) }
        !inside && $0 ~ key && /\|$/ && ++seen == number {
            inside = 1; depth = 0; indent = match($0, /[^ ]/) }
    ' "$root/$1"
}

# ---- how the files are written ---------------------------------------------------------

# Of YAML: no tab, steps of two blanks, each line a comment, an item, a key or text of a
# block. python3, where it is there, reads the file in earnest.
is_yaml() {
    ! grep -n "$(printf '\t')" "$1" || return 1
    ! grep -nE '^( {2})* [^ ]' "$1" || return 1
    ! python3 -c 'import yaml' 2> /dev/null ||
        python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$1"
}
for file in docs/ci/action.yml docs/ci/gitlab.yml; do
    check "$file is no YAML" is_yaml "$file"
done
for file in docs/ci/check-flows.sh docs/ci/pre-commit; do
    check "$file is no shell script" sh -n "$file"
    check "$file cannot be run" test -x "$file"
done

# ---- repositories with one fault each ---------------------------------------------------

make_repository() { # name
    mkdir -p "$room/$1/workflows" "$room/$1/ci/flows"
    cp "$root"/workflows/*.flow "$room/$1/workflows"
    cp "$root"/docs/ci/* "$room/$1/ci/flows"
    printf 'role helper "Helper"\n' > "$room/$1/workflows/roles.flow"
    git -C "$room/$1" init -q
    git -C "$room/$1" add . && git -C "$room/$1" commit -qm 'Flows'
}
make_repository good
make_repository wrong
sed -i 's/go to toolkit/go to tolkit/' "$room/wrong/workflows/cre.flow"
make_repository untidy
sed -i 's/^  on allocate/      on allocate/' "$room/untidy/workflows/cre.flow"
make_repository untrue
sed -i 's/within 3 working days of cpm-decision/within 2 working days of cpm-decision/' \
    "$room/untrue/workflows/cre.flow"
make_repository untried
rm "$room/untried/workflows/cse.scenarios.flow"
make_repository broken
printf 'workflow broken "Broken"\n' > "$room/broken/workflows/new.flow"

# What the action runs in its last step, and what the template runs.
run_script() { # repository
    (cd "$room/$1" && sh ci/flows/check-flows.sh)
}
run_action() {
    block_of docs/ci/action.yml 'run:' 2 > "$room/action.sh"
    (cd "$room/$1" && LEAST=95 FLOWS='' GITHUB_ACTION_PATH=$PWD/ci/flows bash -e "$room/action.sh")
}
run_template() {
    block_of docs/ci/gitlab.yml '^    - ' 1 > "$room/template.sh"
    (cd "$room/$1" && LEAST=95 FLOWS='' CASEWRIGHT_SOURCE='' sh -e "$room/template.sh")
}
ends_with() { # code, words that it must print, then the command
    local code=$1 words=$2 got
    shift 2
    "$@" > "$room/printed" 2>&1
    got=$?
    [ "$got" -eq "$code" ] && grep -qF -- "$words" "$room/printed" && return
    printf '  %s: ended with %s\n' "$*" "$got"
    head -5 "$room/printed"
    return 1
}
for way in run_script run_action run_template; do
    check "$way: both policies" ends_with 0 'passed, 0 failed' "$way" good
    check "$way: a wrong flow" ends_with 1 'Did you mean "toolkit"' "$way" wrong
    check "$way: a flow that is not laid out" ends_with 1 'is not laid out' "$way" untidy
    check "$way: a story that does not hold" ends_with 1 'expected: ' "$way" untrue
    check "$way: a flow without stories" ends_with 1 '0 scenarios' "$way" untried
    check "$way: a new file, not yet in git" ends_with 1 'new.flow' "$way" broken
done
only_one() {
    (cd "$room/wrong" && sh ci/flows/check-flows.sh --min 95 workflows/cse.flow)
}
check "only the flow that is named" ends_with 0 'passed, 0 failed' only_one
without_program() {
    (cd "$room/good" && PATH=/usr/bin:/bin sh ci/flows/check-flows.sh)
}
if ! PATH=/usr/bin:/bin command -v casewright > /dev/null; then
    check "no program" ends_with 4 "no 'casewright'" without_program
fi
nowhere() {
    (cd "$room/good" && sh ci/flows/check-flows.sh nowhere.flow)
}
check "a flow that is not there" ends_with 4 'nowhere.flow' nowhere

on_github() {
    (export GITHUB_ACTIONS=true && run_action wrong)
}
check "GitHub is not told the line" ends_with 1 '::error file=workflows/cre.flow,line=' on_github

# The steps that build: asked of a folder whose Makefile only says that it was asked.
mkdir "$room/good/source"
printf '%%:\n\t@echo made $@; mkdir -p build; cp %s build/casewright\n' "$program" \
    > "$room/good/source/Makefile"
printf 'all: anything\n' | cat - "$room/good/source/Makefile" > "$room/makefile"
mv "$room/makefile" "$room/good/source/Makefile"
builds_for_action() {
    block_of docs/ci/action.yml 'run:' 1 > "$room/build.sh"
    (cd "$room/good" && SOURCE=source GITHUB_PATH=$room/path bash -e "$room/build.sh") &&
        [ -x "$(cat "$room/path")/casewright" ]
}
builds_for_template() {
    block_of docs/ci/gitlab.yml '^    - ' 1 > "$room/template.sh"
    (cd "$room/good" && LEAST=95 FLOWS='' CASEWRIGHT_SOURCE=source PATH=/usr/bin:/bin \
        sh -e "$room/template.sh")
}
check "the action builds" ends_with 0 'made deps' builds_for_action
check "the template builds" ends_with 0 'passed, 0 failed' builds_for_template

# ---- the git hook ------------------------------------------------------------------------

make_repository hooked
cp docs/ci/pre-commit docs/ci/check-flows.sh "$room/hooked/.git/hooks"
cd "$room/hooked" || exit 1
commits() {
    git add -A && git commit -qm 'A change'
}
commits_staged() {
    git commit -qm 'A change'
}
forget() {
    git reset -q --hard
}
sed -i 's/go to toolkit/go to tolkit/' workflows/cre.flow
check "the hook lets a wrong flow pass" ends_with 1 'The commit was not made' commits
forget
sed -i 's/Omar Finch/Omar Lark/' workflows/cre.scenarios.flow
check "the hook refuses a good change" ends_with 0 'passed, 0 failed' commits
sed -i 's/within 3 working days of cpm-decision/within 2 working days of cpm-decision/' workflows/cre.flow
check "the hook lets a story fail" ends_with 1 'expected: ' commits
forget
sed -i 's/Omar Lark/Omar Wren/' workflows/cre.scenarios.flow
git add -A
printf 'half a line' >> workflows/cre.flow
check "the hook looks at what is not to be committed" ends_with 0 'passed, 0 failed' commits_staged
forget
printf 'wrong\n' > workflows/other.flow
git add -A
rm workflows/other.flow
check "the hook looks past what is to be committed" ends_with 1 'not made' commits_staged
forget
sed 's/^workflow cre/workflow copy/' workflows/cre.flow > 'workflows/Kopie für uns.flow'
check "the hook passes over an unusual name" ends_with 1 'Kopie für uns' commits
forget
printf 'Minutes\n' > notes.txt
check "the hook is in the way of other files" commits
git rm -q workflows/roles.flow
check "the hook is in the way of a removal" commits_staged

printf 'ci: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
