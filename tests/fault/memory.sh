#!/bin/sh
# Memory: the worst that a flow file can hold fits into what docs/limits.md says, and
# where memory does run out the program says so (71) and the database is whole.
program=$(realpath "$1")
grep -q __asan_init "$program" && exit 0 # its own bookkeeping needs terabytes of addresses
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
status=0

say() {
    echo "$1"
    status=1
}

fill() { # LINE : 8 MiB of a flow, the line over and over after what stands before it
    { cat before; yes "$1" | head -c 8300000 | sed '$d'; cat after; } >big.flow
}

within() { # MIB TITLE
    (ulimit -v $(($1 * 1024)) && timeout 20 "$program" check big.flow >out 2>&1)
    code=$?
    case $code in 0 | 1 | 6) ;; *) say "$2: exit $code: $(head -c 200 out)" ;; esac
}

cat >head.flow <<'END'
workflow w "W" version "1" in force from 1 March 2021
role worker "Worker"
fact f "F" yes or no
event began "It began" by worker
  opens a case
state a "A" starts here
END
: >after
cp head.flow before
printf '  on began go to z when f is yes\n' >>before
printf '\n  on began stay\nstate z "Z" ends here\n' >after
fill ' and f is no'
within 1024 'conditions'
printf 'term t when f is yes\n' >>before
fill ' or t'
within 1024 'terms'
cp head.flow before
printf '  on began go to z\nstate z "Z" ends here\nfact kind one of a' >>before
: >after
fill ',b'
within 1024 'values'
cp head.flow before
fill '  on began stay'
within 1024 'handlers'
fill 'state b "B"'
within 1024 'states'
fill '('
within 1024 'brackets'
fill 'x'
within 1024 'words that mean nothing'
fill '"'
within 1024 'quotes'
fill 'use "big"'
within 1024 'files'
grep -q 'too often to use' out || say "files: $(head -c 200 out)"
fill 'role r is any of worker because "x"'
within 1024 'roles'

# Where there is not enough
cat head.flow - >small.flow <<'END'
  on began go to z
state z "Z" ends here
END
"$program" init --rehearsal --db cases.db >/dev/null 2>&1 || say 'no database'
for person in ann bo; do
    "$program" people add "$person" --db cases.db --now 2021-03-01 >/dev/null 2>&1
    "$program" people hold "$person" worker --from 2021-01-01 --db cases.db --now 2021-03-01 >/dev/null 2>&1
done
"$program" deploy small.flow --db cases.db --now 2021-03-01 >out 2>&1 || say "deploy: $(cat out)"
codes=
for mib in 6 8 10 12 14 16 18 20 22 24 26 28 30 32 40; do
    (ulimit -v $((mib * 1024)) && timeout 20 "$program" open w --as ann --db cases.db --now 2021-03-01 >out 2>&1)
    code=$?
    codes="$codes $code"
    case $code in
    0) ;;
    71) grep -q memory out || say "$mib MiB: $(cat out)" ;;
    126 | 127) ;; # it could not even be started
    *) say "$mib MiB: exit $code: $(cat out)" ;;
    esac
    "$program" verify --db cases.db >out 2>&1 || say "$mib MiB: $(cat out)"
done
case $codes in *' 0') ;; *) say "memory was never enough:$codes" ;; esac
# Eight megabytes of text and its tree never fit into this; the program itself does.
(ulimit -v 20480 && timeout 20 "$program" check big.flow >out 2>&1)
code=$?
[ "$code" -eq 71 ] && grep -q memory out || say "20 MiB: exit $code: $(head -c 200 out)"
exit $status
