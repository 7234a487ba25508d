#!/usr/bin/env bash
# The official TypeScript SDK against the dev server and against the C# SDK.
source "$(dirname "$0")/../conformance.bash"
need_node "the TypeScript SDK was not run against the dev server"
build
# The lock file pins versions; "npm ci" would also ask for the optional binaries of other platforms.
run_tests tests/conformance/typescript 900 npm install --no-save
