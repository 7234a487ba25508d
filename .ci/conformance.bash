# What the checks that need Node.js have in common; they source it. Each prints its counts as its last line.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() { echo "SKIPPED: $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }

broken() { echo "FAILED: $1"; echo "0 passed, 1 failed"; exit 1; }

need_node() { # need_node WHAT IS NOT DONE WITHOUT IT
  command -v node >/dev/null && command -v npm >/dev/null || skip "Node.js with npm is missing, so $1."
}

build() { # the server and the C# twins of the workflows, as they are now
  local project
  for project in compat/Temporalio.DevServer tests/conformance/csharp; do
    dotnet build "$project" -v q --nologo || broken "$project does not build."
  done
  export TEMPORAL_DEV_SERVER="dotnet $PWD/compat/Temporalio.DevServer/bin/Debug/net10.0/Temporalio.DevServer.dll"
  export CSHARP_TWINS="dotnet $PWD/tests/conformance/csharp/bin/Debug/net10.0/Polyglot.dll"
}

run_tests() { # run_tests FOLDER SECONDS HOW TO INSTALL...
  local folder=$1 limit=$2 log passed failed cancelled skipped
  shift 2
  cd "$folder" || broken "$folder is missing."
  "$@" --no-fund --no-audit --loglevel=error || broken "the packages of $folder could not be installed."
  log=$(mktemp)
  timeout "$limit" npm test --silent >"$log" 2>&1 || true
  cat "$log"
  count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
  passed=$(count pass) failed=$(count fail) cancelled=$(count cancelled) skipped=$(count skipped)
  rm -f "$log"
  [ -n "$passed" ] || broken "$folder did not end within $limit seconds, or could not begin."
  failed=$((failed + cancelled))
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ]
}
