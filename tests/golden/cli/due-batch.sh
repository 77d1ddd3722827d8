# A line out for every line in; a line that cannot be worked out says why, and the
# exit code is then 1.
printf '2021-04-01\t3 working days\n2021-12-24T10:00\t2 working days\n' |
    tell due --batch --calendar england-and-wales
printf '2021-04-01\t3 days\n2021-03-27T22:00\t24 hours\n\nnext week\t1 week\n2021-04-01\t1 month\tx\n2021-04-01 3 weeks\n2021-04-01\timmediately\r\n2039-01-01\t3 working days\n2021-01-31\t1 month' |
    tell due --batch --calendar england-and-wales
printf '' | tell due --batch
printf 'a\033[31mb\t1 week\n\0\t1 week\n' | tell due --batch
head -c 65000 /dev/zero | tr '\0' x >long
{ cat long; echo; printf '2021-01-31\t1 month\n'; cat long long; echo; printf '2021-01-31\t1 month\n'; } |
    tell due --batch
tell due --batch '3 weeks'
tell due --batch --json
tell due --batch <.

# A start without a time says no moment for hours.
printf '2024-03-29\t72 hours\n2024-03-29T22:00\t72 hours\n' | tell due --batch
