# The history says who a task was for then, not who has the case now; a task that
# stands in two places names its role once; why-not looks past a missing reason.
begin
at deploy assigned.flow
at open helper --reference H --as ann
at record H allocate --assign worker=ann --as tina
at people add bo --name "Bo Hill"
at people hold bo worker
at record H allocate --assign worker=bo --as tina
at show H
at record H look worry=high --as bo
at why-not H close-case --as tina
at record H look worry=low --as bo
at why-not H close-case --as tina
at history H
