# Types a document anew. To be sourced.
#
# type_document DOCUMENT ROOM prints the document with what its commands print now:
# in a block marked "console" each line after "$ " is typed in ROOM. A block that is
# marked with a kind and a file name ("flow visit.flow") is that file. One marked "diff
# visit.flow" changes it: lines with - go, lines with + come, the others say where;
# together they must stand in the file once. The line about pretended times and what
# differs from machine to machine are left out.

# The text of a block of changes, without the lines that begin with the given sign.
side_of() { # block, sign
    local line
    while IFS= read -r line; do
        [ "${line:0:1}" = "$2" ] || printf '%s\n' "${line:1}"
    done <<< "$1"
}

change_file() { # file, block
    local text old new rest
    text=$(cat "$1") old=$(side_of "$2" +) new=$(side_of "$2" -)
    rest=${text#*"$old"}
    if [ "$rest" = "$text" ]; then
        printf 'what is to be changed does not stand in %s: %s\n' "$1" "${old%%$'\n'*}" >&2
        return 1
    fi
    [ "${rest#*"$old"}" = "$rest" ] || { printf 'stands twice in %s: %s\n' "$1" "${old%%$'\n'*}" >&2; return 1; }
    printf '%s%s%s\n' "${text%%"$old"*}" "$new" "$rest" > "$1"
}

type_command() { # room, command
    (cd "$1" && eval "$2" 2>&1 < /dev/null) |
        sed '/^rehearsal: /d; s/^\(  content  *\)[0-9a-f]*$/\1…/'
}

take_block() { # room, kind, file, block
    if [ "$2" = diff ]; then
        change_file "$1/$3" "$4"
    else
        mkdir -p "$(dirname "$1/$3")" && printf '%s\n' "$4" > "$1/$3"
    fi
}

type_document() { # document, room
    local line kind='' file='' block=''
    while IFS= read -r line; do
        if [ "$kind" != console ] || [ "${line:0:3}" = '```' ]; then
            printf '%s\n' "$line"
        elif [ "${line:0:2}" = '$ ' ]; then
            printf '%s\n' "$line"
            type_command "$2" "${line:2}"
        fi
        if [ "${line:0:3}" != '```' ]; then
            block+=${block:+$'\n'}$line
        elif [ -z "$kind" ]; then
            read -r kind file <<< "${line:3}"
            kind=${kind:-plain} block=''
        else
            [ -z "$file" ] || take_block "$2" "$kind" "$file" "$block"
            kind='' file=''
        fi
    done < "$1"
}
