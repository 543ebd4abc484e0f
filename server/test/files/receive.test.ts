import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { receive } from '../../files/receive.ts'

test('[AT4] whoever has left before his first byte was asked for is not waited for', async () => {
  const source = new Readable({ read() {} })
  source.destroy()
  await new Promise((resolve) => source.once('close', resolve))
  const path = join(tmpdir(), `signet-never-${crypto.randomUUID()}`)
  await expect(
    receive(source, path, { most: 10, ms: 50, stopping: new AbortController().signal }),
  ).rejects.toMatchObject({ code: 'invalid_request' })
  expect(existsSync(path)).toBe(false)
})
