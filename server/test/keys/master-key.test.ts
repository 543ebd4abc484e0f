import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { MasterKeyError } from '../../keys/master-key-error.ts'
import { Shop, Signet, type StartOptions } from '../signet.ts'

let dataDir: string
let file: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-keys-'))
  file = join(dataDir, 'master.key')
  return () => rmSync(dataDir, { recursive: true, force: true })
})

/** Starts, perhaps makes a secret, and stops; gives back a token signed with it. */
async function run({ config, secret = false }: StartOptions & { secret?: boolean } = {}) {
  const signet = await Signet.start({ dataDir, ...(config && { config }) })
  const shop = secret ? await Shop.open(signet) : undefined
  await signet.stop()
  return { project: shop?.id ?? '', token: shop?.token() ?? '' }
}

const refusal = (options: StartOptions = {}) =>
  run(options).then(
    () => 'started',
    (error: unknown) => (error instanceof MasterKeyError ? error.message : Promise.reject(error)),
  )

test('[SS4] the key file holds 32 bytes, is for its owner alone, and is made once', async () => {
  await run()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const made = readFileSync(file, 'utf8')
  expect(Buffer.from(made, 'base64')).toHaveLength(32)
  await run({ secret: true })
  expect(readFileSync(file, 'utf8')).toBe(made)
})

test('[SS4] a secret from before a restart still verifies after it', async () => {
  const { project, token } = await run({ secret: true })
  const signet = await Signet.start({ dataDir })
  const admitted = await signet.anybody.call('POST /projects/:project/visitor-sessions', {
    params: { project },
    body: { token },
  })
  expect(admitted.visitor.verified).toBe(true)
  await signet.stop()
})

test('[SS4] a given key is used, and no file is made', async () => {
  const masterKey = randomBytes(32)
  await run({ config: { masterKey }, secret: true })
  expect(existsSync(file)).toBe(false)
  expect(await refusal({ config: { masterKey } })).toBe('started')
})

test('[SS4] no new key is made where something is encrypted: a missing file stops the start', async () => {
  await run({ secret: true })
  rmSync(file)
  expect(await refusal()).toBe(`The master key is missing: set SIGNET_MASTER_KEY, or bring back the file ${file}.`)
  expect(existsSync(file)).toBe(false)
})

test('[SS4] a missing file is replaced while nothing is encrypted', async () => {
  await run()
  rmSync(file)
  expect(await refusal()).toBe('started')
  expect(existsSync(file)).toBe(true)
})

test('[SS4] a wrong key stops the start with a sentence that says which', async () => {
  await run({ secret: true })
  const masterKey = randomBytes(32)
  const wrong = 'is not the key that this database was encrypted with.'
  expect(await refusal({ config: { masterKey } })).toBe(`SIGNET_MASTER_KEY ${wrong}`)
  writeFileSync(file, masterKey.toString('base64'))
  expect(await refusal()).toBe(`The key file ${file} ${wrong}`)
})

test('[SS4] the very key of the file may be given instead of it', async () => {
  await run({ secret: true })
  const masterKey = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  rmSync(file)
  expect(await refusal({ config: { masterKey } })).toBe('started')
})

test.each([
  ['cut short', 'c2hvcnQ='],
  ['empty', ''],
])('[SS4] a key file that is %s stops the start', async (_name, content) => {
  await run({ secret: true })
  writeFileSync(file, content)
  expect(await refusal()).toBe(`The key file ${file} does not hold a key of 32 bytes.`)
})

test.skipIf(process.getuid?.() === 0)('[SS4] a key file that cannot be read stops the start', async () => {
  await run({ secret: true })
  chmodSync(file, 0o000)
  expect(await refusal()).toBe(`The key file ${file} cannot be read.`)
})

test('[SS4] the key itself stands nowhere but in its file', async () => {
  await run({ secret: true })
  const key = readFileSync(file, 'utf8').trim()
  for (const name of readdirSync(dataDir).filter((one) => one !== 'master.key')) {
    const bytes = readFileSync(join(dataDir, name))
    expect(bytes.includes(key) || bytes.includes(Buffer.from(key, 'base64'))).toBe(false)
  }
})
