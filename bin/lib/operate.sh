# Sourced by bin/backup and its like. POSIX sh.
# Installs what is missing and becomes the command, in the folder where it was typed: its paths are meant from there.
operate() {
  root=$(cd "$(dirname "$0")/.." && pwd -P)
  DATA_DIR=${DATA_DIR:-$root/data}
  export DATA_DIR
  typed_in=$PWD
  cd "$root"
  . bin/lib/install.sh
  install_packages >&2
  cd "$typed_in"
  exec "$root/node_modules/.bin/node" "$root/server/operate/run.ts" "$@"
}
