# Sheets for roles.
tell roles visit.flow
tell roles visit.flow --role worker --format html
tell roles visit.flow --role wroker
tell roles visit.flow --format pdf
tell roles visit.flow --output roles.txt --role duty
tell roles visit.flow --output roles.txt
wc -l <roles.txt
# A group has a sheet only when it is asked for; its members have its work.
sed 's/^role worker .*/role worker "Worker" is any of social-worker, early-help-worker/
    s/^use "cal.*/&\nuse "roles\/childrens-services"/' visit.flow >group.flow
tell roles group.flow | grep '^[A-Z]\|as \|^    See'
tell roles group.flow --role worker | sed -n '4,10p'
