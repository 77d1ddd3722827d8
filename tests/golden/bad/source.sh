# Source text that is not one: catalogue C1.
printf '' | try 'an empty file'
printf ' \n\t\n' | try 'only blanks'
printf '# nothing\n' | try 'only a comment'
plain | head -c -1 | try 'no line end at the end'
vary 'a zero byte between words' 's/go to second/go \x00 to second/'
vary 'a zero byte in a text' 's/"First"/"Fi\x00rst"/'
with 'a zero byte in a comment hides nothing after it' '# a\0b\nstate lost\n'
with 'a zero byte at the very end' '\0'
with 'a zero byte, and more behind it' '\0 state lost\n'
for bytes in '\200' '\300\257' '\355\240\200' '\364\220\200\200' '\342\202'; do
    with "not UTF-8: $bytes in a comment" "# $bytes\n"
    vary "not UTF-8: $bytes in a text" "s/\"First\"/\"$(printf "$bytes")\"/"
done
with 'not UTF-8, cut off by the end' '# \342\202'
for code in '\330\234' '\342\200\216' '\342\200\217' '\342\200\252' '\342\200\253' '\342\200\254' \
    '\342\200\255' '\342\200\256' '\342\201\246' '\342\201\247' '\342\201\250' '\342\201\251'; do
    with "a mark of direction in a comment" "# $code\n"
    vary "a mark of direction in a text" "s/\"First\"/\"$(printf "$code")\"/"
    vary "a mark of direction in a name" "s/state first/state fi$(printf "$code")rst/"
done
for code in '\342\200\213' '\342\200\215' '\302\255' '\357\273\277' '\357\270\217' '\363\240\201\201' \
    '\342\201\240'; do
    vary "an invisible character in a text" "s/\"First\"/\"a$(printf "$code")b\"/"
    vary "an invisible character in a name" "s/state first/state fi$(printf "$code")rst/"
done
{ printf '\357\273\277'; plain; } | try 'a mark of the encoding at the start'
{ printf '\357\273\277'; plain | sed '1s/version/verzion/'; } | try 'columns do not count it'
vary 'lines that end in CR LF' 's/$/\r/'
vary 'columns and lines with CR LF' 's/go to over/go to ovr/;s/$/\r/'
vary 'some lines that end in CR LF' '1,5s/$/\r/'
plain | tr '\n' '\r' | try 'lines that end in CR only'
vary 'a CR inside a line' 's/state second/\rstate second/'
for code in '\342\200\250' '\302\205'; do
    vary 'a line end that few know' "s/^state second/$(printf "$code")state second/"
done
for encoding in UTF-16 UTF-16LE UTF-16BE UTF-32 UTF-32LE UTF-32BE; do
    plain | iconv -f UTF-8 -t "$encoding" | try "saved as $encoding"
done
vary 'a Cyrillic letter in a name' 's/state first/state \xd1\x84irst/'
vary 'a Greek letter in a name' 's/state first/state f\xce\xb9rst/'
vary 'a Cyrillic letter in a label' 's/"First"/"Fir\xd1\x95t"/'
vary 'the same label twice, composed and not' 's/"First"/"Caf\xc3\xa9"/;s/"Second"/"Cafe\xcc\x81"/'
vary 'a text that is not closed' 's/"First"/"First/'
with 'a text that is not closed at the end' 'role last "abc'
vary 'a backslash is a letter like others' 's/"First"/"\\q\\u{D800}\\u{"/'
with 'a backslash at the end' 'role last "abc\\'
{ many 1000 '/* '; plain; } | try 'a comment as other languages have them'
vary 'codes for the terminal in a text' 's/"First"/"\x1b[31m\x1b]8;;http:\/\/x\x07"/;s/go to over/go to ovr/'
vary 'a reserved word as a name' 's/state first/state case/'
vary 'a structural word as a name' 's/state first/state go/'
vary 'a soft word as a name' 's/state first/state deadline/;s/go to first/go to deadline/'

# Files that are no files, and names that are strange.
for kind in '\211PNG\r\n\032\n' '\177ELF\002\001\001' '\037\213\010' 'PK\003\004'; do
    { printf "$kind"; head -c 4000 /dev/zero; } >other.flow
    tell check other.flow
done
mkdir folder.flow && tell check folder.flow
mkfifo pipe.flow && tell check pipe.flow
ln -s loop.flow loop.flow && tell check loop.flow
for device in /dev/null /dev/zero /dev/full; do
    tell check "$device"
done
tell check -
truncate -s 5G huge.flow && tell check huge.flow
rm huge.flow
for name in "$(printf 'line\nend.flow')" "quote\"s'.flow" "$(printf 'esc\033[31m.flow')" \
    "$(printf 'bytes\377\376.flow')" '-dash.flow' '--' 'a space.flow' 'no ending' \
    "$(many 50 '12345' | tr -d '%d').flow"; do
    plain | sed 's/go to over/go to ovr/' >"./$name"
    echo "== a strange name"
    run check --quick --format compact -- "$name"
    run check --quick --json -- "$name" | sed -n 's/ *"file"/"file"/p'
done
printf 'scenario "x"\n' >'a space.scenarios.flow'
echo '== the scenarios beside a strange name are read'
run check --quick --format compact -- 'a space.flow'
tell check "$(many 300 'x' | cut -c 1-300)"
tell check ''
