# From clauses to lines and scenarios, and back.
tell trace visit.flow
cat >visit.scenarios.flow <<'FLOW'
scenario "A plan, and its end"
  given a case at plan on Monday 1 March 2021
  and worry is some
  when close-case by manager with reason "moved away" on 2 March 2021
  when close-case is approved by duty on 2 March 2021
  then case is at closed
FLOW
tell trace visit.flow | sed -n '/^  VIS-6/,/^  VIS-7/p'
tell trace visit.flow | sed -n '/^Scenarios/,/^$/p'
sed -i '/worry is some/d' visit.scenarios.flow
tell trace visit.flow | grep fails
sed 's/because VIS-7/because VIS-70/; s/clauses 1 to 9/clauses 1 to 12/' visit.flow >wrong.flow
tell trace wrong.flow | grep 'VIS-7\|VIS-1[0-2]\|nobody'
tell trace wrong.flow --json | grep -A3 '"VIS-70"\|"VIS-10"' | head -8
sed 's/worry is high/wory is high/' wrong.flow >wronger.flow
tell trace wronger.flow | tail -3
tell trace visit.flow --format html | grep -A8 'id="clause-6"'
tell trace visit.flow --format pdf
tell trace visit.flow --format html --json
tell trace visit.flow --format html --output trace.html
tell trace visit.flow --format html --output visit.scenarios.flow --force
grep -c '<tr' trace.html
