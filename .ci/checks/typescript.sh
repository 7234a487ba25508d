#!/usr/bin/env bash
# The official TypeScript SDK against the dev server and against the C# SDK. Last line: the counts.
set -uo pipefail
cd "$(dirname "$0")/../.."
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "SKIPPED: Node.js with npm is missing, so the TypeScript SDK was not run against the dev server."
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
twins="$PWD/tests/conformance/csharp/bin/Debug/net10.0/Polyglot.dll"
server="$PWD/compat/Temporalio.DevServer/bin/Debug/net10.0/Temporalio.DevServer.dll"
[ -f "$server" ] || dotnet build compat/Temporalio.DevServer -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
[ -f "$twins" ] || dotnet build tests/conformance/csharp -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
cd tests/conformance/typescript
# The lock file pins versions; "npm ci" would also ask for the optional binaries of other platforms, which not every feed has.
npm install --no-save --no-fund --no-audit --loglevel=error || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp)
TEMPORAL_DEV_SERVER="dotnet $server" CSHARP_TWINS="dotnet $twins" timeout 900 npm test --silent >"$log" 2>&1
cat "$log"
count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
passed=$(count pass) failed=$(( $(count fail || true) + $(count cancelled || true) )) skipped=$(count skipped)
[ -n "$passed" ] || { passed=0; failed=1; }
echo "${passed} passed, ${failed:-1} failed, ${skipped:-0} skipped"
[ "${failed:-1}" = 0 ]
