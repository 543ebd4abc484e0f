# Sourced by bin/test: brings what some tests need and npm does not carry. POSIX sh.
# Without it those tests are left out, and this says so loudly.

install_chromium() {
  chromium_is_here && return 0
  by_apt Chromium chromium && chromium_is_here && return 0
  quietly 'Downloading Chromium' npx playwright-core install chromium && chromium_is_here && return 0
  left_out 'no Chromium, so the journeys in a browser' 'Install it, or name yours: CHROMIUM=/path/to/chrome bin/test'
}

install_redis() {
  redis_is_here && return 0
  by_apt Redis redis-server && redis_is_here && return 0
  left_out 'no redis-server, so the tests of several nodes' 'Install Redis or Valkey.'
}

chromium_is_here() {
  [ -n "${CHROMIUM:-}" ] && return 0
  one_is_here chromium chromium-browser google-chrome && return 0
  node --input-type=module -e '
    import { existsSync } from "node:fs"
    import { chromium } from "playwright-core"
    process.exit(existsSync(chromium.executablePath()) ? 0 : 1)
  '
}

redis_is_here() {
  one_is_here redis-server valkey-server
}

one_is_here() {
  for program in "$@"; do
    command -v "$program" >/dev/null && return 0
  done
  return 1
}

by_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  quietly "Installing $1" sh -c '
    apt-get -q update
    DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$1"
  ' sh "$2"
}

left_out() {
  printf '\n*** THERE IS %s are left out of this run. ***\n*** %s ***\n\n' "$1" "$2" >&2
}
