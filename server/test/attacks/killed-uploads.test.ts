import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Signet } from '../signet.ts'
import { filesOnDisk } from '../uploads.ts'

test('[AT4] half a file that a crash has left goes, however soon the server was there again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-killed-'))
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const signet = await Signet.start({ dataDir })
  const housekeeping = timers.mock.calls.find(([, ms]) => ms === 60_000)?.[0] ?? expect.unreachable()
  timers.mockRestore()
  // Too young at the start, when another node might still have been writing it.
  const incoming = join(dataDir, 'files', 'incoming')
  mkdirSync(incoming, { recursive: true })
  for (const name of ['left', 'coming']) writeFileSync(join(incoming, name), 'Half of it')
  utimesSync(join(incoming, 'left'), 1, 1)
  housekeeping()
  await vi.waitFor(() => expect(filesOnDisk(signet)).toEqual(['coming']), { timeout: 20_000 })
  await signet.stop()
  rmSync(dataDir, { recursive: true })
})
