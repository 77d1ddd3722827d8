#!/bin/sh
# All benchmarks, in one run. Each compares with a hand-written limit or a bare
# tool on the same input; none is a test with a time in it.
build=${1:-build}
cd "$(dirname "$0")/.." || exit 1
status=0
"$build/bench/bench_vm" || status=1
"$build/bench/bench_store" || status=1
"$build/bench/bench_start" "$build/casewright" || status=1
"$build/bench/bench_compile" || status=1
"$build/bench/bench_check" || status=1
"$build/bench/bench_scenarios" || status=1
"$build/bench/bench_tick" || status=1
"$build/bench/bench_import" || status=1
"$build/bench/bench_replay" "$build/casewright" || status=1
exit $status
