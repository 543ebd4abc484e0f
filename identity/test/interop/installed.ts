/** Whether a sample's library is on this machine, and which version. `bin/test` installs what it can get. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
export const examples = join(root, 'examples')
/** Within reach of node_modules, so that Node's samples find their libraries. */
export const cache = join(root, 'node_modules/.cache/interop')

/** What the program prints; nothing where it is missing or fails. */
export function said(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

export function npmVersion(name: string): string | undefined {
  return field(join(root, 'node_modules', name, 'package.json'), 'version')
}

/** Debian's packages belong to Debian's Python, which need not be the first on the path. */
export const python = ['python3', '/usr/bin/python3'].find(hasJwt) ?? 'python3'

function hasJwt(program: string): boolean {
  return said(program, '-c', 'import jwt') !== undefined
}

/** Composer's folder: of somebody who ran it, or what `bin/test` unpacked. */
export const phpVendor = [join(examples, 'php/vendor'), join(root, 'node_modules/.cache/php-vendor')].find((folder) =>
  existsSync(join(folder, 'firebase/php-jwt/src/JWT.php')),
)

export function phpVersion(): string | undefined {
  if (!phpVendor || said('php', '-v') === undefined) return undefined
  const listed: unknown = JSON.parse(readFileSync(join(phpVendor, 'composer/installed.json'), 'utf8'))
  return JSON.stringify(listed).match(/"firebase\/php-jwt","version":"v([\d.]+)"/)?.[1]
}

const golangJwt = '/usr/share/gocode/src/github.com/golang-jwt/jwt'
export const goLibrary = [join(golangJwt, 'v5'), golangJwt].find((folder) => existsSync(join(folder, 'claims.go')))

export function goVersion(): string | undefined {
  if (!goLibrary || said('go', 'version') === undefined) return undefined
  const [, name = ''] = said('dpkg', '-S', join(goLibrary, 'claims.go'))?.match(/^(\S+):/) ?? []
  return said('dpkg-query', '-W', name)?.match(/\t([\d.]+)/)?.[1]
}

function field(file: string, name: string): string | undefined {
  if (!existsSync(file)) return undefined
  const object: Partial<Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8'))
  return String(object[name])
}
