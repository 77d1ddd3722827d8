# Who there is, what they hold and when they are away.
now=2021-04-01T10:00
at init --rehearsal
at people
at people add ann --name "Ann Lee"
at people add bo
at people add cy --name "Cy"
at people hold ann social-worker --from 2021-01-01
at people hold ann manager --from 2021-01-01 --until 2021-02-01
at people hold cy manager --from 2021-06-01
at people absent ann --from 2021-03-31 --reason "on leave"
at people absent ann --from 2020-12-24 --until 2020-12-31
at people
at people --json
tell people --name Ann
tell people list
tell people add dee --json
tell people --db nowhere.db
