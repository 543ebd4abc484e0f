# Sourced by bin/test: brings what the journeys need and npm does not carry. POSIX sh.

chromium_is_here() {
  [ -n "${CHROMIUM:-}" ] && return 0
  for program in chromium chromium-browser google-chrome; do
    command -v $program >/dev/null && return 0
  done
  [ -n "$(node --input-type=module -e '
    import { existsSync } from "node:fs"
    import { chromium } from "playwright-core"
    if (existsSync(chromium.executablePath())) console.log("here")
  ')" ]
}

install_chromium() {
  chromium_is_here && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    quietly 'Installing Chromium' by_apt chromium && chromium_is_here && return 0
  fi
  quietly 'Downloading Chromium' npx playwright-core install chromium && chromium_is_here && return 0
  cat >&2 <<'END'

  *** THERE IS NO CHROMIUM. The journeys in a browser are left out of this run. ***
  *** Install Chromium, or name yours: CHROMIUM=/path/to/chrome bin/test           ***

END
}

by_apt() {
  apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
}
