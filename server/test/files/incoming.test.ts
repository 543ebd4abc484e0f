import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../../config.ts'
import { temporaryIncoming } from '../../files/incoming.ts'
import { openFileStore } from '../../files/store.ts'

let scratch: string

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'signet-incoming-test-'))
  vi.stubEnv('TMPDIR', scratch)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true })
})

test('[AT9] before a bucket files come into the data folder, and where there is none into a folder for this account alone', async () => {
  const dataDir = join(scratch, 'data')
  const FILES_URL = 's3://chat'
  const homeless = await openFileStore(readConfig({ DATA_DIR: dataDir, FILES_URL }))
  const folder = await homeless.incoming.folder()
  expect([dirname(folder), lstatSync(folder).mode & 0o777]).toEqual([scratch, 0o700])
  homeless.close()
  expect(readdirSync(scratch)).toEqual([])
  mkdirSync(dataDir)
  const housed = await openFileStore(readConfig({ DATA_DIR: dataDir, FILES_URL }))
  expect(await housed.incoming.folder()).toBe(join(dataDir, 'files', 'incoming'))
  housed.close()
  rmSync(dataDir, { recursive: true })
})

test('[AT4] nobody gets files by putting something in the place of that folder', async () => {
  const incoming = temporaryIncoming()
  const first = await incoming.folder()
  expect(await incoming.folder()).toBe(first)
  rmdirSync(first)
  const elsewhere = join(scratch, 'elsewhere')
  mkdirSync(elsewhere)
  symlinkSync(elsewhere, first)
  const second = await incoming.folder()
  expect([second === first, lstatSync(second).isDirectory()]).toEqual([false, true])
  incoming.close()
  rmSync(first)
  rmdirSync(elsewhere)
})

test('[AT4] what a crash has left there goes, but nothing that is young, or a link to somewhere else', async () => {
  const [old, young] = [await temporaryIncoming().folder(), await temporaryIncoming().folder()]
  writeFileSync(join(old, 'left'), 'Half of it')
  const kept = join(scratch, 'kept')
  mkdirSync(kept)
  const link = join(scratch, 'signet-incoming-link')
  symlinkSync(kept, link)
  for (const path of [old, kept]) utimesSync(path, 1, 1)
  await temporaryIncoming().sweep()
  expect(
    readdirSync(scratch)
      .map((name) => join(scratch, name))
      .sort(),
  ).toEqual([kept, young, link].sort())
})
