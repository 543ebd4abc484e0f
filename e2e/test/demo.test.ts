import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Agent } from '../../scripts/demo/agent.ts'
import { root } from '../../scripts/sources.ts'
import { freePort } from '../../server/test/free-port.ts'
import { Process } from '../process.ts'
import { cleanEnvironment } from '../signet.ts'

const scratch = mkdtempSync(join(tmpdir(), 'signet-demo-'))
const running: Process[] = []

afterAll(async () => {
  for (const process of running) await process.stop()
  rmSync(scratch, { recursive: true, force: true })
})

async function startDemo(dataDir: string) {
  const port = await freePort()
  const shopPort = await freePort()
  const process = new Process(join(root, 'bin/start'), ['--demo'], {
    env: { ...cleanEnvironment(), PORT: String(port), SHOP_PORT: String(shopPort), DATA_DIR: dataDir },
  })
  running.push(process)
  return { process, dashboard: `http://localhost:${port}`, shop: `http://localhost:${shopPort}` }
}

/** The owner's log-in, as it is printed. */
function ownerIn(output: string) {
  const [, email, password] = output.match(/(\S+@\S+) {2}(\S+) {2}\(owner\)/) ?? []
  if (!email || !password) throw new Error(`No log-in was printed.\n${output}`)
  return { email, password }
}

test('the demo prints addresses and log-ins that work, remembers them, and ends whole', async () => {
  const dataDir = join(scratch, 'demo')
  const first = await startDemo(dataDir)
  await first.process.answers(first.shop, 120_000)
  await expect.poll(() => first.process.output).toContain(first.shop)
  const owner = ownerIn(first.process.output)

  const ada = new Agent(first.dashboard)
  const { memberships } = await ada.api('POST /agent-session', { body: owner })
  const project = memberships[0]?.project.id ?? ''
  const list = await ada.api('GET /projects/:project/conversations', { params: { project }, query: { limit: '50' } })
  const identities = list.conversations.flatMap((each) => ('visitor' in each ? [each.visitor.identity] : []))
  expect(new Set(identities)).toEqual(new Set(['verified', 'verified_earlier', 'claimed', 'anonymous']))
  expect(await (await fetch(first.shop)).text()).toContain(project)
  expect(statSync(join(dataDir, 'demo.json')).mode & 0o777).toBe(0o600)

  expect(await first.process.stop()).toBe(0)
  await expect(fetch(first.shop)).rejects.toThrow()
  await expect(fetch(first.dashboard)).rejects.toThrow()

  const second = await startDemo(dataDir)
  await second.process.answers(second.shop)
  await expect.poll(() => second.process.output).toContain(second.shop)
  expect(ownerIn(second.process.output)).toEqual(owner)
  expect(await second.process.stop('SIGINT')).toBe(0)
})

test('the demo leaves a folder alone that holds other data', async () => {
  const dataDir = mkdtempSync(join(scratch, 'real-'))
  writeFileSync(join(dataDir, 'signet.db'), 'precious')
  const { process } = await startDemo(dataDir)
  expect(await process.ended).toBe(1)
  expect(process.errors).toContain(dataDir)
  expect(process.output).not.toContain('Writing')
})
