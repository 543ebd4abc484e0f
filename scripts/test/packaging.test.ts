/** What Signet is shipped in: the image, the compose files, the systemd unit, and the page that says how to run it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root, sources } from '../sources.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Every option that config.ts reads. */
const options = new Set(
  [...read('server/config.ts').matchAll(/environment, '([A-Z_]+)'/g)].map(([, name = '']) => name),
)

interface Service {
  image?: string
  build?: string
  ports?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }> | string[]
  volumes?: string[]
  healthcheck?: object
  read_only?: boolean
}

const composeFiles = ['compose.yaml', 'ops/compose.nodes.yaml']
const compose = (path: string): { services: Record<string, Service>; volumes: object } =>
  parse(read(path), { merge: true })

describe('the image', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))

  test('[HT3] is made of a Node that the sources run on, and of no version by chance', () => {
    const bases = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1])
    const { engines } = JSON.parse(read('package.json'))
    for (const base of bases) expect(base).toBe(`node:${engines.node.replace(/\D/g, '')}-slim`)
  })

  test('[HT3] runs as nobody in particular, and says whether it is alive', () => {
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    // What comes after it is no longer made as root.
    expect(last.findIndex((line) => line.startsWith('USER '))).toBeGreaterThan(
      last.findLastIndex((line) => line.startsWith('RUN ')),
    )
    expect(last.find((line) => line.startsWith('HEALTHCHECK '))).toContain('/healthz')
    // In the form of a list: a shell in between would keep SIGTERM to itself (DL8).
    expect(last.at(-1)).toBe('CMD ["node", "server/index.ts"]')
  })

  test('[HT3] has every folder that the server imports, and none of the tests', () => {
    const copied = last.flatMap((line) => [...(/^COPY --from=build (.+) \S+$/.exec(line) ?? [])].slice(1)).join(' ')
    const needed = new Set(
      sources('{server,identity,protocol}/**/*.ts')
        .filter(({ path }) => !path.includes('/test/'))
        .flatMap(({ path }) => path.split('/')[0] ?? []),
    )
    for (const folder of [...needed, 'dist', 'node_modules', 'package.json']) {
      expect(copied).toContain(`/signet/${folder}`)
    }
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['.git', 'node_modules', 'data', '**/test']) expect(ignored).toContain(path)
  })
})

describe.each(composeFiles)('%s', (path) => {
  const { services, volumes } = compose(path)
  const own = Object.values(services).filter(({ build }) => build !== undefined)

  test('[HT3] gives a node nothing that it does not need', () => {
    expect(own.length).toBeGreaterThan(0)
    for (const service of own) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
        stop_grace_period: '15s',
      })
    }
  })

  test('[HT4] sets only options that there are', () => {
    for (const { environment = {} } of own) {
      expect(Object.keys(environment).filter((name) => !options.has(name))).toEqual([])
    }
  })

  test('[HT4] hands every option on that the image does not settle itself', () => {
    const settled = new Set(['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL'])
    for (const { environment = {} } of own) {
      expect([...options].filter((name) => !(name in environment || settled.has(name)))).toEqual([])
    }
  })

  test('[HT3] names only volumes, files and services that there are', () => {
    for (const { volumes: mounts = [], depends_on: needs = [], healthcheck, image } of Object.values(services)) {
      for (const mount of mounts) {
        const [from = ''] = mount.split(':')
        if (from.startsWith('.')) expect(existsSync(join(root, path, '..', from)), from).toBe(true)
        else expect(Object.keys(volumes)).toContain(from)
      }
      const conditions = Array.isArray(needs) ? needs.map((name) => [name, {}] as const) : Object.entries(needs)
      for (const [name] of conditions) expect(Object.keys(services)).toContain(name)
      // Ours is in the image.
      if (image !== 'signet' && image !== 'caddy:2') expect(healthcheck).toBeDefined()
      expect(image).toMatch(/^signet$|:\d/)
    }
  })

  test('[HT3] opens no port to the world but a proxy’s', () => {
    for (const [name, { ports = [] }] of Object.entries(services)) {
      if (name !== 'caddy') for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    }
  })
})

test('[HT4] the example of ops/compose.nodes.yaml’s options names each, and gives no secret', () => {
  const named = [...read('ops/nodes.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)]
  const asked = new Set([...read('ops/compose.nodes.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name))
  expect(new Set(named.map(([, name]) => name))).toEqual(asked)
  for (const [, , value] of named) expect(value).toBe('')
})

test('[HT3] the systemd unit starts what is there, and gives it up within the time that it needs', () => {
  const unit = read('ops/signet.service')
  expect(unit).toContain('ExecStart=/opt/signet/node_modules/.bin/node server/index.ts')
  expect(existsSync(join(root, 'server/index.ts'))).toBe(true)
  for (const line of ['User=signet', 'Restart=always', 'ProtectSystem=strict', 'NoNewPrivileges=yes', 'UMask=0077']) {
    expect(unit.split('\n')).toContain(line)
  }
  const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? []
  expect(Number(seconds)).toBeGreaterThan(10)
  // It compiles while it runs.
  expect(unit).not.toContain('MemoryDenyWriteExecute')
  for (const [, name = ''] of unit.matchAll(/^Environment=([A-Z_]+)=/gm)) {
    expect(options.has(name) || name.startsWith('NODE_'), name).toBe(true)
  }
})

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0
if (!systemd) console.warn('There is no systemd here: the unit is not verified by it.')

test.skipIf(!systemd)('[HT3] systemd finds nothing wrong with the unit, and little that it could do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signet-unit-'))
  const unit = join(folder, 'signet.service')
  // Whether a program is where the unit says is another machine's matter.
  writeFileSync(unit, read('ops/signet.service').replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
  const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
  const exposure = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit])
  rmSync(folder, { recursive: true })
  expect([verified.stderr, verified.status]).toEqual(['', 0])
  expect(exposure.status).toBe(0)
})

test('[HT4] docs/operate.md names every option, and no other', () => {
  const said = read('docs/operate.md')
  expect(options.size).toBeGreaterThan(10)
  expect([...options].filter((name) => !said.includes(`\`${name}\``))).toEqual([])
})

test.each(['docs/operate.md', 'README.md'])(
  '[HT4] %s names only options that there are, with their numbers',
  (path) => {
    const code = read('server/config.ts')
    const rows = [...read(path).matchAll(/^\| (`[A-Z][A-Z_`, ]+`) \|.*\| ([^|]+) \|$/gm)]
    expect(rows.length).toBeGreaterThan(10)
    for (const [, names = '', values = ''] of rows) {
      for (const [index, name] of names.replaceAll('`', '').split(', ').entries()) {
        expect(options, name).toContain(name)
        const number = new RegExp(`environment, '${name}', ([0-9_]+)`).exec(code)?.[1]?.replaceAll('_', '')
        if (number !== undefined) expect(values.split(', ')[index], name).toBe(number)
      }
    }
  },
)

test('[HT3] what docs/operate.md shows of a proxy is what is in ops/', () => {
  const shown = [...read('docs/operate.md').matchAll(/^```(nginx|caddy)\n([\s\S]*?)^```$/gm)]
  const [nginx, caddy] = [read('ops/nginx/signet.conf'), read('ops/caddy/Caddyfile')].map(trimmed)
  expect(shown.map(([, kind]) => kind).toSorted()).toEqual(['caddy', 'nginx'])
  for (const [, kind, text = ''] of shown) expect(kind === 'nginx' ? nginx : caddy).toContain(trimmed(text))
})

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n')
}
