# What is typed wrongly gets a hint and exit code 2; nothing is run by guess.
tell
tell --help | head -3
tell help | head -3
tell --version
tell help due
tell why-not --help
tell help exit-codes
tell help duu
tell workist
tell frobnicate
tell ''
tell --verbose
tell due --fro 2021-04-01 '3 working days'
tell due --from
tell due --form=2021-04-01 '3 working days'
tell due --json=yes '3 weeks'
tell due -x '3 weeks'
tell due --from 2021-04-01 --from 2021-04-02 '3 weeks'
tell due '3 weeks' '4 weeks'
tell due --format xml '3 weeks'
tell due --json --format text '3 weeks'
tell due --color sometimes '3 weeks'
tell show
tell show C-1 C-2
tell record C-1
tell void C-1 seven
tell people sack ann
tell people hold ann
tell deliver
tell init --now 2021-01-01
