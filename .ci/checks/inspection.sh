#!/usr/bin/env bash
# The dev server's inspection page in headless Chromium. Last line: the counts.
set -uo pipefail
cd "$(dirname "$0")/../.."
skip() { echo "SKIPPED: $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
command -v node >/dev/null && command -v npm >/dev/null || skip "Node.js with npm is missing, so the inspection page was not looked at."
browser=$(command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
  browser=$(command -v chromium || true)
fi
[ -n "$browser" ] || skip "Chromium is missing and could not be installed, so the inspection page was not looked at."
twins="$PWD/tests/conformance/csharp/bin/Debug/net10.0/Polyglot.dll"
server="$PWD/compat/Temporalio.DevServer/bin/Debug/net10.0/Temporalio.DevServer.dll"
[ -f "$server" ] || dotnet build compat/Temporalio.DevServer -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
[ -f "$twins" ] || dotnet build tests/conformance/csharp -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
cd tests/conformance/browser
npm ci --no-fund --no-audit --loglevel=error || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp)
CHROMIUM="$browser" TEMPORAL_DEV_SERVER="dotnet $server" CSHARP_TWINS="dotnet $twins" timeout 300 npm test --silent >"$log" 2>&1
cat "$log"
count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
passed=$(count pass) failed=$(( $(count fail || true) + $(count cancelled || true) ))
[ -n "$passed" ] || { passed=0; failed=1; }
echo "${passed} passed, ${failed} failed"
[ "$failed" = 0 ]
