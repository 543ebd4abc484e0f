/**
 * `bin/start --demo`: the server with a week of conversations behind it, and beside it a shop whose customers chat.
 *
 * Its data lie in a folder of their own. `demo.json` there keeps what a second start needs, for a secret is shown only
 * once. It is written last, so that a set-up which was interrupted is begun anew.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { writeHistory } from './demo/history.ts'
import type { Demo } from './demo/set-up.ts'
import { root } from './sources.ts'

const dataDir = resolve(process.env.DATA_DIR || join(root, 'data/demo'))
const port = Number(process.env.PORT || 4000)
const shopPort = Number(process.env.SHOP_PORT || port + 1)
const signet = process.env.PUBLIC_URL || `http://localhost:${port}`
const shop = `http://localhost:${shopPort}`
const children: ChildProcess[] = []
let ending = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))
// Whatever becomes of this process, neither stays behind.
process.on('exit', () => {
  for (const child of children) child.kill()
})

const demo = await recall()
run('server/index.ts', { PORT: String(port), DATA_DIR: dataDir })
await answer(`http://127.0.0.1:${port}/readyz`)
run('examples/node-express/server.js', {
  PORT: String(shopPort),
  SIGNET_URL: signet,
  SIGNET_PROJECT: demo.project,
  SIGNET_SECRET: demo.secret,
  COOKIE_SECRET: demo.secret,
})
await answer(`http://127.0.0.1:${shopPort}/`)
console.log(welcome(demo))

async function recall(): Promise<Demo> {
  const file = join(dataDir, 'demo.json')
  const begun = join(dataDir, 'demo-begun')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const holdsData = existsSync(dataDir) && readdirSync(dataDir).length > 0
  if (holdsData && !existsSync(begun)) {
    console.error(`${dataDir} holds other data than the demo's. Name an empty folder with DATA_DIR.`)
    process.exit(1)
  }
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(begun, '')
  process.stdout.write('Writing a week of conversations… ')
  const demo = await writeHistory(dataDir)
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  rmSync(begun)
  console.log('done')
  return demo
}

function run(program: string, env: NodeJS.ProcessEnv) {
  // What they print themselves would stand twice; what they complain of must be seen.
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child.on('exit', (code) => void end(code ?? 1))
  children.push(child)
}

async function end(code: number) {
  if (ending) return
  ending = true
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  await Promise.all(
    running.map((child) => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return ended
    }),
  )
  process.exit(code)
}

async function answer(url: string) {
  while (!ending) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    await wait(30)
  }
}

function welcome({ logIns }: Demo): string {
  const agents = logIns.map(({ email, password, role }) => `              ${email}  ${password}  (${role})`)
  return `
  Dashboard   ${signet}
${agents.join('\n')}

  Shop        ${shop}
              log in as Maya, Tomás or Aiko, open the chat, and answer in the dashboard

  Ctrl-C ends both.
`
}
