#!/usr/bin/env bash
# The dev server's inspection page in headless Chromium.
source "$(dirname "$0")/../conformance.bash"
need_node "the inspection page was not looked at"
browser=$(command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
  browser=$(command -v chromium || true)
fi
[ -n "$browser" ] || skip "Chromium is missing and could not be installed, so the inspection page was not looked at."
build
CHROMIUM="$browser" run_tests tests/conformance/browser 300 npm ci
