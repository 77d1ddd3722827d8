# What check refuses does not go live; a rehearsal may try it.
cat >gap.flow <<'F'
workflow gap "Gap" version "1" in force from 1 January 2021
role r "R"                                                              because "local rule"
fact risk "Risk" one of low, high
event begin "Begin" by r
  opens a case
  records risk                                                          because "local rule"
state one "One" starts here
  on begin go to two when risk is high
state two "Two" ends here
F
export CASEWRIGHT_DB=real.db
tell init
tell deploy gap.flow
tell status --json | grep '"definitions\|versions'
export CASEWRIGHT_DB=rehearsal.db
tell init --rehearsal
tell deploy gap.flow
