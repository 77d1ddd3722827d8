# What `casewright log --json` says, one thing a line, to be compared with count.awk.
# Relies on its layout: a member a line, two blanks for each level.
{ line = $0; sub(/,$/, "", line) }
/^  "(cases|events|variants|first|last)": / {
    sub(/^  "/, "", line)
    sub(/":/, "", line)
    print line
}
/^  "(activities|starts|ends|directly_follows|set_aside)": / {
    split($0, part, "\"")
    member = part[2]
    if (/[{}\[\]],?$/ && !/[{[]$/)
        member = ""
    next
}
/^  "/ { member = "" }
/^  [}\]]/ { member = "" }
member != "" && /^    "/ {
    sub(/^    "/, "", line)
    sub(/": /, " ", line)
    print member, line
}
member == "directly_follows" && /^    \[/ { n = 0 }
member == "directly_follows" && /^      / {
    sub(/^ *"?/, "", line)
    sub(/"$/, "", line)
    cell[++n] = line
    if (n == 3)
        print "follows", cell[1], ">", cell[2], cell[3]
}
