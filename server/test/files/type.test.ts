import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { typeOfFile } from '../../files/type.ts'

const folder = mkdtempSync(join(tmpdir(), 'signet-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('[AT1] a long text is looked at to its end, part by part', async () => {
  const path = join(folder, 'long')
  const text = Buffer.alloc(3_000_000, 'żółw\n')
  writeFileSync(path, text)
  expect(await typeOfFile(path)).toBe('text/plain')
  text[text.length - 1] = 0x1b
  writeFileSync(path, text)
  expect(await typeOfFile(path)).toBeUndefined()
})
