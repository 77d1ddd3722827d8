# Databases that are none, or not as we left them: catalogue C6 (damage row by row and
# page by page: tests/unit/store; failing disks: tests/fault).
look() { # DATABASE
    for words in "why KIT visit" worklist "record KIT seen --as ann" tick; do
        at $words --db "$1"
    done
    tell verify --db "$1"
}
begin
at open visits --as ann --reference KIT
cp cases.db good.db
again() {
    rm -f cases.db cases.db-wal cases.db-shm cases.db-journal
    cp good.db cases.db
}

echo '== no file'
look nowhere.db
ls nowhere.db 2>/dev/null
echo '== an empty file'
: >empty.db
look empty.db
wc -c <empty.db
echo '== bytes that are no database'
yes 'not a database' | head -c 8192 >other.db
cp other.db other.copy
look other.db
cmp other.db other.copy
echo '== only the beginning of a database'
head -c 100 good.db >short.db
look short.db
echo '== cut in the middle'
head -c 20000 good.db >short.db
look short.db
echo '== a folder, a pipe, a link'
mkdir folder.db && mkfifo pipe.db && ln -s good.db link.db
for db in folder.db pipe.db link.db /dev/null '' . /; do
    at show KIT --db "$db"
    at record KIT seen --as ann --db "$db"
done
echo '== its version is one that does not exist yet'
again
printf '\000\000\000\143' | dd of=cases.db bs=1 seek=60 conv=notrunc 2>/dev/null
cp cases.db newer.copy
look cases.db
cmp cases.db newer.copy
echo '== it belongs to another program'
again
printf 'Tag!' | dd of=cases.db bs=1 seek=68 conv=notrunc 2>/dev/null
look cases.db
echo '== a journal of another database beside it'
again
head -c 4096 /dev/urandom >cases.db-journal
look cases.db | sed 's/of [0-9]* bytes/of N bytes/'
echo '== a log of another database beside it'
again
head -c 8192 /dev/urandom >cases.db-wal
look cases.db
echo '== init never replaces what is there'
for target in cases.db other.db folder.db link.db nowhere/new.db; do
    tell init --db "$target"
done

# Words of SQL, and of patterns, are words like others.
again
for text in "'); DROP TABLE entry;--" '" OR 1=1 --' '%' '_' "x' || (SELECT hash FROM entry) || '" '?1' ':a' \
    ';' '\' "''" '$(id)' '`id`'; do
    at open visits --as ann --reference "$text" | head -n 2
    at show "$text" | head -n 2
    at record KIT noted "note=$text" --as ann --reason "$text" --key "$text" | head -n 2
    at record KIT "$text" --as ann | head -n 2
    at people add "$text" --name "$text"
    at worklist --person "$text" | head -n 2
done
at cases
whole
