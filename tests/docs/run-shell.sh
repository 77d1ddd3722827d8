#!/usr/bin/env bash
# What is made from the tables of commands and options: manual pages, and what the
# shells complete. The completion for bash is used as bash uses it; zsh, fish and
# mandoc have their say where they are installed. Prints "shell: N passed, M failed".
set -u
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-build/casewright}")
passed=0 failed=0
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

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

mapfile -t commands < <(sed -n 's/^COMMAND("\([^"]*\)".*/\1/p' src/cli/commands.def)
options_of() { # the long options that --help lists
    "$program" help "$1" | sed -n '/^Options/,/^Exit/s/^  \(-[a-z], \)\?\(--[a-z-]*\).*/\2/p'
}

# ---- manual pages ------------------------------------------------------------------

# Every line is text or a known request; each section is there, each option named.
is_a_page() { # file
    [ "$(head -c 14 "$1")" = '.TH CASEWRIGHT' ] || { echo '  no title'; return 1; }
    ! grep -n '^\.' "$1" | grep -Ev ':\.(TH|SH|SS|TP|PP|BR|nf|fi)( |$)' || return 1
    ! grep -n '^$' "$1" || return 1
    local section
    for section in NAME SYNOPSIS DESCRIPTION ENVIRONMENT 'EXIT STATUS'; do
        grep -q "^\.SH $section\$" "$1" || { echo "  no section $section"; return 1; }
    done
}
names_its_options() { # command
    local option
    for option in $(options_of "$1"); do
        grep -qF -- "$(printf '%s' "$option" | sed 's/-/\\-/g')" "$room/casewright-$1.1" ||
            { echo "  $1: nothing about $option"; return 1; }
    done
}
# A date would make every build of the same sources another one.
mandoc_is_content() { # file
    ! mandoc -Tlint -W warning "$1" 2>&1 | grep -v 'missing date'
}

"$program" help --man > "$room/casewright.1"
check "casewright(1) is no page" is_a_page "$room/casewright.1"
for command in "${commands[@]}"; do
    page=$room/casewright-$command.1
    "$program" help --man "$command" > "$page"
    # `about` may be empty where the summary says it all.
    grep -q '^\.SH DESCRIPTION' "$page" || printf '.SH DESCRIPTION\n' >> "$page"
    check "casewright-$command(1) is no page" is_a_page "$page"
    check "casewright-$command(1) leaves an option out" names_its_options "$command"
    check "casewright(1) leaves out $command" \
        grep -qxF -- "\\fB$(printf '%s' "$command" | sed 's/-/\\-/g')\\fR" "$room/casewright.1"
done
if command -v mandoc > /dev/null; then
    for command in '' "${commands[@]}"; do
        # shellcheck disable=SC2086
        "$program" help --man $command > "$room/page.1"
        check "mandoc on the page of casewright $command" mandoc_is_content "$room/page.1"
    done
fi

# ---- bash --------------------------------------------------------------------------

"$program" help --completion bash > "$room/bash"
# shellcheck disable=SC1091
. "$room/bash"

completes() { # the words typed, the last of them being completed
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _casewright
    printf '%s\n' "${COMPREPLY[@]}"
}
gives() { # expected, joined by blanks; then the words typed
    local expected=$1 got
    shift
    got=$(completes "$@" | sort | tr '\n' ' ')
    [ "${got% }" = "$expected" ] ||
        { printf '  %s: expected "%s", got "%s"\n' "$*" "$expected" "${got% }"; return 1; }
}
every_command() {
    gives "$(printf '%s\n' "${commands[@]}" help --help --version | sort | tr '\n' ' ' |
        sed 's/ $//')" casewright ''
}
every_option() { # command
    local option got
    got=$(completes casewright "$1" --)
    for option in $(options_of "$1"); do
        grep -qxF -- "$option" <<< "$got" ||
            { echo "  $1: $option is not completed"; return 1; }
    done
}
only_flows() {
    mkdir "$room/files" "$room/files/more"
    touch "$room/files/visit.flow" "$room/files/notes.txt"
    (cd "$room/files" && gives 'more visit.flow' casewright check '' &&
        gives 'more notes.txt visit.flow' casewright show --db '' &&
        gives 'visit.flow' casewright deploy vi)
}
# What is offered is taken: no value of --format is refused.
formats_are_taken() { # command
    local format
    for format in $(completes casewright "$1" --format ''); do
        ! "$program" "$1" --format "$format" 2>&1 < /dev/null |
            grep -E "unknown format" || return 1
    done
}

check "commands in bash" every_command
for command in "${commands[@]}"; do
    check "options of $command in bash" every_option "$command"
    check "formats of $command in bash" formats_are_taken "$command"
done
check "a beginning in bash" gives 'why why-not' casewright wh
check "a value in bash" gives 'json text' casewright show --format ''
check "a value after = in bash" gives 'json' casewright show --format = js
check "an empty value after = in bash" gives 'always auto never' casewright show --color =
check "verbs in bash" gives 'absent add' casewright people a
check "no files where none are meant, in bash" gives '' casewright show x
check "help in bash" gives 'check' casewright help ch
check "shells in bash" gives 'bash fish zsh' casewright help --completion ''
check "files in bash" only_flows

# ---- zsh, fish ---------------------------------------------------------------------

names_everything() { # shell
    local command option
    for command in "${commands[@]}"; do
        for option in $(options_of "$command"); do
            grep -E -- "(^| )$command\)|from $command'|^        '" "$room/$1" |
                grep -qE -- "(--| -l )${option#--}([=[ ]|\$)" ||
                { echo "  $1: $command $option"; return 1; }
        done
    done
}
for shell in zsh fish; do
    "$program" help --completion "$shell" > "$room/$shell"
    check "an option is missing in $shell" names_everything "$shell"
    if command -v "$shell" > /dev/null; then
        check "$shell cannot read its script" "$shell" -n "$room/$shell"
    fi
done
fish_completes() { # only for a program that it finds
    [ "$(cd "$room" && PATH="$(dirname "$program"):$PATH" fish --no-config -c "source fish; complete -C 'casewright show --format '" |
        cut -f1 | sort | tr '\n' ' ')" = 'json text ' ]
}
if command -v fish > /dev/null; then
    check "a value in fish" fish_completes
fi
refuses() { # code, then arguments
    local code=$1
    shift
    "$program" "$@" > /dev/null 2>&1
    [ $? -eq "$code" ]
}
check "an unknown shell is refused" refuses 2 help --completion tcsh
check "no shell is refused" refuses 2 help --completion
check "a page about nothing is refused" refuses 2 help --man chekc
check "an unknown option of help is refused" refuses 2 help --mam

# ---- into place --------------------------------------------------------------------

installs() {
    make -s install PREFIX=/usr DESTDIR="$room/root" BUILD="$(dirname "$program")" \
        > "$room/install" 2>&1 || { tail -5 "$room/install"; return 1; }
    local share=$room/root/usr/share file command
    for file in man/man1/casewright.1 bash-completion/completions/casewright \
        zsh/site-functions/_casewright fish/vendor_completions.d/casewright.fish; do
        [ -s "$share/$file" ] || { echo "  no $file"; return 1; }
    done
    for command in "${commands[@]}"; do
        [ -s "$share/man/man1/casewright-$command.1" ] || { echo "  no page of $command"; return 1; }
    done
}
check "make install" installs

printf 'shell: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
