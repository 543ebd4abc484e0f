# Sourced by bin/start and bin/test: installs packages and builds the browser parts, each only when needed.
# Expects $root. POSIX sh.

# npm warns about engines and the like in the middle of everything; its words are kept and shown only when it fails.
quietly() {
  what=$1
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/signet.XXXXXX") || return 1
  began=$(date +%s)
  printf '%s… ' "$what"
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    printf '%s s\n' "$(($(date +%s) - began))"
  else
    printf 'failed\n'
    tail -n 40 "$log" >&2
    echo "$what failed. All that was said is in $log" >&2
    return 1
  fi
}

install_packages() {
  if ! packages_are_installed; then
    if [ -L node_modules ]; then
      echo 'node_modules is a link to another folder, and installing would empty that. Remove the link.' >&2
      return 1
    fi
    command -v npm >/dev/null || {
      echo 'Signet needs npm. Install Node.js from https://nodejs.org (any version that has npm 10 or later).' >&2
      return 1
    }
    quietly 'Installing packages' \
      npm ci --include=dev --ignore-scripts=false --no-audit --no-fund --loglevel=error || return 1
    remember_packages
  fi
  if ! [ -x node_modules/.bin/node ]; then
    echo 'npm did not bring Node 26 (the package "node"). Delete node_modules and start again.' >&2
    return 1
  fi
  PATH=$root/node_modules/.bin:$PATH
  # Loaded code is kept compiled, which halves the time of the next start.
  NODE_COMPILE_CACHE=$root/node_modules/.cache/compiled
  export PATH NODE_COMPILE_CACHE
}

packages_are_installed() {
  [ -x node_modules/.bin/node ] || return 1
  [ "$(cat node_modules/.installed-from 2>/dev/null)" = "$(cksum <package-lock.json)" ] && return 0
  # Somebody ran npm himself: its own note is then younger than the lock file and than ours.
  own=node_modules/.package-lock.json
  [ -f $own ] || return 1
  [ -n "$(find $own -newer package-lock.json)" ] || return 1
  if [ -f node_modules/.installed-from ]; then
    [ -n "$(find $own -newer node_modules/.installed-from)" ] || return 1
  fi
  remember_packages
}

remember_packages() {
  cksum <package-lock.json >node_modules/.installed-from
}

build_browser_parts() {
  sources=$(sources_of_browser_parts)
  [ "$(cat dist/built-from 2>/dev/null)" = "$sources" ] && return 0
  rm -f dist/built-from
  quietly 'Building widget and dashboard' npm run build || return 1
  echo "$sources" >dist/built-from
}

# By content and not by time: a checkout changes times and a restored cache keeps old ones.
sources_of_browser_parts() {
  {
    find protocol client widget dashboard docs scripts/*docs.ts scripts/markdown.ts -name test -prune -o -type f -print | LC_ALL=C sort
    # The dashboard shows them. No deeper, because somebody may have installed packages there.
    find examples -maxdepth 2 -type f | LC_ALL=C sort
    echo package-lock.json
  } | xargs cksum | cksum
}
