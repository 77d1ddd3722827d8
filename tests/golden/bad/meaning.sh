# What the flow does not allow, wrong people, unknown facts, time that jumped and
# entries that come late: catalogue C9. All names are invented.
plain_with_more() {
    plain | sed 's/^  on seen stay/  on checked go to over when risk is high\n  on seen stay/'
    printf 'event checked "Checked" by manager\nevent closed-early "Closed early" by manager\n'
    printf 'state never-there "Never there"\n  on closed-early go to over\n'
}
begin
plain_with_more | sed 's/version "1"/version "2"/' >visits.flow
at deploy visits.flow | grep -v content
at open visits --as ann --reference KIT
echo '== an event that this state does not take, an unknown one, one that opens'
at record KIT closed-early --as max
at record KIT sean --as ann
at record KIT began --as ann
echo '== the wrong role, no role, nobody'
at record KIT visit risk=high --as max
at record KIT visit risk=high --as ann --role manager
at record KIT visit risk=high --as zoe
at record KIT checked --as ann
echo '== facts that are missing, wrong, not asked for, twice'
at record KIT visit --as ann
at record KIT visit risk=medium --as ann
at record KIT visit risk=high count=3 --as ann
at record KIT visit risk=high risk=low --as ann
at record KIT visit height=3 --as ann
echo '== a fact that is not known is neither yes nor no'
at record KIT checked --as max
at why-not KIT checked --as max
echo '== what was refused is kept apart from what happened'
at status | grep -i refus
at history KIT | tail -n 3
echo '== the same key again, and with other content'
at record KIT seen --as ann --key again
at record KIT seen --as ann --key again
at record KIT noted note=x --as ann --key again
at open visits --as ann --reference KEY --key opened
at open visits --as ann --reference KEY --key opened
at open visits --as ann --reference OTHER --key opened
echo '== two people do the same piece of work'
at record KIT visit risk=high --as ann
at record KIT visit risk=high --as bo
echo '== a closed case'
at record KIT seen --as ann
at pause KIT visit --as ann --reason x
echo '== a week without the program, then two ticks'
now=2021-03-15T09:00
at tick
at tick
at worklist
at why KEY visit | tail -n 3
echo '== a clock that went back, and one that is behind what was recorded'
at record KEY seen --as ann
now=2021-03-10T09:00
at record KEY seen --as ann
at status | grep -i clock
now=2021-03-16T09:00
echo '== late, and in the future'
at record KEY seen --as ann --at 2021-03-02
at record KEY seen --as ann --at 2021-03-17
at record KEY visit risk=low --as ann --at 2021-03-03T10:00
at history KEY
echo '== corrections'
at amend KEY 5 risk=high --as ann
at amend KEY 99 risk=high --as ann --reason 'mistyped'
at void KEY 1 --as ann --reason 'mistyped'
at void KEY 3 --as ann
whole
at verify --rebuild
