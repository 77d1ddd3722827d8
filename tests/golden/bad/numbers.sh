# Numbers, dates, durations and calendars: catalogue C3 (their bounds: limits.sh).
for number in 9223372036854775807 9223372036854775808 "$(many 400 9 | tr -d '%d')" 007 1_000 1e3 0x10 1.5 \
    -9223372036854775808; do
    with "the number $(echo "$number" | cut -c 1-30)" "fact size \"Size\" number from -5 to $number\n"
done
for duration in '0 working days' '-1 working days' '1.5 working days' '3 days' '24 to 72 hours' \
    '0 hours' 'same day' '3 fortnights'; do
    vary "within $duration" "s/3 working days/$duration/"
done
for date in '29 February 2023' '29 February 2024' '31 April 2021' '1 Thirteenth 2021' '0 March 2021' \
    '1 March 0' '1 March 10000' '1 March 1752' '1 March 99999999999999999999' 'Tuesday 1 March 2021' \
    '2021-03-01'; do
    vary "the date $date" "s/1 March 2021/$date/"
done

# Dates and durations on the command line.
due() { # DURATION FROM
    printf '$ casewright due %s --from %s\n' "$1" "$2"
    run due --calendar england-and-wales --from "$2" -- "$1" | tail -n 2
}
for from in 2021-13-01 2023-02-29 2021-04-31 0000-01-01 10000-01-01 1752-09-03 1899-12-31 2201-01-01 \
    2021-1-1 '2021-04-01T24:00' '2021-04-01T09:60' '2021-04-01 09:00' today ''; do
    due '3 working days' "$from"
done
for duration in '0 working days' '-1 working days' '1.5 hours' '3 days' '9223372036854775808 hours' \
    '99999999999999999999999 working days' '40001 working days' '0x3 weeks' '' 'soon'; do
    due "$duration" 2021-04-01T09:00
done
# weekend, bank holiday, midnight, the hour that is skipped and the one that comes twice
due '1 working day' 2021-04-03
due '1 working day' 2021-04-02
due '1 working day' 2021-04-01T23:59:59
due '1 working day' 2021-04-01T00:00
due '24 hours' 2021-03-28T01:30
due '24 hours' 2021-03-27T01:30
due '24 hours' 2021-10-31T01:30
due '24 hours' 2021-10-31T01:30+00:00
# beyond the calendar, and the years that break other programs
due '1 working day' 2035-12-31
due '1 working day' 1994-12-30
due '10000 working days' 2021-04-01
due '1 calendar day' 2038-01-19
due '24 hours' 2038-01-19T03:14:07
due '1 calendar day' 2100-02-28
due '1 calendar day' 1970-01-01
due '24 hours' 1995-12-31T23:30
due '1 calendar day' 2200-12-31
due '109 years' 2100-01-01
due '12 months' 2024-02-29
{
    printf '2021-04-01\t3 working days\n\n2021-04-01\n2021-04-01\t\n\t3 working days\n'
    printf '2021-04-01\t1 week\tmore\n2021-04-01\t1 \0week\n2021-04-01\t1 \033[31mweek\n'
    printf '\377\t1 week\n2021-04-01\t1 week\r\n2021-04-01\t1 week'
} | tell due --batch --calendar england-and-wales

# Calendars that are wrong.
calendar() { # TITLE LINES
    { printf 'calendar mine "Mine"\n'; printf "$2"; } >mine.flow
    printf '== a calendar: %s\n' "$1"
    run due '1 working day' --from 2021-04-01 --calendar ./mine.flow | head -n 4
}
: >mine.flow && tell due '1 working day' --from 2021-04-01 --calendar ./mine.flow
good='  working Monday to Friday\n  covers 2021 to 2022\n'
calendar 'in order' "$good"
calendar 'no working days' '  covers 2021 to 2022\n'
calendar 'no years' '  working Monday to Friday\n'
calendar 'a day twice' "$good  except 6 April 2021\n  except 6 April 2021\n"
calendar 'days in any order' "$good  except 8 April 2021\n  except 2 April 2021\n"
calendar 'a Saturday' "$good  except 3 April 2021\n"
calendar 'a day that is not' "$good  except 31 April 2021\n"
calendar 'a mistyped month' "$good  except 6 Aprill 2021\n"
calendar 'a day outside its years' "$good  except 6 April 2019\n"
calendar 'every day off' "$good$(awk 'BEGIN { for (m = 1; m <= 12; m++) for (d = 1; d <= 31; d++) if (d < 29 || (m != 2 && (d < 31 || index(" 1 3 5 7 8 10 12 ", " " m " ")))) printf "  except %d %s\\n", d, substr("January  February March    April    May      June     July     August   SeptemberOctober  November December ", m * 9 - 8, 9) }')"
calendar 'a region that is not' "$good  plus nowhere\n"
{ printf '\357\273\277calendar mine "Mine"\n'; printf "$good"; } >mine.flow
tell due '1 working day' --from 2021-04-01 --calendar ./mine.flow | tail -n 1
{ printf 'calendar mine "Mine"\n'; printf "$good"; many 400000 '  except 6 April\n'; } >mine.flow
echo '== hundreds of thousands of lines'
run due '1 working day' --from 2021-04-01 --calendar ./mine.flow | head -n 2

# Where the program runs must not matter.
for place in '' 'TZ=:bad' 'TZ=America/New_York' 'LC_ALL=tr_TR.UTF-8' 'LC_NUMERIC=de_DE.UTF-8' 'TZDIR=/nowhere'; do
    env $place "$program" due '24 hours' --from 2021-03-27T12:00 --calendar england-and-wales | tail -n 1
done

# Facts.
begin
at open visits --as ann --reference KIT
for number in '' +1 ' 1' 1.0 1e1 0x1 NaN 007 -0 5; do
    at record KIT counted "count=$number" --as ann | head -n 2
done
for date in 2021-02-30 2023-02-29 1899-01-01 2201-01-01 2021-2-1 1970-01-01 2030-01-01 '1 March 2021' ''; do
    at record KIT dated "born=$date" --as ann | head -n 2
done
for at_time in 2021-03-28T01:30 2022-01-01 2021-02-30 2020-01-01 '' yesterday; do
    at record KIT seen --as ann --at "$at_time" | head -n 2
done
whole
