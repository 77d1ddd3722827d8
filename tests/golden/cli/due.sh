# Every day counted or skipped, and why; the due date; what is only projected.
tell due '3 working days' --from 2021-04-01T11:00 --calendar england-and-wales
tell due '3 working days' --from 2021-04-01 --calendar scotland
tell due '24 hours' --from 2021-03-27T22:00
tell due '24 hours' --from 2021-04-01
tell due '4 working hours' --from 2021-01-29T16:30 --calendar england-and-wales
tell due '1 month' --from 2021-01-31 --calendar england-and-wales
tell due '2 years' --from 2024-02-29
tell due 'same day' --from 2021-04-01
tell due immediately --from 2021-04-01
tell due '3 working days' --from 2030-12-24 --calendar england-and-wales
tell due --json '2 working days' --from 2021-12-24 --calendar england-and-wales
tell due '10 calendar days' --from=2021-04-01 --zone +02:00 --json
tell due -- '1 week' --from
tell due '3 working days' --from 2021-04-01
tell due '3 days' --from 2021-04-01
tell due '3 working days' --from 2021-02-30 --calendar england-and-wales
tell due '3 working days' --from 2021-03-28T01:30 --calendar england-and-wales
tell due '3 working days' --from 2040-01-01 --calendar england-and-wales
tell due '3 working days' --from 2021-04-01 --calendar narnia
tell due '3 working days' --from 2021-04-01 --calendar ../../etc/passwd
tell due '3 weeks' --from 2021-04-01 --zone Mars
