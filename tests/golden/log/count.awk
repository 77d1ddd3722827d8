# Counts a log without the program, in the plainest way: for the files that a test
# knows to be laid out one tag (XES) or one row (CSV) to a line, without quotes or
# character references. -v kind=xes, or -v kind=csv with -v case= -v activity= -v time=
# as numbers of columns. Prints what flat.awk makes of `casewright log --json`.

function days(year, month, day,    n, y) { # since 1970, counted year by year
    year += 0 # substr gives text
    month += 0
    n = 0
    for (y = 1970; y < year; y++)
        n += leap(y) ? 366 : 365
    for (y = 1; y < month; y++)
        n += y == 2 ? (leap(year) ? 29 : 28) : (y == 4 || y == 6 || y == 9 || y == 11) ? 30 : 31
    return n + day - 1
}
function leap(year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 }

function instant(text,    ms, rest, offset) { # 2011-12-06T13:41:31.788+01:00
    ms = days(substr(text, 1, 4), substr(text, 6, 2), substr(text, 9, 2)) * 86400
    ms = (ms + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)) * 1000
    rest = substr(text, 20)
    if (substr(rest, 1, 1) == ".") {
        match(rest, /^\.[0-9]+/)
        ms += int(substr(substr(rest, 2, RLENGTH - 1) "000", 1, 3))
        rest = substr(rest, RLENGTH + 1)
    }
    if (rest == "Z" || rest == "")
        return ms
    offset = substr(rest, 2, 2) * 60 + substr(rest, 5, 2)
    return ms - (substr(rest, 1, 1) == "-" ? -offset : offset) * 60000
}

function event(id, name, text,    k) {
    if (!(id in rows))
        ids[++id_count] = id
    k = ++rows[id]
    names[id, k] = name
    times[id, k] = instant(text)
}

function value(line) {
    sub(/.* value="/, "", line)
    sub(/".*/, "", line)
    return line
}

kind == "csv" && FNR > 1 {
    sub(/\r$/, "")
    split($0, cell, ",")
    event(cell[case], cell[activity], cell[time])
}

kind == "xes" && /<trace>/ { in_trace = 1; depth = 0; id = "" }
kind == "xes" && /<\/trace>/ { in_trace = 0 }
kind == "xes" && /<event>/ { in_event = 1; depth = 0; name = text = "" }
kind == "xes" && /<\/event>/ { in_event = 0; event(id, name, text) }
kind == "xes" && /<(string|date|int|float|boolean|id|list)[ >]/ {
    if (depth == 0 && in_event && / key="concept:name"/)
        name = value($0)
    else if (depth == 0 && in_event && / key="time:timestamp"/)
        text = value($0)
    else if (depth == 0 && in_trace && !in_event && / key="concept:name"/)
        id = value($0)
    if (!/\/>/)
        depth++
}
kind == "xes" && /<\/(string|date|int|float|boolean|id|list)>/ { depth-- }

END {
    for (i = 1; i <= id_count; i++) {
        id = ids[i]
        n = rows[id]
        for (a = 2; a <= n; a++) { # insertion: rows of one moment stay as they stand
            t = times[id, a]
            x = names[id, a]
            for (b = a - 1; b >= 1 && times[id, b] > t; b--) {
                times[id, b + 1] = times[id, b]
                names[id, b + 1] = names[id, b]
            }
            times[id, b + 1] = t
            names[id, b + 1] = x
        }
        order = ""
        for (a = 1; a <= n; a++) {
            events++
            count["activities " names[id, a]]++
            order = order "|" names[id, a]
            if (a > 1)
                count["follows " names[id, a - 1] " > " names[id, a]]++
            if (first == "" || times[id, a] < first)
                first = times[id, a]
            if (last == "" || times[id, a] > last)
                last = times[id, a]
        }
        count["starts " names[id, 1]]++
        count["ends " names[id, n]]++
        if (!(order in orders)) {
            orders[order] = 1
            variants++
        }
    }
    printf "cases %d\nevents %d\nvariants %d\nfirst %.0f\nlast %.0f\n", id_count, events, variants, first, last
    for (key in count)
        printf "%s %d\n", key, count[key]
}
