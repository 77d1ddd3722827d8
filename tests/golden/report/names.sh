# What the log calls things stands in the page as it is written and means nothing there;
# a case too long for its page is cut, and that is said.
cat >odd.csv <<'END'
case,activity,time,person,role,worry
"<script>alert('a')</script>",referral,2021-03-01T09:00,"Ann ""A"" & Bo",worker,
"<script>alert('a')</script>","]]>%0A::error::",2021-03-02T09:00,<b>Ann</b>,"Role 'x'",
"two
lines",referral,2021-03-03T09:00,Ann,worker,
NA,referral,2021-03-04T09:00,Ann,worker,
END
ask replay visit.flow odd.csv --fact worry=worry --report page.html --report-cases all
grep -c '<script\|<b>' page.html
page page.html | sed -n '/^3\. What/,/^5\./p; /^Activities that/,$p'
{
    head -1 visits.csv
    i=0
    while [ $i -lt 1200 ]; do
        echo 'L1,referral,2021-03-01T09:00,Ann,worker,'
        i=$((i + 1))
    done
} >long.csv
ask replay visit.flow long.csv --fact worry=worry --report long.html --report-case L1
page long.html | tail -3 | cut -c 1-200
