# Laying a flow out: what would change, a check for the server, the change itself;
# a flow with a mistake is left alone.
cat >a.flow <<'F'
workflow a "A" version "1" in force from 1 January 2021
role r "R"
event begin "Begin" by r
opens a case
state one "One" starts here
on begin go to two   # at once
state two "Two" ends here
F
tell fmt --check a.flow
tell fmt --diff a.flow
tell fmt a.flow
cat a.flow
tell fmt --check a.flow
sed -i 's/go to two/goto two/' a.flow
tell fmt a.flow
cat a.flow
tell fmt missing.flow
