# An extract as a spreadsheet writes it, with most of what goes wrong in one. All
# children and workers in it are invented.
printf 'sep=;\r\nChild unique id;Date;Type;Worker;Team;Priority\r\n' >visits.csv
{
    printf '0101;01/04/2023 09:30;Contact;Ann;North;High\r\n'
    printf '0101;01/04/2023 09:30;Referral;Ann;North;\r\n'
    printf '0101;01/04/2023 09:30;Assessment started;Ann;North;\r\n'
    printf '0101;05/04/2023;"Child seen, at home";Bo;North;\r\n'
    printf '0102;03/04/2023;Contact;Bo;South;Low\r\n'
    printf '0102;03/04/2023;Contact;Bo;South;Low\r\n'
    printf '0102;26/03/2023 01:30;Referral;Bo;South;Low\r\n'
    printf 'NA;29/10/2023 01:30;Contact;Bo;South;Low\r\n'
    printf 'NA;13/10/2023;contact ;Bo;South;Low\r\n'
    printf '0103;31/02/2023;Contact;Bo;South;Low\r\n'
    printf '0104;45021;Contact;Bo;South;Low\r\n'
    printf ';03/04/2023;Contact;Bo;South;Low\r\n'
    printf '0105;03/04/2023;;Bo;South;Low\r\n'
    printf '0105;;Contact;Bo;South;Low\r\n'
    printf '0106;2023-04-03;Contact;Bo;South;Low\r\n'
    printf '0107;03/04/2023;Contact;Bo\r\n'
    printf '0108;03/04/2023;Contact;Jos\351;South;Low\r\n'
    printf '0101;03/04/2033;Closed;Ann;North;'
} >>visits.csv
tell log visits.csv --zone Europe/London --role Team --fact priority=Priority --now 2024-01-01
tell log visits.csv --zone Europe/London --dedupe --encoding iso-8859-1 --now 2024-01-01
tell log visits.csv --zone Europe/London --json --now 2024-01-01
