#!/usr/bin/env bash
# Installs what the tests need and is missing (a browser), then runs every test.
# Arguments go to `dotnet test`, for example: bash tests/run.sh --filter-class '*LabelServiceTests'
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

find_browser() {
  local candidate
  for candidate in "${CATDOG_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$candidate" ] && command -v "$candidate" && return
  done
  return 1
}

if ! browser=$(find_browser); then
  root=()
  if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
  if command -v apt-get >/dev/null; then
    echo 'Installing Chromium for the browser tests.'
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  fi
  browser=$(find_browser) || echo 'No Chromium was found or could be installed: the browser tests will be skipped. Name one in CATDOG_CHROMIUM.'
fi
export CATDOG_CHROMIUM="${browser:-}"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
rm -rf TestResults
dotnet build -c Release CatDog.Web.sln
# One test program at a time: several of them train or drive a browser, and two cores are few.
dotnet test -c Release --no-build --solution CatDog.Web.sln --max-parallel-test-modules 1 \
  --results-directory "$PWD/TestResults" --report-xunit-trx "$@"
