# Parsing, names and files that use each other: catalogue C2 (its bounds: limits.sh).
condition() { # TITLE CONDITION
    { plain | sed '/^  on seen/d'; printf 'at any point in second\n  on seen\n    go to over when %s\n    stay otherwise\n' "$2"; } |
        try "$1"
}
brackets() { # how many
    printf '%s\nrisk is high\n%s' "$(many "$1" '(' | tr -d '%d')" "$(many "$1" ')' | tr -d '%d')"
}
condition '100 brackets' "$(brackets 100)"
condition '10,000 brackets' "$(brackets 10000)"
condition '60,000 brackets that are not closed' "$(many 60000 '(' | tr -d '%d')"
{ plain | sed '/^  on seen/d'
  printf 'at any point in second\n  on seen\n    go to over when '
  many 2000000 '(\n'
  printf 'risk is high '
  many 2000000 ')\n'; } | try 'millions of brackets'
condition '10,000 times not' "$(many 10000 'not\n') risk is high"
condition '10,000 brackets after not' "$(many 10000 'not (\n') risk is high $(many 10000 ')\n')"
{ plain | sed '/^  on seen/d'
  printf 'at any point in second\n  on seen\n    go to over when risk is high\n'
  many 100000 ' and risk is high\n'
  printf '    stay otherwise\n'; } | try '100,000 times and'
{ plain | sed '/^  on seen/d'
  printf 'at any point in second\n  on seen\n    go to over when %s risk is low %s\n    stay otherwise\n' \
    "$(many 64 '(risk is high or ')" "$(many 64 ')')"; } | try 'or within or, to the right'
many 300000 'state s%d "S"\n' | { plain; cat; } | try '300,000 states'
{ plain; printf 'at any point\n'; many 300000 '  on e%d stay\n'; } | try '300,000 lines that say what happens' | tail -n 2
{ plain; many 100000 'state broken%d "B" strats here\n  onn x\n'; } >try.flow
echo '== 200,000 mistakes'
run check --quick try.flow | tail -n 3
{ plain; awk 'BEGIN { for (i = 0; i < 60000; i++) {
    s = ""; for (k = 0; k < 16; k++) s = s (int(i / 2 ^ k) % 2 ? "ab" : "ba")
    print "role r" s }}'; } | try '60,000 names made of the same letters'

# Files that use each other.
using() { # TITLE NAME …
    title=$1
    shift
    { plain; for name; do printf 'use "%s"\n' "$name"; done; } | try "$title"
}
using 'a file that uses itself' try
echo 'use "b"' >a.flow && echo 'use "a"' >b.flow
using 'two that use each other' a
echo 'use "e"' >c.flow && echo 'use "e"' >d.flow && echo 'role extra "Extra"' >e.flow
using 'one used by two others' c d
ln -s e.flow link.flow
using 'the same by a link' e link
mkdir sub && ln -s ../e.flow sub/e.flow
using 'the same by another folder' e sub/e
i=1
while [ "$i" -le 1000 ]; do
    echo "use \"k$((i + 1))\"" >"k$i.flow"
    i=$((i + 1))
done
using 'a chain of a thousand' k1
for name in ../../secrets /etc/passwd file:///etc/passwd 'x y' e. 'e ' '' . .. sub/../e \
    '~/e' sub/ sub//e ./e 'sub\e' '$HOME' http://example.org/e E e.flow nowhere "$(many 130 x | tr -d '%d')"; do
    using "a name: $name" "$name" | cut -c 1-120
done
mkdir ../outside.$$ && echo 'SECRET words' >"../outside.$$/secret.flow"
ln -s "../outside.$$/secret.flow" out.flow && ln -s "../outside.$$" outside
using 'a link that leads out' out
using 'a folder that leads out' outside/secret
rm -rf "../outside.$$"
using 'a link to nothing' out
ln -s loop.flow loop.flow
using 'a link to itself' loop
mkdir dir.flow && mkfifo pipe.flow
using 'a folder' dir
using 'a pipe' pipe
echo 'use "pipe"' >way.flow
using 'a pipe, by way of another file' way
plain | iconv -t UTF-16 >wide.flow
using 'a file that is not UTF-8' wide
echo 'role broken "Broken" by' >broken.flow
using 'a mistake in a file that is used' broken

# Names.
with 'the same state twice' 'state over "Again"\n'
with 'the same role twice' 'role worker "Again"\n'
with 'the same event twice' 'event seen by worker\n'
with 'the same value twice' 'fact kind "Kind" one of a, b, a\n'
with 'a capital letter' 'role Worker "Worker"\n'
echo 'event seen "Seen" by worker' >shadow.flow
using 'a name that the used file has too' shadow
vary 'one letter off' 's/go to over when/go to ovr when/'
vary 'two letters off' 's/by worker/by wrker/'
vary 'nothing like it' 's/go to over when/go to elsewhere when/'
vary 'no start' 's/ starts here//'
vary 'two starts' 's/"Second"/& starts here/'
vary 'no end' 's/ ends here//'
with 'a term of itself' 'term a when b\nterm b when a\n'
with 'moves in a circle' 'state x "X"\n  as soon as risk is high go to y\nstate y "Y"\n  as soon as risk is high go to x\n'
with 'roles in a circle' 'role a is any of b\nrole b is any of a\n'
with 'calendars in a circle' 'calendar a\n  plus b\ncalendar b\n  plus a\n'
vary 'a version of another kind' 's/version "1"/version 1e9/'
