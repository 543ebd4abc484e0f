import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { root } from '../../scripts/sources.ts'
import { freePort } from '../../server/test/free-port.ts'
import { Process } from '../process.ts'
import { cleanEnvironment } from '../signet.ts'

const scratch = mkdtempSync(join(tmpdir(), 'signet-start-'))
const running: Process[] = []

afterAll(async () => {
  for (const process of running) await process.stop()
  rmSync(scratch, { recursive: true, force: true })
})

function start(env: NodeJS.ProcessEnv, { script = join(root, 'bin/start'), cwd = root } = {}): Process {
  const process = new Process(script, [], {
    cwd,
    env: { ...cleanEnvironment(), DATA_DIR: join(scratch, 'data'), ...env },
  })
  running.push(process)
  return process
}

/** Its own, and of what it started and waited for. */
function secondsOfProcessor({ child }: Process): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  // After the name, which may have any signs: state, ten more, then ticks of a hundredth of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
}

/** One sentence on stderr, nothing of a stack, and an exit code that says no. */
async function refusal(process: Process): Promise<string> {
  const code = await process.ended
  expect(code, process.output + process.errors).toBe(1)
  expect(process.errors.trim().split('\n')).toHaveLength(1)
  expect(process.errors).toMatch(/^[A-Z].*\.\n$/)
  return process.errors
}

test('a second start installs and builds nothing, prints where to go, and ends with 0 when told to stop [DL8]', async () => {
  const port = await freePort()
  const first = start({ PORT: String(port) })
  await first.answers(`http://localhost:${port}/readyz`, 120_000)
  expect(await first.stop()).toBe(0)

  const second = start({ PORT: String(port) })
  await second.answers(`http://localhost:${port}/readyz`)
  // The first one may have installed and built.
  expect(second.output).not.toMatch(/Installing|Building/)
  // By the processor's time: how long it takes on the clock depends on what else runs here.
  if (process.platform === 'linux') expect(secondsOfProcessor(second)).toBeLessThan(4)
  expect(second.output).toContain(`http://localhost:${port}`)
  expect(second.errors).toBe('')
  expect(await second.stop()).toBe(0)
})

test('starts from any folder, through a link, with a data folder named from there', async () => {
  const port = await freePort()
  const link = join(scratch, 'signet')
  symlinkSync(join(root, 'bin/start'), link)
  const process = start({ PORT: String(port), DATA_DIR: 'beside' }, { script: link, cwd: scratch })
  await process.answers(`http://localhost:${port}/readyz`)
  expect(await process.stop('SIGINT')).toBe(0)
})

test('[HT4] a port in use ends the start with one sentence', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  const said = await refusal(start({ PORT: String(port) }))
  expect(said).toContain(String(port))
  other.close()
})

test('[HT4] a data folder that cannot be written ends the start with one sentence', async () => {
  const file = join(scratch, 'a-file')
  writeFileSync(file, '')
  const folder = join(file, 'data')
  expect(await refusal(start({ PORT: String(await freePort()), DATA_DIR: folder }))).toContain(folder)
})

test('[HT4] an option with a wrong value ends the start with one sentence that names it', async () => {
  expect(await refusal(start({ PORT: 'four thousand' }))).toContain('PORT')
  expect(await refusal(start({ SIGNET_MASTER_KEY: 'too short' }))).toContain('SIGNET_MASTER_KEY')
})

test('[SS4] another master key than the one the secrets were encrypted under ends the start with one sentence', async () => {
  const port = await freePort()
  const env = { PORT: String(port), DATA_DIR: join(scratch, 'sealed'), SIGNET_MASTER_KEY: '1f'.repeat(32) }
  const first = start(env)
  const url = `http://localhost:${port}`
  await first.answers(`${url}/readyz`)
  const { api } = new Agent(url)
  const owner = { name: 'Ada Marsh', email: 'ada@example.com', password: 'a long password' }
  const { project } = await api('POST /setup', { body: { ...owner, projectName: 'Tea' } })
  await api('POST /projects/:project/shared-secrets', { params: { project: project.id }, body: {} })
  await first.stop()

  const wrong = '2e'.repeat(32)
  const said = await refusal(start({ ...env, SIGNET_MASTER_KEY: wrong }))
  expect(said).toContain('SIGNET_MASTER_KEY')
  expect(said).not.toContain(wrong)
  expect(await refusal(start({ ...env, SIGNET_MASTER_KEY: undefined }))).toMatch(/key/)

  const again = start(env)
  await again.answers(`${url}/readyz`)
})
