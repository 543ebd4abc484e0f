# Sourced by bin/test: brings what some tests need and npm does not carry. POSIX sh.
# Without it those tests are left out, and this says so loudly.

php_vendor=node_modules/.cache/php-vendor

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

# The languages of examples/, each with its JWT library: 100 MB and half a minute, most of it Go's.
install_signers() {
  packages=$(missing_signers)
  # shellcheck disable=SC2086,SC2116 # a list of packages, on one line
  [ -z "$packages" ] || by_apt "what the samples sign with" $packages
  php_jwt_is_here || unpack_php_jwt
  packages=$(missing_signers)
  php_jwt_is_here || packages="$packages firebase/php-jwt"
  [ -z "$packages" ] && return 0
  left_out "no $(echo $packages), so the samples that sign with it" 'Install it: apt and root are what this does it with.'
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

missing_signers() {
  python_has_jwt python3 || python_has_jwt /usr/bin/python3 || echo python3-jwt python3-cryptography
  ruby -rjwt -e '' 2>/dev/null || echo ruby ruby-jwt
  perl -MCrypt::JWT -e '' 2>/dev/null || echo libcrypt-jwt-perl
  one_is_here php || echo php-cli
  one_is_here go && [ -d /usr/share/gocode/src/github.com/golang-jwt/jwt ] ||
    echo golang-go golang-github-golang-jwt-jwt-dev
}

python_has_jwt() {
  "$1" -c 'import jwt, cryptography' 2>/dev/null
}

php_jwt_is_here() {
  [ -f examples/php/vendor/firebase/php-jwt/src/JWT.php ] || [ -f "$php_vendor/firebase/php-jwt/src/JWT.php" ]
}

# Debian carries the library inside of another program alone. That is unpacked and not installed: nothing else of it is
# wanted.
unpack_php_jwt() {
  has_apt && quietly 'Unpacking firebase/php-jwt' sh -ec '
    mkdir -p "$1"
    vendor=$(cd "$1" && pwd)
    folder=$(mktemp -d)
    trap "rm -rf \"$folder\"" EXIT
    cd "$folder"
    apt-get -q update
    apt-get -q download zoneminder
    dpkg-deb --fsys-tarfile zoneminder_*.deb | tar -x --strip-components=6 -C "$vendor" \
      ./usr/share/zoneminder/www/vendor/firebase ./usr/share/zoneminder/www/vendor/composer/installed.json
  ' sh "$php_vendor"
}

one_is_here() {
  for program in "$@"; do
    command -v "$program" >/dev/null && return 0
  done
  return 1
}

by_apt() {
  has_apt || return 1
  what=$1
  shift
  quietly "Installing $what" sh -c '
    apt-get -q update
    DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
  ' sh "$@"
}

has_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

left_out() {
  printf '\n*** THERE IS %s are left out of this run. ***\n*** %s ***\n\n' "$1" "$2" >&2
}
