# test --watch: runs again when a file changes, also when it is wrong for a while.
# Each run ends in the line on coverage; reading up to it is how we wait.
echo "\$ casewright test visit.flow --watch"
up_to() { # the beginning of the last line
    while IFS= read -r line <&3; do
        echo "$line"
        case $line in "$1"*) return ;; esac
    done
}
mkfifo out
"$program" test visit.flow --watch >out 2>&1 &
watcher=$!
exec 3<out
up_to coverage:
cat >visit.scenarios.flow <<'END'
scenario "the visit is due in three working days"
  given a case at visiting on Wednesday 31 March 2021
  then visit is due by Wednesday 7 April 2021
END
up_to coverage:
sed 's/Wednesday 7/Friday 9/' visit.scenarios.flow >other && mv other visit.scenarios.flow
up_to coverage:
echo 'scenario "not yet' >visit.scenarios.flow
up_to casewright:
rm visit.scenarios.flow
up_to coverage:
kill "$watcher"
wait "$watcher"
echo "[exit $?]"
tell test none.flow --watch
